import { type Condition, conditionHolds, conditionText } from "../util/condition.js";

/** How a condition compares with an older one. */
type ConditionChange = "same" | "weaker" | "added" | "narrowed";

/** Beyond this many symbols the builds are not tried one by one. */
const MOST = 10;

/** Whether builds may lack with `next` what they had with `old`; no condition holds in every build. */
export function compareConditions(old: Condition | undefined, next: Condition | undefined): ConditionChange {
  if (next === undefined) return old === undefined ? "same" : "weaker";
  if (old === undefined) return "added";
  if (JSON.stringify(old) === JSON.stringify(next)) return "same";
  const symbols = [...new Set([...symbolsOf(old), ...symbolsOf(next)])];
  if (symbols.length > MOST) return "narrowed";
  let lost = false;
  let won = false;
  for (let build = 0; build < 2 ** symbols.length; build++) {
    const defines = new Set(symbols.filter((_, bit) => (build >> bit) & 1));
    const had = conditionHolds(old, defines);
    const has = conditionHolds(next, defines);
    lost ||= had && !has;
    won ||= has && !had;
  }
  return lost ? "narrowed" : won ? "weaker" : "same";
}

function symbolsOf(condition: Condition): string[] {
  if (typeof condition === "string") return [condition];
  if ("not" in condition) return symbolsOf(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(symbolsOf);
}

/** A condition as one reads it: `CONFIG_SPICE and not TARGET_S390X`. */
export function conditionWords(condition: Condition): string {
  return conditionText(condition, { not: "not ", all: " and ", any: " or " });
}
