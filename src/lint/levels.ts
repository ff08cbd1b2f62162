import type { LevelScale } from "../findings/index.js";
import type { LintLevel } from "./rule.js";

/** The levels of lint, and what CI systems call them. */
export const lintScale: LevelScale<LintLevel> = [
  { level: "error", severity: "error" },
  { level: "warn", severity: "warning" },
  { level: "info", severity: "notice" },
];
