import { type Release, releases, type TableByRelease, valuesIn } from "./release.js";

/** Where QEMU's migration loop differs between versions. */
export interface LoopRules {
  /** Whether the bytes reported and judged by the throttle are the stream's; else RAM's alone. */
  readonly countsStream: boolean;
  /** Non-zero pages that go out together; the rate limit notices them only then. */
  readonly pagesPerFlush: number;
  /** Zero pages that go out together. */
  readonly zeroPagesPerFlush: number;
  /** Whether auto-converge syncs the bitmap every five seconds if nothing else does. */
  readonly hasSyncTimer: boolean;
  /** Whether it completes when exactly as much is left as the downtime allows. */
  readonly completesAtThreshold: boolean;
  /** Whether `avail-switchover-bandwidth` is heeded. */
  readonly hasSwitchoverBandwidth: boolean;
}

const table: TableByRelease<LoopRules> = {
  countsStream: { "7.2": false, "10.0": true },
  // A vector of 64 buffers, two for each page; zero pages fill a buffer of 32 KiB.
  pagesPerFlush: { "7.2": 1, "10.0": 32 },
  zeroPagesPerFlush: { "7.2": 1, "10.0": 3640 },
  hasSyncTimer: { "7.2": false, "10.0": true },
  completesAtThreshold: { "7.2": false, "10.2": true },
  hasSwitchoverBandwidth: { "7.2": false, "10.0": true },
};

/** The rules by QEMU release. */
export const loopRules: Readonly<Record<Release, LoopRules>> = Object.fromEntries(
  releases.map((release) => [release, valuesIn(table, release)]),
) as Record<Release, LoopRules>;
