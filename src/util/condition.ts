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

/** Whether a condition holds when exactly the given symbols are defined; no condition always holds. */
export function conditionHolds(condition: Condition | undefined, defines: Defines): boolean {
  if (condition === undefined) return true;
  if (typeof condition === "string") return defines.has(condition);
  if ("all" in condition) return condition.all.every((part) => conditionHolds(part, defines));
  if ("any" in condition) return condition.any.some((part) => conditionHolds(part, defines));
  return !conditionHolds(condition.not, defines);
}
