/** One sync of the dirty bitmap, as the migration reports it. */
export interface BitmapSync {
  /** When the sync began, in ms: starts the first period if none has started yet; default `endTimeMs`. */
  readonly startTimeMs?: bigint;
  /** When the dirty log had been collected, in ms. */
  readonly endTimeMs: bigint;
  /** Bytes the migration has sent so far (uint64). */
  readonly transferredTotal: bigint;
  /** Pages found dirty that were clean in the migration's bitmap until now. */
  readonly newDirtyPages: bigint;
}

/** A period that a sync has closed. */
interface ClosedPeriod {
  readonly bytesXferPeriod: bigint;
  readonly bytesDirtyPeriod: bigint;
}

/** A period lasts longer than this, in ms: exactly as long is not enough. */
const PERIOD_MS = 1000n;
const MS_PER_SECOND = 1000n;

/**
 * The accounting of QEMU's `migration_bitmap_sync`: dirty pages and sent bytes between those syncs
 * that lie more than a second apart. Counters are uint64 and wrap.
 */
export class SyncPeriods {
  /** End of the last period in ms; 0 as long as none has started, as in QEMU. */
  private lastMs = 0n;
  private lastTransferred = 0n;
  private dirtyPages = 0n;
  private lastRate = 0n;

  constructor(private readonly pageSize: bigint) {}

  /** Pages dirtied per second in the last closed period; 0 before the first. */
  get dirtyPagesRate(): bigint {
    return this.lastRate;
  }

  /** Counts one sync; the period it closes, or null when the running one is too short yet. */
  sync({ startTimeMs, endTimeMs, transferredTotal, newDirtyPages }: BitmapSync): ClosedPeriod | null {
    if (this.lastMs === 0n) this.lastMs = startTimeMs ?? endTimeMs;
    this.dirtyPages = uint64(this.dirtyPages + newDirtyPages);
    if (endTimeMs <= this.lastMs + PERIOD_MS) return null;

    const period = {
      bytesXferPeriod: uint64(transferredTotal - this.lastTransferred),
      bytesDirtyPeriod: uint64(this.dirtyPages * this.pageSize),
    };
    this.lastRate = uint64(this.dirtyPages * MS_PER_SECOND) / uint64(endTimeMs - this.lastMs);
    this.lastMs = endTimeMs;
    this.lastTransferred = uint64(transferredTotal);
    this.dirtyPages = 0n;
    return period;
  }
}

/** A value as C's uint64 holds it. */
export function uint64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
