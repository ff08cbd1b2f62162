import { nextThrottle, type ThrottlePolicy } from "./next-throttle.js";
import { SyncPeriods, uint64, type BitmapSync } from "./sync-period.js";

/** The throttle's policy and what sets it off. */
export type AutoConvergePolicy = ThrottlePolicy & {
  /** `throttle-trigger-threshold`: dirtied bytes above this percentage of the sent ones are too many. */
  threshold: number;
};

/** What one sync came to. */
export type SyncOutcome = {
  /** Whether the sync closed a period; if not, nothing was decided and the byte counts are null. */
  isPeriod: boolean;
  bytesXferPeriod: bigint | null;
  bytesDirtyPeriod: bigint | null;
  bytesDirtyThreshold: bigint | null;
  /** Periods with too many dirty bytes since the last decision (0 or 1; calm periods do not reset it). */
  dirtyRateHighCount: number;
  /** Whether a decision was taken, even one that left the percentage where it was. */
  fired: boolean;
  /** The percentage in force after this sync, 1..99; 0 while the guest is not throttled. */
  percentage: number;
  /** Pages dirtied per second in the last closed period. */
  dirtyPagesRate: bigint;
};

const DEFAULT_PAGE_SIZE = 4096n;
/** So many periods with too many dirty bytes set off a decision. */
const HIGH_PERIODS_TO_FIRE = 2;

/**
 * Auto-converge over one migration: fed with every sync of the dirty bitmap, it says how far the
 * guest's CPUs are throttled (QEMU's `migration_bitmap_sync` and `migration_trigger_throttle`).
 */
export class AutoConverge {
  private readonly periods: SyncPeriods;
  private highCount = 0;
  private percentage = 0;

  /** @param policy in force from the next sync on; read afresh at every sync, as QEMU does */
  constructor(
    public policy: AutoConvergePolicy,
    options: { pageSize?: bigint } = {},
  ) {
    this.periods = new SyncPeriods(options.pageSize ?? DEFAULT_PAGE_SIZE);
  }

  sync(sync: BitmapSync): SyncOutcome {
    const period = this.periods.sync(sync);
    let bytesDirtyThreshold: bigint | null = null;
    let fired = false;
    if (period !== null) {
      // The product wraps before it is divided.
      bytesDirtyThreshold = uint64(period.bytesXferPeriod * BigInt(this.policy.threshold)) / 100n;
      fired = this.isDecisionDue(period.bytesDirtyPeriod > bytesDirtyThreshold);
      if (fired) {
        const { bytesDirtyPeriod } = period;
        const now = { percentage: this.percentage, bytesDirtyPeriod, bytesDirtyThreshold };
        this.percentage = nextThrottle(now, this.policy);
      }
    }
    return {
      isPeriod: period !== null,
      bytesXferPeriod: period?.bytesXferPeriod ?? null,
      bytesDirtyPeriod: period?.bytesDirtyPeriod ?? null,
      bytesDirtyThreshold,
      dirtyRateHighCount: this.highCount,
      fired,
      percentage: this.percentage,
      dirtyPagesRate: this.periods.dirtyPagesRate,
    };
  }

  private isDecisionDue(isHigh: boolean): boolean {
    if (!isHigh) return false;
    this.highCount += 1;
    if (this.highCount < HIGH_PERIODS_TO_FIRE) return false;
    this.highCount = 0;
    return true;
  }
}
