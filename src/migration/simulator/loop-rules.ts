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

const since10: LoopRules = {
  countsStream: true,
  // A vector of 64 buffers, two for each page; zero pages fill a buffer of 32 KiB.
  pagesPerFlush: 32,
  zeroPagesPerFlush: 3640,
  hasSyncTimer: true,
  completesAtThreshold: false,
  hasSwitchoverBandwidth: true,
};

/** The rules by QEMU version. */
export const loopRules = {
  "7.2": {
    countsStream: false,
    pagesPerFlush: 1,
    zeroPagesPerFlush: 1,
    hasSyncTimer: false,
    completesAtThreshold: false,
    hasSwitchoverBandwidth: false,
  },
  "10.0": since10,
  "10.2": { ...since10, completesAtThreshold: true },
} as const satisfies Record<string, LoopRules>;

/** A version whose rules are known. */
export type LoopVersion = keyof typeof loopRules;
