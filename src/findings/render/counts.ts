import type { Finding, LevelScale } from "../finding.js";

/** How many findings there are, by level: `3 findings (1 error, 2 warn)`. */
export function countsText<Level extends string>(
  findings: readonly Finding<Level>[],
  levels: LevelScale<Level>,
): string {
  const parts = levels
    .map(({ level }) => ({ level, count: findings.filter((each) => each.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`);
  return `${findings.length} finding${findings.length === 1 ? "" : "s"} (${parts.join(", ")})`;
}
