import { formatBytes } from "./quantities.js";
import type { Curve, RunSeries } from "./run-series.js";

/** One of the charts of a page: what it shows of each run. */
export interface ChartKind {
  /** Also its element's id. */
  readonly id: string;
  readonly title: string;
  /** What to look for. */
  readonly hint: string;
  /** How a curve goes from one point to the next. */
  readonly shape: "stepped" | "straight";
  readonly format: (value: number) => string;
  /** Whether values are bytes, whose axis goes by powers of two. */
  readonly isBytes: boolean;
  readonly curve: (run: RunSeries) => Curve;
  /** A second, dashed curve beside each run's first. */
  readonly limit?: { readonly name: string; readonly curve: (run: RunSeries) => Curve };
}

const formatRate = (value: number): string => `${formatBytes(value)}/s`;

export const chartKinds: readonly ChartKind[] = [
  {
    id: "throttle",
    title: "Throttle",
    hint: "The share of time for which the guest's CPUs are put to sleep.",
    shape: "stepped",
    format: (value) => `${Math.round(value)} %`,
    isBytes: false,
    curve: ({ throttle }) => throttle,
  },
  {
    id: "dirty-rate",
    title: "Dirty rate against threshold",
    hint: "What the guest dirties in a period. Above the dashed line, two periods set off the next step.",
    shape: "straight",
    format: formatRate,
    isBytes: true,
    curve: ({ dirtyRate }) => dirtyRate,
    limit: { name: "threshold", curve: ({ threshold }) => threshold },
  },
  {
    id: "remaining",
    title: "Remaining memory",
    hint: "What is still to be sent. Each sync of the dirty bitmap adds what was written meanwhile.",
    shape: "straight",
    format: formatBytes,
    isBytes: true,
    curve: ({ remaining }) => remaining,
  },
  {
    id: "cpu-lost",
    title: "Guest CPU time lost",
    hint: "What the throttle has cost each of the guest's CPUs so far.",
    shape: "straight",
    format: (value) => `${value.toFixed(1)} s`,
    isBytes: false,
    curve: ({ cpuLost }) => cpuLost,
  },
];
