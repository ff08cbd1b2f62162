import type { JsonObject, JsonValue } from "../../json/index.js";
import type { MigrationSettings } from "../../migration/profile/migration-settings.js";
import type { SimulatedRun } from "../../migration/simulator/simulate.js";
import { settingParameters, settingValue } from "../../migration/profile/setting-parameters.js";
import { csvText } from "../csv.js";
import { percentageList } from "../percentage-list.js";
import { formatBytes, formatTime } from "../quantities.js";
import { statusWord } from "../run-figures.js";
import { staircaseChart, type Stair } from "./staircase-chart.js";
import { textTable } from "./text-table.js";

/** A simulated run and what distinguishes it. */
export interface LabelledRun {
  readonly label: string;
  /** The parameters at its start. */
  readonly settings: MigrationSettings;
  readonly run: SimulatedRun;
}

/** `{runs: [{label, parameters, status, totalTimeMs, downtimeMs, transferredBytes, staircase, syncs}]}` */
export function runsToJson(runs: readonly LabelledRun[]): JsonValue {
  return {
    runs: runs.map(({ label, settings, run: { status, stats, syncs } }) => ({
      label,
      parameters: parametersOf(settings),
      status,
      totalTimeMs: stats.totalTime,
      downtimeMs: stats.downtime,
      transferredBytes: stats.ram.transferred,
      staircase: stairsOf(syncs).map(({ pass, timeMs, percentage }) => ({
        sync: BigInt(pass),
        timeMs,
        percentage: BigInt(percentage),
      })),
      syncs: syncs.map(({ pass, timeMs, transferred, newDirtyPages, remaining, throttle }) => ({
        sync: BigInt(pass),
        timeMs: whole(timeMs),
        transferredBytes: transferred,
        newDirtyPages,
        remainingBytes: remaining,
        isPeriod: throttle?.isPeriod ?? null,
        bytesXferPeriod: throttle?.bytesXferPeriod ?? null,
        bytesDirtyPeriod: throttle?.bytesDirtyPeriod ?? null,
        bytesDirtyThreshold: throttle?.bytesDirtyThreshold ?? null,
        fired: throttle?.fired ?? false,
        percentage: BigInt(throttle?.percentage ?? 0),
      })),
    })),
  };
}

/** One line per sync of every run, with a line of names above. */
export function runsToCsv(runs: readonly LabelledRun[]): string {
  const names = [
    "run",
    "sync",
    "time_ms",
    "transferred_bytes",
    "new_dirty_pages",
    "remaining_bytes",
    "fired",
    "percentage",
  ];
  const rows = runs.flatMap(({ label, run }) =>
    run.syncs.map(({ pass, timeMs, transferred, newDirtyPages, remaining, throttle }) => [
      label,
      pass,
      whole(timeMs),
      transferred,
      newDirtyPages,
      remaining,
      throttle?.fired === true ? 1 : 0,
      throttle?.percentage ?? 0,
    ]),
  );
  return csvText([names, ...rows]);
}

/** A table of the runs, and their staircases on a common axis. */
export function runsToText(runs: readonly LabelledRun[]): string {
  const rows = runs.map(({ label, run: { status, stats, syncs, cpuLostMs } }) => [
    label,
    statusWord(status),
    formatTime(stats.totalTime),
    stats.downtime === null ? "-" : formatTime(stats.downtime),
    formatBytes(stats.ram.transferred),
    String(stats.ram["dirty-sync-count"]),
    `${((100 * cpuLostMs) / Math.max(1, Number(stats.totalTime))).toFixed(0)} %`,
    percentageList(stairsOf(syncs).map(({ percentage }) => percentage)) || "-",
  ]);
  const endMs = runs.reduce(
    (latest, { run }) => (run.stats.totalTime > latest ? run.stats.totalTime : latest),
    1n,
  );
  const charts = runs.map(({ label, run }) => {
    const stairs = [...stairsOf(run.syncs), { timeMs: run.stats.totalTime, percentage: 0 }];
    return `\n${label}\n${staircaseChart(stairs, endMs)}`;
  });
  const header = ["run", "status", "total", "downtime", "transferred", "syncs", "CPU lost", "throttle %"];
  return `${textTable([header, ...rows])}${charts.join("")}`;
}

function stairsOf(syncs: SimulatedRun["syncs"]): (Stair & { pass: number })[] {
  return syncs.flatMap(({ pass, timeMs, throttle }) =>
    throttle?.fired === true ? [{ pass, timeMs: whole(timeMs), percentage: throttle.percentage }] : [],
  );
}

function parametersOf(settings: MigrationSettings): JsonObject {
  return Object.fromEntries(
    settingParameters.map(({ name, field }) => {
      const value = settingValue(settings, field);
      return [name, typeof value === "number" ? BigInt(value) : value];
    }),
  );
}

function whole(ms: number): bigint {
  return BigInt(Math.floor(ms));
}
