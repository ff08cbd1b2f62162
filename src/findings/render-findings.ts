import type { FindingReport } from "./finding.js";
import type { FindingFormat } from "./formats.js";
import { renderGithub } from "./render/github.js";
import { renderJson } from "./render/json.js";
import { renderJunit } from "./render/junit.js";
import { renderMarkdown } from "./render/markdown.js";
import { type FindingColors, renderPretty } from "./render/pretty.js";
import { renderSarif } from "./render/sarif.js";

export interface FindingRenderOptions {
  /** The version of qapi-ts, which SARIF tells. */
  readonly version: string;
  /** For `pretty`; without it, the text is plain. */
  readonly colors?: FindingColors;
  /** For `pretty`: source lines are cut to this many terminal columns. Default 100. */
  readonly width?: number;
}

/** A report as text that ends with a line end, or is empty where a form has nothing to say. */
export function renderFindings<Level extends string>(
  report: FindingReport<Level>,
  format: FindingFormat,
  options: FindingRenderOptions,
): string {
  switch (format) {
    case "pretty":
      return renderPretty(report, options);
    case "json":
      return renderJson(report);
    case "github":
      return renderGithub(report);
    case "sarif":
      return renderSarif(report, options.version);
    case "junit":
      return renderJunit(report);
    case "markdown":
      return renderMarkdown(report);
  }
}
