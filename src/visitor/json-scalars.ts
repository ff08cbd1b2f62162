import type { JsonValue } from "../json/value.js";
import type { IntegerRange, ScalarVisit } from "./type-visit.js";

type ScalarName = ScalarVisit<unknown>["name"];

/** How a scalar is read from JSON; every way of decoding goes by these. */
interface JsonScalar {
  /** The value; undefined where the JSON is of another kind. */
  readonly decode: (json: JsonValue) => JsonValue | undefined;
  /** The kind of JSON, in QEMU's messages; undefined where any will do. */
  readonly expected: string | undefined;
}

export const jsonScalars: Readonly<Record<ScalarName, JsonScalar>> = {
  str: { decode: (json) => (typeof json === "string" ? json : undefined), expected: "string" },
  bool: { decode: (json) => (typeof json === "boolean" ? json : undefined), expected: "boolean" },
  number: { decode: decodeNumber, expected: "number" },
  null: { decode: (json) => (json === null ? json : undefined), expected: "null" },
  any: { decode: (json) => json, expected: undefined },
};

function decodeNumber(json: JsonValue): number | undefined {
  if (typeof json === "bigint") return Number(json);
  return typeof json === "number" ? json : undefined;
}

/**
 * The value of an integer type. One of a uint64 may be written as a negative int64, which is taken modulo 2^64.
 *
 * @returns undefined where the JSON is no integer, or beyond the type's range
 */
export function decodeInteger(json: JsonValue, range: IntegerRange): bigint | number | string | undefined {
  if (typeof json !== "bigint") return undefined;
  const value = range.signed ? json : decodeUint64(json);
  if (value === undefined || value < range.minimum || value > range.maximum) return undefined;
  switch (range.memory) {
    case "bigint":
      return value;
    case "number":
      return Number(value);
    case "string":
      return value.toString();
  }
}

/** What QEMU makes of an integer that is to be a uint64; undefined when it is beyond that. */
export function decodeUint64(json: bigint): bigint | undefined {
  const value = BigInt.asUintN(64, json);
  return value === json || BigInt.asIntN(64, json) === json ? value : undefined;
}
