import { invariant } from "../../util/invariant.js";
import type { BuiltinName } from "../../qapi/schema/model.js";

/** The integers that a type takes in a document, both ends included. */
export interface IntegerRange {
  readonly minimum: bigint;
  readonly maximum: bigint;
}

const signed64 = signed(64);

/** 64-bit unsigned types take negative numbers too, modulo 2^64 (`qobject_input_type_uint64`). */
const unsigned64 = { minimum: signed64.minimum, maximum: 2n ** 64n - 1n };

const ranges: ReadonlyMap<BuiltinName, IntegerRange> = new Map([
  ["int", signed64],
  ["int8", signed(8)],
  ["int16", signed(16)],
  ["int32", signed(32)],
  ["int64", signed64],
  ["uint8", unsigned(8)],
  ["uint16", unsigned(16)],
  ["uint32", unsigned(32)],
  ["uint64", unsigned64],
  ["size", unsigned64],
  ["integer", unsigned64],
]);

/** The range of a built-in integer type as QEMU reads it from JSON. */
export function integerRange(name: BuiltinName): IntegerRange {
  const range = ranges.get(name);
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
