import { Refusal } from "../../migration/refusal.js";
import type { EnumVisit } from "../../visitor/type-visit.js";

/**
 * A word of a monitor line as a value of an enum (QEMU `qapi_enum_parse`).
 *
 * @throws {Refusal} when it is none
 */
export function parseEnum<Value extends string>(type: EnumVisit<Value, unknown>, word: string): Value {
  if (!type.has(word)) throw new Refusal(`invalid parameter value: ${word}`);
  return word;
}
