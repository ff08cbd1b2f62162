/**
 * The resolved schema: every name replaced by what it names, every shorthand spelt out. This is
 * what emitters, the dump and introspection read. It knows QAPI and nothing of TypeScript.
 */
import type { Span } from "../../diagnostic/source.js";
import type { JsonValue } from "../../json/value.js";
import type { DocComment } from "../ast/doc.js";
import type { Condition } from "../../util/condition.js";
import type { CommandFlags, Feature } from "../check/definition.js";

export type { Condition, Feature };

/** What every named thing has. */
interface Common {
  readonly name: string;
  /** Name of the module that owns it: a file path relative to the main file, or `./builtin`. */
  readonly module: string;
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
  readonly doc: DocComment | undefined;
  /**
   * Where it was defined; for arrays and implicit objects, the definition that needed it first.
   * Absent for what is built in.
   */
  readonly span: Span | undefined;
}

/** The JSON kind by which a built-in type travels. */
export type JsonKind = "string" | "int" | "number" | "boolean" | "null" | "value";

export interface BuiltinType extends Common {
  readonly kind: "builtin";
  readonly name: BuiltinName;
  readonly json: JsonKind;
}

export type BuiltinName =
  | "str"
  | "number"
  | "int"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "size"
  /** Not of the language: what introspection, which tells no widths, calls `int`. Any of the above. */
  | "integer"
  | "bool"
  | "any"
  | "null";

export interface EnumType extends Common {
  readonly kind: "enum";
  readonly prefix: string | undefined;
  readonly members: readonly EnumMember[];
}

export interface EnumMember {
  readonly name: string;
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
  readonly span: Span | undefined;
}

export interface ArrayType extends Common {
  readonly kind: "array";
  readonly element: Type;
}

/** A struct, a union, or an implicit object (`q_obj_…`, `q_empty`). */
export interface ObjectType extends Common {
  readonly kind: "object";
  /** How it was written. `implicit`: made for inline `data` of a command, event or union base, or `q_empty`. */
  readonly form: "struct" | "union" | "implicit";
  readonly base: ObjectType | undefined;
  /** Members of its own, without those of the base. */
  readonly localMembers: readonly ObjectMember[];
  /** All common members, the base's first; put together when first asked for. */
  readonly members: readonly ObjectMember[];
  readonly variants: Variants | undefined;
}

export interface ObjectMember {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
  readonly span: Span;
}

/** The branches of a union: the tag member is one of `members`, its type is an enum. */
export interface Variants {
  readonly tag: ObjectMember;
  /**
   * One branch per value of the tag's enum, in the order of the union's text; values it does not
   * mention come last, in the enum's order, and carry the empty object (`q_empty`), `explicit` false.
   */
  readonly branches: readonly Branch[];
}

export interface Branch {
  /** The tag's value. */
  readonly name: string;
  readonly type: ObjectType;
  readonly condition: Condition | undefined;
  readonly explicit: boolean;
  readonly span: Span | undefined;
}

export interface AlternateType extends Common {
  readonly kind: "alternate";
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly name: string;
  readonly type: Type;
  readonly condition: Condition | undefined;
  readonly span: Span;
}

export interface Command extends Common, CommandFlags {
  readonly kind: "command";
  /** The argument object; absent when the command takes none. */
  readonly arguments: ObjectType | undefined;
  readonly returns: Type | undefined;
}

export interface Event extends Common {
  readonly kind: "event";
  readonly arguments: ObjectType | undefined;
  readonly boxed: boolean;
}

/** A type that a schema names, and that others refer to by that. */
export type NamedType = EnumType | ObjectType | AlternateType;

export type Type = BuiltinType | EnumType | ArrayType | ObjectType | AlternateType;
export type Definition = Type | Command | Event;

/** An entry of a module: something defined there, or the include of another module. */
export type Entity = Definition | ModuleInclude;

export interface ModuleInclude {
  readonly kind: "include";
  /** Name of the included module. */
  readonly name: string;
  readonly span: Span;
}

export interface Module {
  readonly name: string;
  readonly entities: readonly Entity[];
}

/** A whole schema: modules in the order they were first met, the built-in one first. */
export interface Schema {
  readonly modules: readonly Module[];
  /** Everything with a name, in QEMU's order of definition. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /**
   * Every doc comment, free-form ones included, in order of reading. A member that a definition's
   * comment does not describe has a section with empty text there, after those of other members.
   */
  readonly docs: readonly DocComment[];
  /** What a QEMU told, word for word, where that is all that is known of its schema. */
  readonly introspection?: JsonValue[];
}
