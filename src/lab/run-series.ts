import { PAGE_SIZE } from "../migration/simulator/guest.js";
import type { SimulatedRun } from "../migration/simulator/simulate.js";
import { SyncPeriods } from "../migration/throttle/sync-period.js";
import { figuresOf, type RunFigures } from "./run-figures.js";

/** A curve: times in s since the start, rising, and a value at each. */
export interface Curve {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** A run as its charts show it, as plain JSON. */
export interface RunSeries {
  readonly label: string;
  readonly figures: RunFigures;
  /** Percentage from each time on. */
  readonly throttle: Curve;
  /** Bytes per second dirtied in the period that ends at each time. */
  readonly dirtyRate: Curve;
  /** Bytes per second above which the period counts as too busy; empty without auto-converge. */
  readonly threshold: Curve;
  /** Bytes to be sent, before and after each sync. */
  readonly remaining: Curve;
  /** CPU time in s that the throttle has kept from each CPU up to each time. */
  readonly cpuLost: Curve;
}

/** Puts the point before a jump this much earlier, in s. */
const JUMP = 0.001;

export function seriesOf(label: string, run: SimulatedRun): RunSeries {
  const figures = figuresOf(run);
  const end = figures.totalMs / 1000;
  const { syncs } = run;
  const finalRemaining = Number(run.stats.ram.remaining);
  return {
    label,
    figures,
    throttle: curve([
      [0, 0],
      ...syncs.map(({ timeMs, throttle }): Point => [timeMs / 1000, throttle?.percentage ?? 0]),
      [end, syncs.at(-1)?.throttle?.percentage ?? 0],
    ]),
    ...ratesOf(run),
    remaining: curve([
      ...syncs.flatMap(({ timeMs, remaining, newDirtyPages }, i): Point[] => {
        const after: Point = [timeMs / 1000, Number(remaining)];
        const before: Point = [after[0] - JUMP, after[1] - Number(newDirtyPages) * PAGE_SIZE];
        const lastMs = syncs[i - 1]?.timeMs ?? Infinity;
        return newDirtyPages > 0n && before[0] > lastMs / 1000 ? [before, after] : [after];
      }),
      [end, finalRemaining],
    ]),
    cpuLost: curve([
      [0, 0],
      ...syncs.map(({ timeMs, cpuLostMs }): Point => [timeMs / 1000, cpuLostMs / 1000]),
      [end, run.cpuLostMs / 1000],
    ]),
  };
}

/** The value of a curve at a time: on the straight line between two points, or that of the last point. */
export function valueAt(
  { times, values }: Curve,
  time: number,
  shape: "stepped" | "straight",
): number | null {
  const above = times.findIndex((each) => each > time);
  const last = times.at(-1);
  if (above === -1) return last !== undefined && time <= last + JUMP ? (values.at(-1) ?? null) : null;
  const [from, to] = [times[above - 1], times[above]];
  const [low, high] = [values[above - 1], values[above]];
  if (from === undefined || to === undefined || low === undefined || high === undefined) return null;
  return shape === "stepped" ? low : low + ((high - low) * (time - from)) / (to - from);
}

type Point = readonly [time: number, value: number];

/** A curve through points in the order of time; of two at one time the later counts. */
function curve(points: readonly Point[]): Curve {
  const kept = points.filter(([time], i) => time < (points[i + 1]?.[0] ?? Infinity));
  return { times: kept.map(([time]) => time), values: kept.map(([, value]) => value) };
}

function ratesOf({ syncs }: SimulatedRun): Pick<RunSeries, "dirtyRate" | "threshold"> {
  const periods = new SyncPeriods(BigInt(PAGE_SIZE));
  const dirty: Point[] = [];
  const threshold: Point[] = [];
  let startMs = syncs[0]?.timeMs ?? 0;
  for (const { timeMs, transferred, newDirtyPages, throttle } of syncs) {
    // QEMU's clock is never at 0, which it takes for "not started".
    const period = periods.sync({
      endTimeMs: BigInt(Math.floor(timeMs)) + 1n,
      transferredTotal: transferred,
      newDirtyPages,
    });
    if (period === null) continue;
    const [time, seconds] = [timeMs / 1000, (timeMs - startMs) / 1000];
    startMs = timeMs;
    dirty.push([time, Number(period.bytesDirtyPeriod) / seconds]);
    const limit = throttle?.bytesDirtyThreshold ?? null;
    if (limit !== null) threshold.push([time, Number(limit) / seconds]);
  }
  return { dirtyRate: curve(dirty), threshold: curve(threshold) };
}
