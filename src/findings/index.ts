/** Findings and the forms they are reported in. */
export type {
  Finding,
  FindingNote,
  FindingPlace,
  FindingReport,
  LevelScale,
  NamedPlace,
  RuleInfo,
  Severity,
} from "./finding.js";
export { hasFailed, isFailure, namedPlace, placeText } from "./finding.js";
export { type FindingFormat, findingFormats } from "./formats.js";
export { type FindingRenderOptions, renderFindings } from "./render-findings.js";
