import { parse } from "../../generated/grammar/hx.js";

/** An `#if`: the name of a preprocessor symbol, or a combination of such conditions. */
export type Condition =
  | string
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** How deep parentheses and negations may nest in one condition, and conditions in each other. */
export const conditionDepthLimit = 100;

/** Reads the expression of an `#if`; `undefined` if it is none, or too deep. `0` never holds, `1` always. */
export function readCondition(text: string): Condition | undefined {
  if (depthOf(text) > conditionDepthLimit) return undefined; // The parser is recursive.
  try {
    return parse(text, { startRule: "Condition" });
  } catch {
    return undefined;
  }
}

/** Whether a condition holds. */
export function conditionHolds(condition: Condition, isDefined: (name: string) => boolean): boolean {
  if (typeof condition === "string") return isDefined(condition);
  if ("all" in condition) return condition.all.every((part) => conditionHolds(part, isDefined));
  if ("any" in condition) return condition.any.some((part) => conditionHolds(part, isDefined));
  return !conditionHolds(condition.not, isDefined);
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
