import type { JsonValue } from "../json/value.js";
import type {
  IntegerName,
  IntegerRange,
  IntegerVisit,
  ScalarVisit,
  TypeVisit,
  Visitor,
} from "./type-visit.js";

class IntegerType<Value, Sent> implements IntegerVisit<Value, Sent> {
  readonly kind = "builtin";

  constructor(
    readonly name: IntegerName,
    readonly range: IntegerRange,
  ) {}

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.integer(this, name, value) as Value;
  }
}

class ScalarType<Value> implements ScalarVisit<Value> {
  readonly kind = "builtin";

  constructor(readonly name: ScalarVisit<Value>["name"]) {}

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.scalar(this, name, value) as Value;
  }
}

/** The built-in types. Their names and ranges are those of QEMU's schema language. */

export const visitInt = /* @__PURE__ */ wideInteger("int", true, "int64_t");
/** The built-in type `int8`: -2^7 to 2^7 - 1, a `number` in memory. */
export const visitInt8 = /* @__PURE__ */ narrowInteger("int8", true, 8);
/** The built-in type `int16`: -2^15 to 2^15 - 1, a `number` in memory. */
export const visitInt16 = /* @__PURE__ */ narrowInteger("int16", true, 16);
/** The built-in type `int32`: -2^31 to 2^31 - 1, a `number` in memory. */
export const visitInt32 = /* @__PURE__ */ narrowInteger("int32", true, 32);
/** The built-in type `int64`: -2^63 to 2^63 - 1, a `bigint` in memory. */
export const visitInt64 = /* @__PURE__ */ wideInteger("int64", true, "int64_t");
/** The built-in type `uint8`: 0 to 2^8 - 1, a `number` in memory. */
export const visitUint8 = /* @__PURE__ */ narrowInteger("uint8", false, 8);
/** The built-in type `uint16`: 0 to 2^16 - 1, a `number` in memory. */
export const visitUint16 = /* @__PURE__ */ narrowInteger("uint16", false, 16);
/** The built-in type `uint32`: 0 to 2^32 - 1, a `number` in memory. */
export const visitUint32 = /* @__PURE__ */ narrowInteger("uint32", false, 32);
/** The built-in type `uint64`: 0 to 2^64 - 1, a `bigint` in memory. A negative one is taken modulo 2^64, as in QEMU. */
export const visitUint64 = /* @__PURE__ */ wideInteger("uint64", false, "uint64_t");
/** An integer of unknown width, as the introspection of a live QEMU has it: any that QEMU can say. */
export const visitInteger: IntegerVisit<bigint, bigint | number> = /* @__PURE__ */ new IntegerType(
  "integer",
  {
    ...integerRange(true, 64, "integer"),
    maximum: 2n ** 64n - 1n,
  },
);
/** A count of bytes: a `uint64` that may carry a unit where it is given as text. */
export const visitSize = /* @__PURE__ */ wideInteger("size", false, "uint64_t");

/** The built-in type `str`. */
export const visitStr = /* @__PURE__ */ scalar<string>("str");
/** The built-in type `bool`. */
export const visitBool = /* @__PURE__ */ scalar<boolean>("bool");
/** The built-in type `number`: a double. */
export const visitNumber = /* @__PURE__ */ scalar<number>("number");
/** The built-in type `null`. */
export const visitNull = /* @__PURE__ */ scalar<null>("null");
/** Any JSON value, left as it was read. */
export const visitAny = /* @__PURE__ */ scalar<JsonValue>("any");

/** All of them by name. */
export const builtinVisits = {
  str: visitStr,
  number: visitNumber,
  int: visitInt,
  integer: visitInteger,
  int8: visitInt8,
  int16: visitInt16,
  int32: visitInt32,
  int64: visitInt64,
  uint8: visitUint8,
  uint16: visitUint16,
  uint32: visitUint32,
  uint64: visitUint64,
  size: visitSize,
  bool: visitBool,
  any: visitAny,
  null: visitNull,
};

function wideInteger(
  name: IntegerName,
  signed: boolean,
  cName: string,
): IntegerVisit<bigint, bigint | number> {
  return new IntegerType(name, integerRange(signed, 64, cName));
}

function narrowInteger(name: IntegerName, signed: boolean, bits: 8 | 16 | 32): IntegerVisit<number> {
  return new IntegerType(name, integerRange(signed, bits, `${name}_t`));
}

function integerRange(signed: boolean, bits: number, cName: string): IntegerRange {
  const values = 1n << BigInt(bits);
  return {
    signed,
    memory: bits === 64 ? "bigint" : "number",
    minimum: signed ? -values / 2n : 0n,
    maximum: (signed ? values / 2n : values) - 1n,
    cName,
  };
}

/** Whole numbers up to this are exact. */
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A 64-bit type whose values are to be `number`: what one cannot hold exactly is refused. */
export function asNumber({ name, range }: IntegerVisit<bigint, bigint | number>): IntegerVisit<number> {
  const minimum = range.signed ? -MAX_SAFE : 0n;
  const cName = "an integer that a number holds exactly";
  return new IntegerType(name, { ...range, memory: "number", minimum, maximum: MAX_SAFE, cName });
}

/** A 64-bit type whose values are to be decimal strings, as JSON of any reader's holds them. */
export function asString({ name, range }: IntegerVisit<bigint, bigint | number>): IntegerVisit<string> {
  return new IntegerType(name, { ...range, memory: "string" });
}

function scalar<Value>(name: ScalarVisit<Value>["name"]): ScalarVisit<Value> {
  return new ScalarType(name);
}

/** Whether a type is one of the built-in integers. */
export function isInteger(type: TypeVisit<unknown>): type is IntegerVisit<unknown, unknown> {
  return type.kind === "builtin" && "range" in type;
}
