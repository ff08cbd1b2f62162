const PERIOD_MS = 5000;

/**
 * QEMU's throttle dirty sync timer (since 9.2): a look every five seconds of the guest's time
 * whether the bitmap has been synced since the last, so that a slow iteration cannot delay the
 * throttle. It leaves the first iteration alone.
 */
export class SyncTimer {
  /** When it ticks next, in ms; Infinity while it stands. */
  dueMs: number;
  private leftMs = 0;
  private seenCount = 0;

  constructor(startMs: number) {
    this.dueMs = startMs + PERIOD_MS;
  }

  /** Ticks, now that it is due; whether the bitmap is to be synced. */
  tick(syncCount: number): boolean {
    this.dueMs += PERIOD_MS;
    const isIdle = syncCount > 1 && syncCount === this.seenCount;
    this.seenCount = isIdle ? syncCount + 1 : syncCount;
    return isIdle;
  }

  pause(nowMs: number): void {
    this.leftMs = this.dueMs - nowMs;
    this.dueMs = Infinity;
  }

  resume(nowMs: number): void {
    this.dueMs = nowMs + this.leftMs;
  }

  stop(): void {
    this.dueMs = Infinity;
    this.leftMs = Infinity;
  }
}
