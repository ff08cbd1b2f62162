import type { LoopRules } from "../profile/loop-rules.js";
import type { MigrationSettings } from "../profile/migration-settings.js";
import type { TransferCounters } from "./transfer-counters.js";

/** QEMU's `BUFFER_DELAY` in ms, and how many of them make a second. */
const WINDOW_MS = 100;
const WINDOWS_PER_SECOND = 10n;
/** A window that sent no more says nothing about the expected downtime. */
const TELLING_BYTES = 10_000;

/**
 * The windows of 100 ms in which QEMU limits its rate, and at whose end it estimates bandwidth and
 * downtime (QEMU's `migration_update_counters`).
 */
export class RateWindow {
  /** How many bytes may be left for the downtime to be short enough; 0 until the first window ends. */
  thresholdSize = 0;
  mbps = 0;
  pagesPerSecond = 0;
  expectedDowntimeMs: number;
  private startMs: number;
  private startStream = 0;
  private startPages = 0;

  constructor(
    startMs: number,
    settings: MigrationSettings,
    private readonly counters: TransferCounters,
    private readonly rules: LoopRules,
  ) {
    this.startMs = Math.floor(startMs);
    this.expectedDowntimeMs = Number(settings.downtimeLimit);
  }

  get endMs(): number {
    return this.startMs + WINDOW_MS;
  }

  /** Bytes that may still be sent before the limit counts as exceeded (then it is below 0). */
  allowance(settings: MigrationSettings): number {
    const limit = Number(settings.maxBandwidth / WINDOWS_PER_SECOND);
    return limit === 0 ? Infinity : limit - (this.counters.stream - this.startStream);
  }

  /** Begins the next window if this one has ended. */
  update(nowMs: number, settings: MigrationSettings, dirtyPagesRate: bigint, remainingAtSync: number): void {
    if (nowMs < this.endMs) return;
    const spentMs = Math.floor(nowMs) - this.startMs;
    const sent = this.counters.stream - this.startStream;
    const bandwidth = sent / spentMs;
    const expected = this.switchoverBandwidth(settings) ?? bandwidth;
    this.thresholdSize = Math.trunc(expected * Number(settings.downtimeLimit));
    this.mbps = (sent * 8) / (spentMs / 1000) / 1000 / 1000;
    this.pagesPerSecond = Math.trunc((this.counters.pages - this.startPages) / (spentMs / 1000));
    // With nothing to divide by, which is undefined in C, the last estimate stands.
    if (dirtyPagesRate !== 0n && sent > TELLING_BYTES && expected > 0) {
      this.expectedDowntimeMs = Math.trunc(remainingAtSync / expected);
    }
    this.startMs = Math.floor(nowMs);
    this.startStream = this.counters.stream;
    this.startPages = this.counters.pages;
  }

  /** In bytes per ms, whole; null if the measured bandwidth is to be taken. */
  private switchoverBandwidth({ availSwitchoverBandwidth }: MigrationSettings): number | null {
    if (!this.rules.hasSwitchoverBandwidth || availSwitchoverBandwidth === 0n) return null;
    return Number(availSwitchoverBandwidth / 1000n);
  }
}
