import { escapeHtml } from "../page/escape-html.js";
import { formatBytes, formatTime } from "./quantities.js";
import { cpuShareLost, statusWord } from "./run-figures.js";
import type { RunSeries } from "./run-series.js";

/** The figures of the runs as the rows of an HTML table. */
export function summaryTable(runs: readonly RunSeries[]): string {
  const names = [
    "Run",
    "Status",
    "Total",
    "Downtime",
    "Transferred",
    "Syncs",
    "Highest throttle",
    "CPU lost",
  ];
  const header = names.map((name) => `<th scope="col">${name}</th>`).join("");
  const rows = runs.map(({ label, figures }, i) => {
    const { status, totalMs, downtimeMs, transferredBytes, syncs, peakPercentage, cpuLostMs } = figures;
    const lost = `${formatTime(cpuLostMs)} (${(cpuShareLost(figures) * 100).toFixed(0)} %)`;
    const cells = [
      statusWord(status),
      formatTime(totalMs),
      downtimeMs === null ? "–" : formatTime(downtimeMs),
      formatBytes(transferredBytes),
      String(syncs),
      `${peakPercentage} %`,
      lost,
    ];
    const swatch = `<span class="swatch run-${(i % 8) + 1}" aria-hidden="true"></span>`;
    return `<tr><th scope="row">${swatch}${escapeHtml(label)}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<table class="summary"><caption>In figures</caption><thead><tr>${header}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
