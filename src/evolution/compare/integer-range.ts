import type { BuiltinName } from "../../qapi/schema/model.js";

/** What an integer type takes; absent for `integer`, of which no more is known, and for other types. */
const ranges: Partial<Readonly<Record<BuiltinName, readonly [low: bigint, high: bigint]>>> = {
  int8: signed(8n),
  int16: signed(16n),
  int32: signed(32n),
  int64: signed(64n),
  int: signed(64n),
  uint8: unsigned(8n),
  uint16: unsigned(16n),
  uint32: unsigned(32n),
  uint64: unsigned(64n),
  // `size` has suffixes on the command line only.
  size: unsigned(64n),
};

function signed(bits: bigint): readonly [bigint, bigint] {
  return [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

function unsigned(bits: bigint): readonly [bigint, bigint] {
  return [0n, 2n ** bits - 1n];
}

/** How the values of an integer type changed. A type may lose some and win others. */
export function compareIntegers(old: BuiltinName, next: BuiltinName): { lost: boolean; won: boolean } {
  const [before, after] = [ranges[old], ranges[next]];
  if (before === undefined || after === undefined) return { lost: false, won: false };
  return {
    lost: after[0] > before[0] || after[1] < before[1],
    won: after[0] < before[0] || after[1] > before[1],
  };
}

/** Whether generated code has it as a `bigint`. */
export function isWide(name: BuiltinName): boolean {
  const range = ranges[name];
  return range !== undefined && (range[1] > 2n ** 32n || range[0] < -(2n ** 32n));
}
