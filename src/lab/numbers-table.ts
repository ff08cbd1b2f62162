import { chartKinds } from "./chart-kinds.js";
import { escapeHtml } from "../page/escape-html.js";
import { valueAt, type RunSeries } from "./run-series.js";

/** All that the charts show of a run, at the end of each of its periods, as a table to unfold. */
export function numbersTable(run: RunSeries): string {
  const columns = chartKinds.flatMap(({ title, shape, format, curve, limit }) => [
    { title: limit === undefined ? title : "Dirty rate", shape, format, curve: curve(run) },
    ...(limit === undefined ? [] : [{ title: "Threshold", shape, format, curve: limit.curve(run) }]),
  ]);
  const times = [...new Set([...run.dirtyRate.times, ...run.throttle.times.slice(-1)])];
  const header = ["Time", ...columns.map(({ title }) => title)];
  const rows = times.map((time) => {
    const cells = columns.map(({ shape, format, curve }) => {
      const value = valueAt(curve, time, shape);
      return value === null ? "–" : format(value);
    });
    return `<tr><th scope="row">${time.toFixed(1)} s</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return (
    `<details><summary>All numbers of ${escapeHtml(run.label)}</summary><div class="scroll"><table>` +
    `<thead><tr>${header.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table></div></details>`
  );
}
