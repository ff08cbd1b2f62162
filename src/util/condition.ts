/** An `if`: the name of a preprocessor symbol, or a combination of such conditions. */
export type Condition =
  | string
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** Which preprocessor symbols are defined; a set of their names will do. */
export interface Defines {
  has(name: string): boolean;
}

/** A condition as an expression: `CONFIG_POSIX && !CONFIG_WIN32`, or with other words for its operators. */
export function conditionText(
  condition: Condition,
  words: Readonly<Record<"not" | "all" | "any", string>> = { not: "!", all: " && ", any: " || " },
): string {
  if (typeof condition === "string") return condition;
  const operand = (part: Condition): string => {
    const text = conditionText(part, words);
    return typeof part === "string" || "not" in part ? text : `(${text})`;
  };
  if ("not" in condition) return words.not + operand(condition.not);
  return "all" in condition
    ? condition.all.map(operand).join(words.all)
    : condition.any.map(operand).join(words.any);
}

/** Whether a condition holds when exactly the given symbols are defined; no condition always holds. */
export function conditionHolds(condition: Condition | undefined, defines: Defines): boolean {
  if (condition === undefined) return true;
  if (typeof condition === "string") return defines.has(condition);
  if ("all" in condition) return condition.all.every((part) => conditionHolds(part, defines));
  if ("any" in condition) return condition.any.some((part) => conditionHolds(part, defines));
  return !conditionHolds(condition.not, defines);
}
