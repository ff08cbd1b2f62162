import { parse } from "../../generated/grammar/hx.js";
import type { Condition } from "../util/condition.js";

/** How deep parentheses and negations may nest in one condition, and conditions in each other. */
export const CONDITION_DEPTH_LIMIT = 100;

/** Reads the expression of an `#if`; `undefined` if it is none, or too deep. `0` never holds, `1` always. */
export function readCondition(text: string): Condition | undefined {
  if (depthOf(text) > CONDITION_DEPTH_LIMIT) return undefined; // The parser is recursive.
  try {
    return parse(text, { startRule: "Condition" });
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of text.matchAll(/\(|\)|(?:!\s*)+/g)) {
    if (sign === "(") depth++;
    else if (sign === ")") depth--;
    deepest = Math.max(deepest, depth, sign.startsWith("!") ? depth + sign.length : 0);
  }
  return deepest;
}
