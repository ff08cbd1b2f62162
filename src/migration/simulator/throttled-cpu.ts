import type { ShareCurve } from "./share-curve.js";

/** What the throttle leaves between two sleeps, ideally, in ms. */
const TIME_SLICE_MS = 10;

/**
 * The guest's CPUs under the throttle: in every period, as long as QEMU's `cpu_throttle_timer_tick`
 * makes it, they first sleep, then run. A changed percentage takes effect at the next tick.
 */
export class ThrottledCpu {
  private percentage = 0;
  private lostSoFarMs = 0;
  /** The period under way; null while the CPUs run freely. */
  private period: { runsFromMs: number; endMs: number } | null = null;

  constructor(
    private readonly share: ShareCurve,
    private nowMs: number,
  ) {}

  /** Throttles to a percentage of 1..99 from the next tick on: at once, if it was 0; 0 lets the CPUs go. */
  throttle(percentage: number): void {
    this.percentage = percentage;
    if (this.period === null) this.tick();
  }

  /** How long the CPUs sleep on; 0 while they run. */
  get sleepLeftMs(): number {
    return this.period === null ? 0 : Math.max(0, this.period.runsFromMs - this.nowMs);
  }

  /** CPU time that the throttle has kept from it so far, in ms. */
  get lostMs(): number {
    return this.lostSoFarMs;
  }

  /** Runs until `toMs`; the CPU time gained, in ms. */
  run(toMs: number): number {
    const fromMs = this.nowMs;
    const gained = this.gain(toMs);
    this.lostSoFarMs += this.nowMs - fromMs - gained;
    return gained;
  }

  /** Stands still until `toMs`, as a stopped machine does; its ticks stand still with it. */
  pause(toMs: number): void {
    const standstill = toMs - this.nowMs;
    this.nowMs = toMs;
    if (this.period !== null) {
      this.period.runsFromMs += standstill;
      this.period.endMs += standstill;
    }
  }

  /** Goes on to `toMs`; the CPU time gained. */
  private gain(toMs: number): number {
    let gained = 0;
    while (this.nowMs < toMs) {
      if (this.period === null) {
        gained += toMs - this.nowMs;
        this.nowMs = toMs;
        break;
      }
      const { runsFromMs, endMs } = this.period;
      const untilMs = Math.min(toMs, endMs);
      gained += Math.max(0, untilMs - Math.max(this.nowMs, runsFromMs));
      this.nowMs = untilMs;
      if (untilMs === endMs) gained += this.tick(toMs);
    }
    return gained;
  }

  /** Begins a period, after as many whole ones as fit before `toMs`; the CPU time gained in these. */
  private tick(toMs = this.nowMs): number {
    if (this.percentage === 0) {
      this.period = null;
      return 0;
    }
    const periodMs = TIME_SLICE_MS / (1 - this.percentage / 100);
    const runMs = periodMs * this.share(this.percentage);
    const whole = Math.max(0, Math.floor((toMs - this.nowMs) / periodMs));
    this.nowMs += whole * periodMs;
    this.period = { runsFromMs: this.nowMs + periodMs - runMs, endMs: this.nowMs + periodMs };
    return whole * runMs;
  }
}
