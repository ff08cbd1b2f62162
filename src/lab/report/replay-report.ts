import type { JsonValue } from "../../json/index.js";
import type { ReplayedSync } from "../../migration/trace/replay.js";
import type { Trace } from "../../migration/trace/trace.js";
import { formatBytes, formatTime } from "../quantities.js";
import { staircaseChart } from "./staircase-chart.js";
import { textTable } from "./text-table.js";

/** The staircase of a replayed recording: one entry per sync that fires, here or in the recording. */
interface ReplayReport {
  readonly trace: Trace;
  readonly syncs: readonly ReplayedSync[];
  /** Whether every sync came out as it was recorded. */
  readonly isSame: boolean;
}

export function replayReport(trace: Trace, syncs: readonly ReplayedSync[]): ReplayReport {
  const isSame = syncs.every(
    ({ recorded, outcome }) => recorded.fired === outcome.fired && recorded.percentage === outcome.percentage,
  );
  return { trace, syncs, isSame };
}

/** `{name, qemu, isSame, staircase: [{sync, timeMs, percentage, …}]}` */
export function replayToJson({ trace, syncs, isSame }: ReplayReport): JsonValue {
  return {
    name: trace.name,
    qemu: trace.qemu,
    isSame,
    staircase: syncs
      .filter(({ outcome }) => outcome.fired)
      .map(({ recorded, outcome }) => ({
        sync: BigInt(recorded.number),
        timeMs: sinceStart(trace, recorded.timeMs),
        percentage: BigInt(outcome.percentage),
        recordedPercentage: BigInt(recorded.percentage),
        bytesDirtyPeriod: outcome.bytesDirtyPeriod,
        bytesDirtyThreshold: outcome.bytesDirtyThreshold,
      })),
  };
}

/** The staircase as a table, QEMU's beside ours, and as a chart. */
export function replayToText({ trace, syncs, isSame }: ReplayReport): string {
  const fired = syncs.filter(({ recorded, outcome }) => recorded.fired || outcome.fired);
  const rows = fired.map(({ recorded, outcome }) => [
    String(recorded.number),
    formatTime(sinceStart(trace, recorded.timeMs)),
    formatBytes(outcome.bytesDirtyPeriod ?? 0n),
    formatBytes(outcome.bytesDirtyThreshold ?? 0n),
    outcome.fired ? `${outcome.percentage} %` : "-",
    recorded.fired ? `${recorded.percentage} %` : "-",
  ]);
  const stairs = syncs.map(({ recorded, outcome }) => ({
    timeMs: sinceStart(trace, recorded.timeMs),
    percentage: outcome.percentage,
  }));
  return [
    `${trace.name || "recording"}, QEMU ${trace.qemu || "unknown"}: ${syncs.length} syncs\n\n`,
    textTable([["sync", "time", "dirtied", "threshold", "throttle", "recorded"], ...rows]),
    `\n${staircaseChart(stairs, stairs.at(-1)?.timeMs ?? 0n)}`,
    isSame ? "\nEvery sync came out as recorded.\n" : "\nThis is not what was recorded.\n",
  ].join("");
}

/** A recorded time as ms since the first sync. */
export function sinceStart({ syncs }: Trace, timeMs: bigint): bigint {
  return timeMs - (syncs[0]?.timeMs ?? timeMs);
}
