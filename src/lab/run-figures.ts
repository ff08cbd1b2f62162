import type { SimulatedRun } from "../migration/simulator/simulate.js";

/** A run in a handful of numbers. */
export interface RunFigures {
  /** `active` if it was given up. */
  readonly status: SimulatedRun["status"];
  readonly totalMs: number;
  /** Null unless it completed. */
  readonly downtimeMs: number | null;
  readonly transferredBytes: number;
  readonly syncs: number;
  /** CPU time that the throttle kept from each of the guest's CPUs, in ms. */
  readonly cpuLostMs: number;
  /** Decisions to throttle, and the highest percentage that they led to. */
  readonly decisions: number;
  readonly peakPercentage: number;
}

export function figuresOf({ status, stats, syncs, cpuLostMs }: SimulatedRun): RunFigures {
  return {
    status,
    totalMs: Number(stats.totalTime),
    downtimeMs: stats.downtime === null ? null : Number(stats.downtime),
    transferredBytes: Number(stats.ram.transferred),
    syncs: Number(stats.ram["dirty-sync-count"]),
    cpuLostMs: Math.round(cpuLostMs),
    decisions: syncs.filter(({ throttle }) => throttle?.fired === true).length,
    peakPercentage: syncs.reduce((peak, { throttle }) => Math.max(peak, throttle?.percentage ?? 0), 0),
  };
}

/** The share of the guest's CPU time that the throttle took, 0..1. */
export function cpuShareLost({ cpuLostMs, totalMs }: RunFigures): number {
  return totalMs === 0 ? 0 : cpuLostMs / totalMs;
}

/** How a run ended, in words. One that was given up may still have converged with more time. */
export function statusWord(status: RunFigures["status"]): string {
  return status === "active" ? "given up" : status;
}
