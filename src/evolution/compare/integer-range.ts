import { integerRange } from "../../qapi/schema/integer-range.js";
import type { BuiltinName } from "../../qapi/schema/model.js";

/** How the values of an integer type changed. A type may lose some and win others. */
export function compareIntegers(old: BuiltinName, next: BuiltinName): { lost: boolean; won: boolean } {
  const [before, after] = [integerRange(old), integerRange(next)];
  if (before === undefined || after === undefined) return { lost: false, won: false };
  return {
    lost: after.minimum > before.minimum || after.maximum < before.maximum,
    won: after.minimum < before.minimum || after.maximum > before.maximum,
  };
}

/** Whether generated code has it as a `bigint`. */
export function isWide(name: BuiltinName): boolean {
  return (integerRange(name)?.maximum ?? 0n) > 2n ** 32n;
}
