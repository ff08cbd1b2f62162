import { setMember, type JsonValue } from "./value.js";

/** What every hard number has in it, wherever it stands: this is found out faster than where it does. */
const HARD_DIGITS = /[0-9]{16}|[0-9][.eE]/;

/**
 * A number that the engine's own parser reads in another way: with a fraction, an exponent or more digits than are
 * surely exact. It stands at the start or after what a value may follow; text in strings may look so as well.
 */
const HARD_NUMBER = /(?:^|[:[,])[ \t\r\n]*-?(?:[0-9]{16}|[0-9]+[.eE])/;

/**
 * Reads a JSON text with the engine's own parser, where that is exact: its numbers are short integers.
 *
 * @param maxDepth brackets that may be open at once
 * @returns undefined where a careful reader is called for: there may be numbers of another kind; or the text is no
 *   JSON, or nests too deep, which that reader has words for
 */
export function parseQuickly(text: string, maxDepth: number): JsonValue | undefined {
  if (HARD_DIGITS.test(text) && HARD_NUMBER.test(text)) return undefined;
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
  if (typeof value === "number") return BigInt(value);
  return makeExact(value, maxDepth) ? value : undefined;
}

/** Turns the numbers in a value into integers, unless it nests deeper than so many levels. */
function makeExact(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item = value[at];
      if (typeof item === "number") value[at] = BigInt(item);
      else if (typeof item === "object" && !makeExact(item, levels - 1)) return false;
    }
    return true;
  }
  // Whatever a JSON text makes has no enumerable members but its own.
  for (const key in value) {
    const member = value[key];
    if (typeof member === "number") setMember(value, key, BigInt(member));
    else if (typeof member === "object" && !makeExact(member, levels - 1)) return false;
  }
  return true;
}
