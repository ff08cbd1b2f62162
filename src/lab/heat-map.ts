import { largest, smallest } from "../util/lists.js";
import type { Axis } from "./axis.js";
import { escapeHtml } from "../page/escape-html.js";
import { formatTime } from "./quantities.js";
import { cpuShareLost, statusWord, type RunFigures } from "./run-figures.js";

/** A point of a grid and what came of it. */
export interface GridResult {
  /** One for each axis. */
  readonly values: readonly string[];
  readonly figures: RunFigures;
}

/** Something that a heat map shows of each run that completed. */
interface HeatKind {
  readonly title: string;
  readonly value: (figures: RunFigures) => number;
  readonly format: (value: number) => string;
}

const kinds: readonly HeatKind[] = [
  { title: "Total time", value: ({ totalMs }) => totalMs, format: (ms) => formatTime(Math.round(ms)) },
  {
    title: "Guest CPU lost",
    value: (figures) => 100 * cpuShareLost(figures),
    format: (share) => `${share.toFixed(0)} %`,
  },
];

/** With more columns than this, cells are too narrow for text, and only some columns are named. */
const MOST_LABELS = 10;
/** With more rows than this, only some of them are named. */
const MOST_ROW_LABELS = 20;

/**
 * Maps of a sweep as HTML: the first axis goes across, the second down; each combination of what further
 * axes take has maps of its own, all in one scale.
 *
 * @param results in the grid's order, the last axis varying fastest
 */
export function heatMaps(axes: readonly Axis[], results: readonly GridResult[]): string {
  return kinds.map((kind) => mapsOf(kind, axes, results)).join("\n");
}

function mapsOf(kind: HeatKind, axes: readonly Axis[], results: readonly GridResult[]): string {
  const completed = results.filter(({ figures }) => figures.status === "completed");
  const heats = completed.map(({ figures }) => kind.value(figures));
  const scale = {
    low: smallest(heats),
    high: largest(heats),
  };
  const groups = groupBy(results, ({ values }) => labelOf(axes.slice(2), values.slice(2)));
  const maps = [...groups].map(
    ([label, group]) =>
      `<figure class="heat">${label === "" ? "" : `<figcaption>${escapeHtml(label)}</figcaption>`}${mapTable(kind, axes, group, scale)}</figure>`,
  );
  const least = completed.find(({ figures }) => kind.value(figures) === scale.low);
  const told =
    least === undefined
      ? "None of the runs completed."
      : `Least: ${kind.format(scale.low)} with ${labelOf(axes, least.values)}.`;
  const key =
    least === undefined
      ? ""
      : `<p class="heat-key"><span>${kind.format(scale.low)}</span><span class="heat-scale" aria-hidden="true"></span><span>${kind.format(scale.high)}</span><span class="heat-none" aria-hidden="true"></span><span>not completed</span></p>`;
  return `<section class="heats"><h2>${kind.title}</h2><p class="hint">${escapeHtml(told)}</p>${key}<div class="maps${groups.size > 1 ? " small" : ""}">${maps.join("\n")}</div></section>`;
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

function mapTable(
  kind: HeatKind,
  [across, down]: readonly Axis[],
  group: readonly GridResult[],
  scale: Scale,
): string {
  if (across === undefined) return "";
  const columns = across.values;
  const rows = groupBy(group, ({ values }) => values[1] ?? "");
  const hasText = columns.length <= MOST_LABELS;
  const body = [...rows].map(([name, row], i) => {
    const cells = row.map((result) => cell(kind, result, scale, hasText));
    const isNamed = i % Math.ceil(rows.size / MOST_ROW_LABELS) === 0;
    const header = down === undefined ? "" : `<th scope="row">${isNamed ? escapeHtml(name) : ""}</th>`;
    return `<tr>${header}${cells.join("")}</tr>`;
  });
  const step = Math.ceil(columns.length / MOST_LABELS);
  const names = columns.flatMap((name, i) => {
    if (i % step !== 0) return [];
    const span = Math.min(step, columns.length - i);
    return [`<th scope="col"${span > 1 ? ` colspan="${span}"` : ""}>${escapeHtml(name)}</th>`];
  });
  const corner = down === undefined ? "" : `<td class="corner">${escapeHtml(down.name)} ↓</td>`;
  const width = columns.length;
  return (
    `<table class="heat-map${rows.size > MOST_ROW_LABELS ? " dense" : ""}">` +
    `<colgroup>${down === undefined ? "" : '<col class="names">'}<col span="${width}"></colgroup><thead>` +
    `<tr>${down === undefined ? "" : "<td></td>"}<th scope="colgroup" colspan="${width}">${escapeHtml(across.name)} →</th></tr>` +
    `<tr>${corner}${names.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`
  );
}

function cell(
  kind: HeatKind,
  { values, figures }: GridResult,
  { low, high }: Scale,
  hasText: boolean,
): string {
  if (figures.status !== "completed") {
    const word = statusWord(figures.status);
    return `<td class="none" title="${escapeHtml(`${values.join(", ")}: ${word}`)}">${hasText ? "–" : ""}</td>`;
  }
  const value = kind.value(figures);
  const heat = high === low ? 0 : Math.round((100 * (value - low)) / (high - low));
  const text = kind.format(value);
  return `<td style="--heat:${heat}%"${heat > 55 ? ' class="hot"' : ""} title="${escapeHtml(`${values.join(", ")}: ${text}`)}">${hasText ? text : ""}</td>`;
}

function labelOf(axes: readonly Axis[], values: readonly string[]): string {
  return axes.map(({ name }, i) => `${name}=${values[i] ?? ""}`).join(" ");
}

/** In the order in which the keys first come. */
function groupBy(
  results: readonly GridResult[],
  keyOf: (result: GridResult) => string,
): Map<string, GridResult[]> {
  const groups = new Map<string, GridResult[]>();
  for (const result of results) {
    const group = groups.get(keyOf(result));
    if (group === undefined) groups.set(keyOf(result), [result]);
    else group.push(result);
  }
  return groups;
}
