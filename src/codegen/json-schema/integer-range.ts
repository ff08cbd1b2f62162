import { invariant } from "../../util/invariant.js";
import type { BuiltinName } from "../../qapi/schema/model.js";

/** The integers that a type takes in a document, both ends included. */
export interface IntegerRange {
  readonly minimum: bigint;
  readonly maximum: bigint;
}

const SIGNED_64 = signed(64);

/** 64-bit unsigned types take negative numbers too, modulo 2^64 (`qobject_input_type_uint64`). */
const UNSIGNED_64 = { minimum: SIGNED_64.minimum, maximum: 2n ** 64n - 1n };

const RANGES: ReadonlyMap<BuiltinName, IntegerRange> = new Map([
  ["int", SIGNED_64],
  ["int8", signed(8)],
  ["int16", signed(16)],
  ["int32", signed(32)],
  ["int64", SIGNED_64],
  ["uint8", unsigned(8)],
  ["uint16", unsigned(16)],
  ["uint32", unsigned(32)],
  ["uint64", UNSIGNED_64],
  ["size", UNSIGNED_64],
  ["integer", UNSIGNED_64],
]);

/** The range of a built-in integer type as QEMU reads it from JSON. */
export function integerRange(name: BuiltinName): IntegerRange {
  const range = RANGES.get(name);
  invariant(range !== undefined, `${name} is not an integer type`);
  return range;
}

function signed(bits: number): IntegerRange {
  const half = 2n ** BigInt(bits - 1);
  return { minimum: -half, maximum: half - 1n };
}

function unsigned(bits: number): IntegerRange {
  return { minimum: 0n, maximum: 2n ** BigInt(bits) - 1n };
}
