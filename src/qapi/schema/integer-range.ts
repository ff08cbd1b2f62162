import type { BuiltinName } from "./model.js";

/** Integers, both ends included. */
export interface IntegerRange {
  readonly minimum: bigint;
  readonly maximum: bigint;
}

const int64 = signed(64n);
const uint64 = unsigned(64n);

const ranges: Partial<Readonly<Record<BuiltinName, IntegerRange>>> = {
  int: int64,
  int8: signed(8n),
  int16: signed(16n),
  int32: signed(32n),
  int64,
  uint8: unsigned(8n),
  uint16: unsigned(16n),
  uint32: unsigned(32n),
  uint64,
  // It has suffixes on the command line only.
  size: uint64,
};

/** What an integer type holds; undefined for `integer`, of which no more is known, and for other types. */
export function integerRange(name: BuiltinName): IntegerRange | undefined {
  return ranges[name];
}

/**
 * What QEMU takes for an integer type in JSON: 64-bit unsigned ones may be negative too, and are taken modulo 2^64
 * (`qobject_input_type_uint64`). An integer of unknown width may be any.
 */
export function documentRange(name: BuiltinName): IntegerRange {
  const range = ranges[name] ?? uint64;
  return range === uint64 ? { minimum: int64.minimum, maximum: uint64.maximum } : range;
}

function signed(bits: bigint): IntegerRange {
  const half = 2n ** (bits - 1n);
  return { minimum: -half, maximum: half - 1n };
}

function unsigned(bits: bigint): IntegerRange {
  return { minimum: 0n, maximum: 2n ** bits - 1n };
}
