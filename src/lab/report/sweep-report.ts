import { csvText } from "../csv.js";
import type { Axis } from "../axis.js";
import { cpuShareLost, statusWord, type RunFigures } from "../run-figures.js";
import type { JsonValue } from "../../json/index.js";
import { formatBytes, formatTime } from "../quantities.js";
import type { SweepResult } from "../sweep/run-sweep.js";
import { textTable } from "./text-table.js";

/** So many runs are listed one by one; of more, what each value of each axis comes to. */
const MOST_LISTED = 50;

/** `{axes: [{name, values}], runs: [{values: {NAME: VALUE}, status, totalTimeMs, …}]}` */
export function sweepToJson(axes: readonly Axis[], results: readonly SweepResult[]): JsonValue {
  return {
    axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
    runs: results.map(({ values, figures }) => ({
      values: Object.fromEntries(axes.map(({ name }, i) => [name, values[i] ?? ""])),
      status: figures.status,
      totalTimeMs: BigInt(figures.totalMs),
      downtimeMs: figures.downtimeMs === null ? null : BigInt(figures.downtimeMs),
      transferredBytes: BigInt(figures.transferredBytes),
      syncs: BigInt(figures.syncs),
      cpuLostMs: BigInt(figures.cpuLostMs),
      decisions: BigInt(figures.decisions),
      peakPercentage: BigInt(figures.peakPercentage),
    })),
  };
}

/** One line per run, with a line of names above. */
export function sweepToCsv(axes: readonly Axis[], results: readonly SweepResult[]): string {
  const names = [
    ...axes.map(({ name }) => name),
    "status",
    "total_time_ms",
    "downtime_ms",
    "transferred_bytes",
    "syncs",
    "cpu_lost_ms",
    "decisions",
    "peak_percentage",
  ];
  const rows = results.map(({ values, figures }) => [
    ...values,
    figures.status,
    figures.totalMs,
    figures.downtimeMs ?? "",
    figures.transferredBytes,
    figures.syncs,
    figures.cpuLostMs,
    figures.decisions,
    figures.peakPercentage,
  ]);
  return csvText([names, ...rows]);
}

/** A table of the runs, or of what each value of each axis comes to on average. */
export function sweepToText(axes: readonly Axis[], results: readonly SweepResult[]): string {
  const completed = results.filter(({ figures }) => figures.status === "completed").length;
  const summary = `${results.length} runs, ${completed} completed\n\n`;
  return summary + (results.length <= MOST_LISTED ? listed(axes, results) : averaged(axes, results));
}

function listed(axes: readonly Axis[], results: readonly SweepResult[]): string {
  const header = [
    ...axes.map(({ name }) => name),
    "status",
    "total",
    "downtime",
    "transferred",
    "CPU lost",
    "peak",
  ];
  const rows = results.map(({ values, figures }) => [
    ...values,
    statusWord(figures.status),
    formatTime(figures.totalMs),
    figures.downtimeMs === null ? "-" : formatTime(figures.downtimeMs),
    formatBytes(figures.transferredBytes),
    `${(cpuShareLost(figures) * 100).toFixed(0)} %`,
    `${figures.peakPercentage} %`,
  ]);
  return textTable([header, ...rows]);
}

function averaged(axes: readonly Axis[], results: readonly SweepResult[]): string {
  const tables = axes.map(({ name }, axis) => {
    const rows = [...groupBy(results, axis)].map(([value, group]) => {
      const done = group.filter(({ status }) => status === "completed");
      const share = `${((100 * done.length) / group.length).toFixed(0)} %`;
      if (done.length === 0) return [value, String(group.length), share, "-", "-", "-"];
      return [
        value,
        String(group.length),
        share,
        formatTime(Math.round(mean(done.map(({ totalMs }) => totalMs)))),
        `${(100 * mean(done.map(cpuShareLost))).toFixed(0)} %`,
        `${mean(done.map(({ peakPercentage }) => peakPercentage)).toFixed(0)} %`,
      ];
    });
    return textTable([[name, "runs", "completed", "total", "CPU lost", "peak"], ...rows]);
  });
  return `${tables.join("\n")}\nTotal, CPU lost and peak are means of the runs that completed.\n`;
}

/** The figures by the value on one axis. */
function groupBy(results: readonly SweepResult[], axis: number): Map<string, RunFigures[]> {
  const groups = new Map<string, RunFigures[]>();
  for (const { values, figures } of results) {
    const value = values[axis] ?? "";
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [figures]);
    else group.push(figures);
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
