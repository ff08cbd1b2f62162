import type { LintRule } from "../rule.js";
import { exampleRules } from "./examples.js";
import { includeRules } from "./includes.js";
import { layoutRules } from "./layout.js";
import { nameRules } from "./names.js";
import { pragmaRules } from "./pragmas.js";
import { presenceRules } from "./presence.js";
import { referenceRules } from "./references.js";
import { sinceRules } from "./since.js";
import { usageRules } from "./usage.js";

/** Every rule, by what it is about. */
export const lintRules: readonly LintRule[] = [
  ...sinceRules,
  ...referenceRules,
  ...presenceRules,
  ...exampleRules,
  ...layoutRules,
  ...nameRules,
  ...usageRules,
  ...pragmaRules,
  ...includeRules,
];
