import { escapeHtml } from "../page/escape-html.js";
import { numbersTable } from "./numbers-table.js";
import { pageFrame } from "../page/page-frame.js";
import type { RunSeries } from "./run-series.js";
import { setupSection, type Setup } from "./setup-section.js";
import { summaryTable } from "./summary-table.js";

interface Report {
  readonly title: string;
  readonly setup: Setup;
  readonly runs: readonly RunSeries[];
  /** The build of `browser/report.ts` and of `browser/lab.css`. */
  readonly script: string;
  readonly style: string;
}

/** A page about simulated runs. Its tables stand in the HTML itself; the charts are drawn by its script. */
export function reportPage({ title, setup, runs, script, style }: Report): string {
  const body = `<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">A model of QEMU's pre-copy migration with auto-converge, made by <code>qapi throttle simulate</code>.
Point at a chart to read all of them at one time, or move the slider.</p>
<div class="scroll">${summaryTable(runs)}</div>
<div id="charts" class="charts"></div>
<section aria-label="All numbers">${runs.map(numbersTable).join("\n")}</section>
${setupSection(setup)}
</main>`;
  return pageFrame({ title, body, script, style, data: runs });
}
