import { createEmptyObject } from "../../qapi/schema/builtins.js";
import type {
  Command,
  Condition,
  Event,
  Feature,
  ObjectMember,
  ObjectType,
  Schema,
  Type,
} from "../../qapi/schema/model.js";

/** JSON without numbers, of which introspection has none. */
type Tree = string | boolean | null | Tree[] | { [key: string]: Tree };

type TreeObject = { [key: string]: Tree };

/**
 * The array that `query-qmp-schema` returns for a schema: commands and events in the schema's
 * order, then the types they use in the order of first use. All integer types show as `int`, and
 * the names of types as numbers.
 *
 * Conditions are left in: what depends on one is a list item `{"if": CONDITION, "then": ITEM}`.
 * So it is in QEMU, where types are numbered before the C compiler drops what is configured out:
 * what is left out later has taken its number.
 *
 * @param schema with its conditions unresolved
 */
export function introspect(schema: Schema, { unmask = false }: { readonly unmask?: boolean } = {}): Tree[] {
  return new Introspection(schema, unmask).entries();
}

/** What stands for "nothing": a schema that was cut down may not hold it. */
const emptyObject: ObjectType = createEmptyObject();

class Introspection {
  /** Types used so far, by QAPI name in the order of first use. Grows while it is read. */
  private readonly used = new Map<string, Type>();
  private readonly masks = new Map<string, string>();

  constructor(
    private readonly schema: Schema,
    private readonly unmask: boolean,
  ) {}

  entries(): Tree[] {
    const entries: Tree[] = [];
    for (const { entities } of this.schema.modules) {
      for (const entity of entities) {
        if (entity.kind === "command") entries.push(when(entity.condition, this.command(entity)));
        else if (entity.kind === "event") entries.push(when(entity.condition, this.event(entity)));
      }
    }
    for (const type of this.used.values()) entries.push(when(type.condition, this.type(type)));
    return entries;
  }

  private command(command: Command): Tree {
    return {
      name: command.name,
      "meta-type": "command",
      "arg-type": this.use(command.arguments ?? emptyObject),
      "ret-type": this.use(command.returns ?? emptyObject),
      ...(command.allowOob && { "allow-oob": true }),
      ...features(command.features),
    };
  }

  private event(event: Event): Tree {
    return {
      name: event.name,
      "meta-type": "event",
      "arg-type": this.use(event.arguments ?? emptyObject),
      ...features(event.features),
    };
  }

  private type(type: Type): Tree {
    switch (type.kind) {
      case "builtin":
        return { name: type.name, "meta-type": "builtin", "json-type": type.json };
      case "array": {
        const element = this.use(type.element);
        return { name: `[${element}]`, "meta-type": "array", "element-type": element };
      }
      case "enum":
        return {
          name: this.mask(type.name),
          "meta-type": "enum",
          members: type.members.map(({ name, condition, features: marks }) =>
            when(condition, { name, ...features(marks) }),
          ),
          values: type.members.map(({ name, condition }) => when(condition, name)),
          ...features(type.features),
        };
      case "alternate":
        return {
          name: this.mask(type.name),
          "meta-type": "alternate",
          members: type.alternatives.map(({ type, condition }) => when(condition, { type: this.use(type) })),
          ...features(type.features),
        };
      case "object":
        return this.object(type);
    }
  }

  private object(type: ObjectType): Tree {
    const members = type.members.map((member) => when(member.condition, this.member(member)));
    return {
      name: this.mask(type.name),
      "meta-type": "object",
      members,
      ...(type.variants && {
        tag: type.variants.tag.name,
        variants: type.variants.branches.map(({ name, type, condition }) =>
          when(condition, { case: name, type: this.use(type) }),
        ),
      }),
      ...features(type.features),
    };
  }

  private member(member: ObjectMember): Tree {
    return {
      name: member.name,
      type: this.use(member.type),
      ...(member.optional && { default: null }),
      ...features(member.features),
    };
  }

  /** Notes that a type is used, and gives the name by which introspection knows it. */
  private use(given: Type): string {
    const type = withPlainInt(given);
    if (!this.used.has(type.name)) this.used.set(type.name, type);
    switch (type.kind) {
      case "builtin":
        return type.name;
      case "array":
        return `[${this.use(type.element)}]`;
      default:
        return this.mask(type.name);
    }
  }

  private mask(name: string): string {
    if (this.unmask) return name;
    const mask = this.masks.get(name) ?? String(this.masks.size);
    this.masks.set(name, mask);
    return mask;
  }
}

function when(condition: Condition | undefined, item: Tree): Tree {
  return condition === undefined ? item : { if: conditionTree(condition), then: item };
}

function conditionTree(condition: Condition): Tree {
  if (typeof condition === "string") return condition;
  if ("not" in condition) return { not: conditionTree(condition.not) };
  if ("all" in condition) return { all: condition.all.map(conditionTree) };
  return { any: condition.any.map(conditionTree) };
}

function features(features: readonly Feature[]): TreeObject {
  if (features.length === 0) return {};
  return { features: features.map(({ name, condition }) => when(condition, name)) };
}

/** Integers of every width are `int` to introspection, lists of them `intList`. */
function withPlainInt(type: Type): Type {
  if (type.kind === "builtin" && type.json === "int") return { ...type, name: "int" };
  if (type.kind === "array" && type.element.kind === "builtin" && type.element.json === "int") {
    return { ...type, name: "intList", element: withPlainInt(type.element) };
  }
  return type;
}
