import { SourceFile, type Span } from "../../diagnostic/source.js";
import type { JsonValue } from "../../json/value.js";
import type { DocComment } from "../ast/doc.js";
import { createBuiltinTypes, createEmptyObject, createSchema } from "../schema/builtins.js";
import type {
  AlternateType,
  Alternative,
  ArrayType,
  Branch,
  BuiltinType,
  Command,
  Definition,
  EnumType,
  Event,
  Feature,
  ObjectMember,
  ObjectType,
  Schema,
  Type,
} from "../schema/model.js";
import { implicitName } from "../schema/implicit-name.js";
import { createObjectType, type Mutable } from "../schema/object-type.js";
import { emptyObjectOf, implicitNames } from "./implicit-types.js";
import { isMasked, nameTypes } from "./name-types.js";
import { findEndlessUnion } from "./find-endless-union.js";
import { IntrospectionDocument } from "./introspection-document.js";
import type {
  AlternateInfo,
  ArrayInfo,
  EnumInfo,
  MemberInfo,
  ObjectInfo,
  SchemaInfo,
} from "./schema-info.js";

/**
 * Commands whose arguments QEMU takes without types, by any name that a device has: its schema says so
 * (`'gen': false`), its introspection does not.
 */
const untyped: ReadonlySet<string> = new Set(["device_add"]);

/**
 * The schema of a running QEMU, from what its `query-qmp-schema` returned. What is not told there
 * is lost: names of types (see `nameTypes`), docs, widths of integers, which are all `integer`, and
 * how commands are carried out. There are no conditions: what QEMU lacks is not listed.
 *
 * @param path of the file that the text came from; the only module is called by its last part
 * @throws {DocumentError} when the text is something else
 */
export function schemaFromIntrospection(path: string, text: string): Schema {
  return new SchemaBuilder(new IntrospectionDocument(path, text), new SourceFile(path, text)).build();
}

const MASKED =
  "Named after a place where it is used: QEMU tells its clients neither the names of types nor the width of integers.";

class SchemaBuilder {
  private readonly builtins = new Map<string, BuiltinType>(
    createBuiltinTypes().map((type) => [
      type.name,
      type.name === "int" ? { ...type, name: "integer" } : type,
    ]),
  );
  private readonly nothing: ObjectType = createEmptyObject();
  /** By the name that a type has in the data. */
  private readonly types = new Map<string, Type>();
  private readonly bases: ObjectType[] = [];
  /** Types refer to each other: all must be there before any is filled in. */
  private readonly unfilled: (() => void)[] = [];
  private readonly module: string;
  private readonly span: Span;
  private readonly names: ReadonlyMap<string, string>;
  private readonly implicit: ReadonlyMap<string, string>;
  private readonly empty: string | undefined;
  private readonly entries: readonly SchemaInfo[];

  constructor(
    private readonly document: IntrospectionDocument,
    file: SourceFile,
  ) {
    const { entries: told } = document;
    this.module = file.path.split("/").at(-1) ?? file.path;
    this.span = { file, start: 0, end: 0 };
    this.names = nameTypes(told);
    this.implicit = implicitNames(told);
    this.empty = emptyObjectOf(told);
    // Types that only something configured out has used are listed all the same.
    this.entries = told.filter((entry) => this.isUsed(entry));
  }

  private isUsed(entry: SchemaInfo): boolean {
    switch (entry["meta-type"]) {
      case "enum":
      case "object":
      case "alternate":
        return this.names.has(entry.name);
      case "array":
        return this.builtins.has(entry["element-type"]) || this.names.has(entry["element-type"]);
      default:
        return true;
    }
  }

  build(): Schema {
    for (const entry of this.entries) this.createType(entry);
    for (const fill of this.unfilled) fill();
    const types = [...this.types.values()];
    this.refuseEndlessUnions(types);
    const definitions = [
      ...types.filter((type) => type !== this.nothing),
      ...this.bases,
      ...this.entries.flatMap((entry): Definition[] => this.commandOrEvent(entry)),
    ];
    // Entries that were found well formed, and JSON for all that.
    const told: unknown = this.document.entries;
    const schema = createSchema(this.module, [...this.builtins.values(), this.nothing], definitions);
    return { ...schema, introspection: told as JsonValue[] };
  }

  private refuseEndlessUnions(types: Iterable<Type>): void {
    const endless = findEndlessUnion(types);
    const entry = this.entries.find(({ name }) => this.types.get(name) === endless);
    if (endless !== undefined && entry !== undefined)
      this.document.refuse(entry, "is a branch of itself", endless.name);
  }

  private createType(entry: SchemaInfo): void {
    switch (entry["meta-type"]) {
      case "enum":
        this.add(entry, this.enum(entry));
        break;
      case "array":
        this.add(entry, this.array(entry));
        break;
      case "object":
        this.add(entry, entry.name === this.empty ? this.nothing : this.object(entry));
        break;
      case "alternate":
        this.add(entry, this.alternate(entry));
        break;
      case "builtin":
        if (!this.builtins.has(entry.name)) this.document.refuse(entry, "is no built-in type");
        break;
      default:
        break;
    }
  }

  private add(entry: SchemaInfo, type: Type): void {
    if (this.types.has(entry.name)) this.document.refuse(entry, "is listed twice");
    this.types.set(entry.name, type);
  }

  private enum(entry: EnumInfo): EnumType {
    // Before QEMU 6.2 there were values without features only.
    const members: NonNullable<EnumInfo["members"]> =
      entry.members ?? (entry.values ?? []).map((name) => ({ name }));
    return {
      ...this.common(entry),
      kind: "enum",
      prefix: undefined,
      members: members.map(({ name, features }) => ({
        name,
        condition: undefined,
        features: this.features(features),
        span: this.span,
      })),
    };
  }

  private array(entry: ArrayInfo): ArrayType {
    const element = entry["element-type"];
    const array: Mutable<ArrayType> = {
      ...this.common(entry),
      name: `${this.names.get(element) ?? element}List`,
      kind: "array",
      element: this.nothing,
    };
    this.unfilled.push(() => {
      array.element = this.find(entry, element);
    });
    return array;
  }

  private object(entry: ObjectInfo): ObjectType {
    const implicit = this.implicit.get(entry.name);
    const common = this.common(entry);
    const object =
      implicit === undefined
        ? createObjectType(common, entry.variants === undefined ? "struct" : "union")
        : createObjectType({ ...common, name: implicit, doc: undefined }, "implicit");
    const base = entry.variants === undefined ? undefined : this.createBase(object);
    object.base = base;
    this.unfilled.push(() => {
      const members = entry.members.map((member) => this.member(entry, member));
      if (base === undefined) object.localMembers = members;
      else base.localMembers = members;
      if (entry.variants === undefined) return;
      const tag = members.find((member) => member.name === entry.tag);
      if (tag?.type.kind !== "enum") this.document.refuse(entry, "has variants, and no enum as tag");
      const branches = entry.variants.map((variant): Branch => {
        const type = this.findObject(entry, variant.type);
        const explicit = type !== this.nothing;
        return { name: variant.case, type, condition: undefined, explicit, span: this.span };
      });
      object.variants = { tag, branches };
    });
    return object;
  }

  /** The common members of a union, as if they had been given in place. */
  private createBase({ name, module, span }: ObjectType): Mutable<ObjectType> {
    const nothing = { condition: undefined, features: [], doc: undefined };
    const base = createObjectType({ name: implicitName(name, "base"), module, span, ...nothing }, "implicit");
    this.bases.push(base);
    return base;
  }

  private member(entry: SchemaInfo, { name, type, features, ...rest }: MemberInfo): ObjectMember {
    return {
      name,
      type: this.find(entry, type),
      optional: "default" in rest,
      condition: undefined,
      features: this.features(features),
      span: this.span,
    };
  }

  private alternate(entry: AlternateInfo): AlternateType {
    const alternate: Mutable<AlternateType> = { ...this.common(entry), kind: "alternate", alternatives: [] };
    this.unfilled.push(() => {
      alternate.alternatives = entry.members.map((member): Alternative => {
        const type = this.find(entry, member.type);
        if (type.kind === "alternate" || type.name === "any")
          this.document.refuse(entry, "has an alternative of any kind");
        const name = type.kind === "builtin" ? type.name : type.kind;
        return { name, type, condition: undefined, span: this.span };
      });
    });
    return alternate;
  }

  private commandOrEvent(entry: SchemaInfo): (Command | Event)[] {
    if (entry["meta-type"] !== "command" && entry["meta-type"] !== "event") return [];
    const taken = this.findObject(entry, entry["arg-type"]);
    const common = { ...this.common(entry), name: entry.name, boxed: false };
    const taking = { arguments: taken === this.nothing ? undefined : taken };
    if (entry["meta-type"] === "event") return [{ ...common, kind: "event", ...taking }];
    const returned = this.find(entry, entry["ret-type"]);
    return [
      {
        ...common,
        kind: "command",
        ...taking,
        returns: returned === this.nothing ? undefined : returned,
        gen: !untyped.has(entry.name),
        successResponse: true,
        allowOob: entry["allow-oob"] ?? false,
        allowPreconfig: false,
        coroutine: false,
      },
    ];
  }

  private find(user: SchemaInfo, name: string): Type {
    return (
      this.builtins.get(name) ??
      this.types.get(name) ??
      this.document.refuse(user, `uses '${name}', which is not listed`)
    );
  }

  private findObject(user: SchemaInfo, name: string): ObjectType {
    const type = this.find(user, name);
    return type.kind === "object" ? type : this.document.refuse(user, `uses '${name}', which is no object`);
  }

  private common({ name, features }: SchemaInfo) {
    return {
      name: this.names.get(name) ?? name,
      module: this.module,
      condition: undefined,
      features: this.features(features),
      doc: isMasked(name) ? this.maskedDoc() : undefined,
      span: undefined,
    };
  }

  private maskedDoc(): DocComment {
    const { span } = this;
    const section = { kind: "plain", name: undefined, heading: undefined, text: MASKED, span } as const;
    return { symbol: undefined, sections: [section], span };
  }

  private features(names: readonly string[] = []): Feature[] {
    return names.map((name) => ({ name, condition: undefined, span: this.span }));
  }
}
