import { conditionHolds } from "../../util/condition.js";
import type {
  Condition,
  Definition,
  EnumMember,
  Feature,
  Module,
  ObjectMember,
  ObjectType,
  Schema,
  Type,
  Variants,
} from "./model.js";
import { createObjectType, type Mutable } from "./object-type.js";

/** What a schema may be cut down by: definitions, members, values, branches, features. */
interface Selectable {
  readonly condition: Condition | undefined;
  readonly features?: readonly Feature[];
}

/** Which part of a schema a copy keeps. */
interface Selection {
  keeps(item: Selectable): boolean;
  /** The condition that something kept has in the copy. */
  conditionOf(condition: Condition | undefined): Condition | undefined;
}

/**
 * A copy of a schema without what a selection does not keep. A type that it does not keep, yet that
 * is used by what remains, stays.
 */
export function copySchema(schema: Schema, selection: Selection): Schema {
  const copier = new Copier(selection);
  for (const definition of schema.definitions.values()) {
    if (selection.keeps(definition)) copier.copyOf(definition);
  }
  const copies = copier.finish();
  const definitions = new Map<string, Definition>();
  const gone = new Set<unknown>();
  for (const [name, original] of schema.definitions) {
    const copy = copies.get(original);
    if (copy) definitions.set(name, copy);
    else gone.add(original.doc);
  }
  const modules = schema.modules.map(({ name, entities }): Module => ({
    name,
    entities: entities.flatMap((entity) => (entity.kind === "include" ? entity : (copies.get(entity) ?? []))),
  }));
  return { modules, definitions, docs: schema.docs.filter((doc) => !gone.has(doc)) };
}

/**
 * The schema as it is when exactly the names in `defines` are defined: definitions, members, values,
 * branches and features whose condition does not hold are gone, and no condition is left. A type that
 * is gone by its condition yet used by what remains, which would not compile in C, stays.
 */
export function resolveConditions(schema: Schema, defines: ReadonlySet<string>): Schema {
  return copySchema(schema, {
    keeps: ({ condition }) => conditionHolds(condition, defines),
    conditionOf: () => undefined,
  });
}

/**
 * Copies definitions. Types refer to each other in circles, so a copy exists before its contents, and
 * what they hold is filled in from a list rather than by recursion.
 */
class Copier {
  private readonly copies = new Map<Definition, Definition>();
  private readonly members = new Map<ObjectMember, ObjectMember>();
  private readonly unfilled: (() => void)[] = [];

  constructor(private readonly selection: Selection) {}

  finish(): ReadonlyMap<Definition, Definition> {
    for (let fill = this.unfilled.pop(); fill; fill = this.unfilled.pop()) fill();
    return this.copies;
  }

  copyOf<D extends Definition>(original: D): D;
  copyOf(original: Definition): Definition {
    const known = this.copies.get(original);
    if (known) return known;
    const copy = this.create(original);
    this.copies.set(original, copy);
    return copy;
  }

  private create(original: Definition): Definition {
    if (original.kind === "builtin") return original;
    const extras = { condition: this.condition(original), features: this.features(original.features) };
    switch (original.kind) {
      case "enum":
        return {
          ...original,
          ...extras,
          members: this.present(original.members).map((value) => this.value(value)),
        };
      case "array":
        // An element is no array, so this goes one step deep.
        return { ...original, ...extras, element: this.copyOf<Type>(original.element) };
      case "object":
        return this.createObject(original, extras);
      case "alternate": {
        const copy: Mutable<typeof original> = { ...original, ...extras };
        this.later(() => {
          copy.alternatives = this.present(original.alternatives).map((each) => ({
            ...each,
            condition: this.condition(each),
            type: this.copyOf<Type>(each.type),
          }));
        });
        return copy;
      }
      case "command": {
        const copy: Mutable<typeof original> = { ...original, ...extras };
        this.later(() => {
          copy.arguments = original.arguments && this.copyOf(original.arguments);
          copy.returns = original.returns && this.copyOf<Type>(original.returns);
        });
        return copy;
      }
      case "event": {
        const copy: Mutable<typeof original> = { ...original, ...extras };
        this.later(() => {
          copy.arguments = original.arguments && this.copyOf(original.arguments);
        });
        return copy;
      }
    }
  }

  private createObject(original: ObjectType, extras: Pick<ObjectType, "condition" | "features">): ObjectType {
    const { name, module, doc, span, form } = original;
    const copy = createObjectType({ name, module, doc, span, ...extras }, form);
    this.later(() => {
      copy.base = original.base && this.copyOf(original.base);
      copy.localMembers = this.present(original.localMembers).map((member) => this.member(member));
      copy.variants = original.variants && this.variants(original.variants);
    });
    return copy;
  }

  private variants({ tag, branches }: Variants): Variants {
    const copy = this.member(tag);
    const values = copy.type.kind === "enum" ? new Set(copy.type.members.map(({ name }) => name)) : undefined;
    return {
      tag: copy,
      branches: this.present(branches)
        .filter(({ name }) => values?.has(name) ?? true)
        .map((branch) => ({ ...branch, condition: this.condition(branch), type: this.copyOf(branch.type) })),
    };
  }

  /** A member; the same copy every time, so that a union's tag is one of its members. */
  private member(original: ObjectMember): ObjectMember {
    let copy = this.members.get(original);
    if (!copy) {
      const type = this.copyOf<Type>(original.type);
      const condition = this.condition(original);
      copy = { ...original, type, condition, features: this.features(original.features) };
      this.members.set(original, copy);
    }
    return copy;
  }

  private value(original: EnumMember): EnumMember {
    return { ...original, condition: this.condition(original), features: this.features(original.features) };
  }

  private features(features: readonly Feature[]): readonly Feature[] {
    return this.present(features).map((feature) => ({ ...feature, condition: this.condition(feature) }));
  }

  private present<T extends Selectable>(items: readonly T[]): readonly T[] {
    return items.filter((item) => this.selection.keeps(item));
  }

  private condition({ condition }: Selectable): Condition | undefined {
    return this.selection.conditionOf(condition);
  }

  private later(fill: () => void): void {
    this.unfilled.push(fill);
  }
}
