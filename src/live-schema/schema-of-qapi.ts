import { SourceFile, type Span } from "../diagnostic/source.js";
import { createBuiltinTypes, createEmptyObject, createSchema } from "../qapi/schema/builtins.js";
import type {
  AlternateType,
  ArrayType,
  Branch,
  Command,
  EnumType,
  Event,
  Feature,
  ObjectMember,
  ObjectType,
  Schema,
  Type,
} from "../qapi/schema/model.js";
import { createObjectType, type Mutable } from "../qapi/schema/object-type.js";
import type { CommandVisit, EventVisit, Qapi } from "../visitor/qapi.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  MemberVisit,
  ObjectVisit,
  TypeVisit,
} from "../visitor/type-visit.js";

/**
 * The schema that a generated library was made from, as far as it tells at run time: its commands and events, and
 * the types that these use. Docs and places are lost.
 */
export function schemaOfQapi(qapi: Qapi<unknown, unknown>): Schema {
  return new SchemaBuilder().build(qapi);
}

const MODULE_NAME = "qapi";

class SchemaBuilder {
  private readonly span: Span = { file: new SourceFile(MODULE_NAME, ""), start: 0, end: 0 };
  private readonly nothing: ObjectType = createEmptyObject();
  private readonly builtins: readonly Type[] = [
    ...createBuiltinTypes(),
    { ...this.common("integer"), kind: "builtin", name: "integer", json: "int" },
  ];
  private readonly types = new Map<TypeVisit<unknown>, Type>();
  /** Types refer to each other, at any depth: each is filled in once it is known. */
  private readonly unfilled: (() => void)[] = [];

  build({ commands, events }: Qapi<unknown, unknown>): Schema {
    const last = [
      ...Object.entries<CommandVisit>(commands).map(([name, visit]) => this.command(name, visit)),
      ...Object.entries<EventVisit>(events).map(([name, visit]) => this.event(name, visit)),
    ];
    for (let fill = this.unfilled.pop(); fill !== undefined; fill = this.unfilled.pop()) fill();
    return createSchema(MODULE_NAME, [...this.builtins, this.nothing], [...this.types.values(), ...last]);
  }

  private command(name: string, visit: CommandVisit): Command {
    return {
      ...this.common(name, visit),
      kind: "command",
      boxed: false,
      arguments: visit.arguments && this.object(visit.arguments),
      returns: visit.returns && this.type(visit.returns),
      gen: visit.gen !== false,
      successResponse: visit.successResponse !== false,
      allowOob: visit.allowOob === true,
      allowPreconfig: visit.allowPreconfig === true,
      coroutine: visit.coroutine === true,
    };
  }

  private event(name: string, visit: EventVisit): Event {
    return {
      ...this.common(name, visit),
      kind: "event",
      boxed: false,
      arguments: visit.data && this.object(visit.data),
    };
  }

  private type(visit: TypeVisit<unknown>): Type {
    if (visit.kind === "builtin")
      return this.builtins.find(({ name }) => name === visit.name) ?? this.nothing;
    if (visit.kind === "object") return this.object(visit as ObjectVisit<unknown>);
    const known = this.types.get(visit);
    if (known !== undefined) return known;
    if (visit.kind === "enum") return this.keep(visit, this.enum(visit as EnumVisit<string>));
    return visit.kind === "array"
      ? this.array(visit as ArrayVisit<unknown>)
      : this.alternate(visit as AlternateVisit<unknown>);
  }

  private enum({ name, values }: EnumVisit<string>): EnumType {
    const members = values.map((value) => ({ ...this.noted(value), span: this.span }));
    return { ...this.common(name), kind: "enum", prefix: undefined, members };
  }

  private array(visit: ArrayVisit<unknown>): ArrayType {
    const array: Mutable<ArrayType> = { ...this.common(visit.name), kind: "array", element: this.nothing };
    this.unfilled.push(() => {
      array.element = this.type(visit.element);
    });
    return this.keep(visit, array);
  }

  private alternate(visit: AlternateVisit<unknown>): AlternateType {
    const alternate: Mutable<AlternateType> = {
      ...this.common(visit.name),
      kind: "alternate",
      alternatives: [],
    };
    this.unfilled.push(() => {
      // One may be selected by several kinds of JSON.
      const all = new Map([...visit.alternatives.values()].map((each) => [each.name, each]));
      alternate.alternatives = [...all.values()].map(({ name, type, condition }) => {
        return { name, type: this.type(type), condition, span: this.span };
      });
    });
    return this.keep(visit, alternate);
  }

  private object(visit: ObjectVisit<unknown>): ObjectType {
    const known = this.types.get(visit);
    if (known?.kind === "object") return known;
    const object = createObjectType(this.common(visit.name), "struct");
    this.unfilled.push(() => {
      const members = [...visit.members.values()].map((member) => this.member(member));
      object.localMembers = members;
      const { variants } = visit;
      const tag = members.find(({ name }) => name === variants?.tag);
      if (variants === undefined || tag?.type.kind !== "enum") return;
      const branches = tag.type.members.map(({ name }): Branch => {
        const branch = variants.branches.get(name);
        const type = branch === undefined ? this.nothing : this.object(branch.type);
        const explicit = branch !== undefined;
        return { name, type, condition: branch?.condition, explicit, span: this.span };
      });
      object.form = "union";
      object.variants = { tag, branches };
    });
    return this.keep(visit, object);
  }

  private member(member: MemberVisit): ObjectMember {
    return {
      ...this.noted(member),
      type: this.type(member.type),
      optional: member.optional,
      span: this.span,
    };
  }

  private keep<Made extends Type>(visit: TypeVisit<unknown>, type: Made): Made {
    this.types.set(visit, type);
    return type;
  }

  private common(name: string, note: Pick<CommandVisit, "condition" | "features"> = {}) {
    return {
      ...this.noted({ name, condition: note.condition, features: note.features ?? [] }),
      module: MODULE_NAME,
      doc: undefined,
      span: undefined,
    };
  }

  private noted({ name, condition, features }: Pick<MemberVisit, "name" | "condition" | "features">) {
    return {
      name,
      condition,
      features: features.map((each): Feature => ({ name: each, condition: undefined, span: this.span })),
    };
  }
}
