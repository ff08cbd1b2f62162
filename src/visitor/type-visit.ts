/**
 * What generated code is made of: one descriptor per schema type, which walks a visitor through a
 * value of that type.
 */
import type { ValueKind } from "../json/value.js";
import type { Condition } from "../util/condition.js";
import type { Unrecognized } from "./forms.js";

/**
 * A schema type at run time.
 *
 * @typeParam Value as strict decoding gives it
 * @typeParam Received as tolerant decoding gives it
 * @typeParam Sent as it may be given for encoding
 */
export interface TypeVisit<Value, Received = Value, Sent = Value> {
  /** The type's name in the schema; of an array, its element's name and `List`. */
  readonly name: string;
  readonly kind: "builtin" | "enum" | "object" | "array" | "alternate";

  /**
   * Walks a visitor through one value.
   *
   * @param name the member's name in its object; null for list elements and the outermost value
   * @param value what an output visitor reads; input visitors ignore it
   * @returns what the visitor made of it
   * @throws VisitError when the value does not fit
   */
  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value;

  /** Never set: it carries the types of the other two forms. */
  readonly forms?: { readonly received: Received; readonly sent: Sent };
}

/** The tolerantly decoded form of a type. */
export type ReceivedOf<T> = T extends TypeVisit<unknown, infer Received> ? Received : never;
/** The form of a type that may be given for encoding. */
export type SentOf<T> = T extends TypeVisit<unknown, unknown, infer Sent> ? Sent : never;
/** The strictly decoded form of a type. */
export type ValueOf<T> = T extends TypeVisit<infer Value, unknown, unknown> ? Value : never;

/** A built-in type other than an integer. */
export interface ScalarVisit<Value> extends TypeVisit<Value> {
  readonly kind: "builtin";
  readonly name: "str" | "bool" | "number" | "null" | "any";
}

/** A built-in integer type. */
export interface IntegerVisit<Value, Sent = Value> extends TypeVisit<Value, Value, Sent> {
  readonly kind: "builtin";
  readonly name: IntegerName;
  readonly range: IntegerRange;
}

export type IntegerName =
  | "int"
  | "integer"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "size";

export interface IntegerRange {
  readonly signed: boolean;
  /** What they are in memory: 64-bit integers are `bigint` unless it was said otherwise, others `number`. */
  readonly memory: "bigint" | "number" | "string";
  readonly minimum: bigint;
  readonly maximum: bigint;
  /** The type's name in QEMU's messages about its width. */
  readonly cName: string;
}

/** What is said of a member or an enum value by features such as `deprecated`. */
export interface Marked {
  readonly features: readonly string[];
  /** When those features hold that do not always. */
  readonly featureConditions?: Readonly<Record<string, Condition>> | undefined;
}

/** An enum; as received, it may have values that the schema does not know. */
export interface EnumVisit<Value extends string, Received = Value | Unrecognized> extends TypeVisit<
  Value,
  Received,
  Value
> {
  readonly kind: "enum";
  readonly values: readonly EnumValue<Value>[];
  /** Whether the schema knows a value. */
  has(value: string): value is Value;
}

/** A value of an enum. */
export interface EnumValue<Name extends string = string> extends Marked {
  readonly name: Name;
  readonly condition?: Condition | undefined;
}

/** A list of one type. */
export interface ArrayVisit<Value, Received = Value, Sent = Value> extends TypeVisit<Value, Received, Sent> {
  readonly kind: "array";
  readonly element: TypeVisit<unknown>;
}

/** A struct or union. */
export interface ObjectVisit<Value, Received = Value, Sent = Value> extends TypeVisit<Value, Received, Sent> {
  readonly kind: "object";
  /** All common members by name, the base's first. */
  readonly members: ReadonlyMap<string, MemberVisit>;
  /** Present in unions. */
  readonly variants: VariantsVisit | undefined;
}

/** A member of a struct or union. */
export interface MemberVisit extends Marked {
  readonly name: string;
  readonly type: TypeVisit<unknown>;
  /** As the schema has it; a member under a condition may be absent all the same. */
  readonly optional: boolean;
  readonly condition?: Condition | undefined;
}

/** What a union has beyond its common members. */
export interface VariantsVisit {
  /** The name of the member that selects the branch. */
  readonly tag: string;
  /** Branches by tag value; a value without an entry brings no members. */
  readonly branches: ReadonlyMap<string, BranchVisit>;
}

/** The members that a value of a union's tag brings. */
export interface BranchVisit {
  readonly value: string;
  readonly type: ObjectVisit<unknown>;
  readonly condition?: Condition | undefined;
}

/** An alternate: one of several types, which the JSON kind of a value selects. */
export interface AlternateVisit<Value, Received = Value, Sent = Value> extends TypeVisit<
  Value,
  Received,
  Sent
> {
  readonly kind: "alternate";
  /** By the JSON kind that selects them. */
  readonly alternatives: ReadonlyMap<ValueKind, AlternativeVisit>;
}

/** One choice of an alternate. */
export interface AlternativeVisit {
  readonly name: string;
  readonly type: TypeVisit<unknown>;
  readonly condition?: Condition | undefined;
}

/**
 * One way to go through typed values: reading JSON, writing text, copying. Each method handles one
 * kind of type; `value` and the result are what an implementation's door (`fromJson`, …) says.
 */
export interface Visitor {
  integer(type: IntegerVisit<unknown, unknown>, name: string | null, value: unknown): unknown;
  scalar(type: ScalarVisit<unknown>, name: string | null, value: unknown): unknown;
  enum(type: EnumVisit<string>, name: string | null, value: unknown): unknown;
  array(type: ArrayVisit<unknown>, name: string | null, value: unknown): unknown;
  object(type: ObjectVisit<unknown>, name: string | null, value: unknown): unknown;
  alternate(type: AlternateVisit<unknown>, name: string | null, value: unknown): unknown;
}
