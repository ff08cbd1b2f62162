import type { LevelScale } from "../findings/finding.js";
import type { ChangeLevel } from "./level.js";

/** Whom a change may break, each wider than the one before. */
export const breakingScopes = ["wire", "introspection", "code", "names"] as const;

export type BreakingScope = (typeof breakingScopes)[number];

/** The levels of findings. */
export type BreakingLevel = Exclude<ChangeLevel, "ok">;

export const breakingLevels: LevelScale<BreakingLevel> = [
  { level: "breaking", severity: "error" },
  { level: "dangerous", severity: "warning" },
  { level: "note", severity: "notice" },
];
