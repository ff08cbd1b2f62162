import type { FindingReport } from "./finding.js";
import type { FindingFormat } from "./formats.js";
import { renderGithub } from "./render/github.js";
import { renderJson } from "./render/json.js";
import { renderJunit } from "./render/junit.js";
import { renderMarkdown } from "./render/markdown.js";
import { type PrettyFindingOptions, renderPretty } from "./render/pretty.js";
import { renderSarif } from "./render/sarif.js";

/** The version for SARIF; all else for `pretty`. */
export interface FindingRenderOptions extends PrettyFindingOptions {
  /** The version of qapi-ts, which SARIF tells. */
  readonly version: string;
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
