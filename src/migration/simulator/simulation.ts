import { AutoConverge } from "../throttle/auto-converge.js";
import { SyncPeriods } from "../throttle/sync-period.js";
import { invariant } from "../../util/invariant.js";
import { GuestWrites } from "./guest-writes.js";
import { PAGE_SIZE, pagesOf, type Guest } from "./guest.js";
import { bandwidthAt, type Link, type LinkFailure } from "./link.js";
import type { LoopRules } from "../profile/loop-rules.js";
import type { MigrationSettings } from "../profile/migration-settings.js";
import type { SimulationStats } from "./migration-stats.js";
import { PageMap } from "./page-map.js";
import { seededRandom } from "./random.js";
import { RateWindow } from "./rate-window.js";
import { idealShare, type ShareCurve } from "./share-curve.js";
import type { SimulationEvent } from "./simulation-event.js";
import { SyncTimer } from "./sync-timer.js";
import { ThrottledCpu } from "./throttled-cpu.js";
import { PAGE_BYTES, TransferCounters, ZERO_PAGE_BYTES } from "./transfer-counters.js";

/** The guest, the link and the rules of a simulated migration. */
export interface SimulationOptions {
  readonly guest: Guest;
  readonly link: Link;
  readonly failure?: LinkFailure | null;
  readonly rules: LoopRules;
  /** The parameters in force, asked for whenever QEMU reads them. */
  readonly settings: () => MigrationSettings;
  /** The capability; it cannot change while a migration runs. */
  readonly autoConverge: boolean;
  /** Default: the ideal one. */
  readonly share?: ShareCurve;
  /** Draws where the model leaves something to chance; default 0. */
  readonly seed?: number;
  /** The model's clock at the start, in ms; default 0. */
  readonly startMs?: number;
  /** Whether the guest runs when the migration starts; default true. */
  readonly isGuestRunning?: boolean;
}

/** Between the start and the first page. */
const SETUP_MS = 3;
/** An iteration is broken off when it has taken this long, which is looked at every so many pages. */
const LONGEST_ITERATION_MS = 51;
const PAGES_PER_CLOCK_CHECK = 64;
/** Stopping the guest and saving its devices. */
const DEVICES_MS = 1;

type Stage = "connect" | "setup" | "iterate" | "synced" | "settle" | "converged" | "devices" | "over";

/**
 * One simulated pre-copy migration on a virtual clock: guest, link, and QEMU's own loop of syncs,
 * rate windows and completion (`migration_thread`). It knows no real time and does nothing by
 * itself: its owner advances it, is told what happens, and decides what the migration's state is.
 * The same options, settings and calls give the same run.
 */
export class Simulation {
  private readonly startMs: number;
  private readonly counters = new TransferCounters();
  private readonly window: RateWindow;
  private readonly pages: PageMap;
  private readonly writes: GuestWrites;
  private readonly cpu: ThrottledCpu;
  private readonly throttle: AutoConverge | null;
  private readonly periods = new SyncPeriods(BigInt(PAGE_SIZE));
  private readonly timer: SyncTimer | null;
  private readonly events: SimulationEvent[] = [];
  private currentMs: number;
  private stage: Stage;
  /** When the stage's next step is due; Infinity if it waits for the owner. */
  private stepMs: number;
  private isGuestRunning: boolean;
  private syncCount = 0;
  /** What has been collected but not judged yet. */
  private newDirtyPages = 0;
  private remainingAtSync = 0;
  private dirtyPagesRate = 0n;
  private percentage = 0;
  private setupMs = 0;
  private stoppedAtMs = 0;
  private downtimeMs: number | null = null;
  private finalMbps: number | null = null;
  private endMs: number | null = null;

  constructor(private readonly options: SimulationOptions) {
    const { guest, rules, startMs = 0, seed = 0 } = options;
    const settings = options.settings();
    this.startMs = startMs;
    this.currentMs = startMs;
    this.stage = options.failure?.kind === "connect" ? "connect" : "setup";
    this.stepMs = startMs + SETUP_MS;
    this.isGuestRunning = options.isGuestRunning ?? true;
    this.window = new RateWindow(startMs, settings, this.counters, rules);
    this.pages = new PageMap(pagesOf(guest.ram), Math.floor(guest.zero / PAGE_SIZE));
    this.writes = new GuestWrites(guest, seededRandom(seed));
    this.cpu = new ThrottledCpu(options.share ?? idealShare, startMs);
    this.throttle = options.autoConverge ? new AutoConverge(settings.throttle) : null;
    this.timer = options.autoConverge && rules.hasSyncTimer ? new SyncTimer(startMs) : null;
    if (!this.isGuestRunning) this.timer?.pause(startMs);
  }

  /** The model's clock, in ms. */
  get nowMs(): number {
    return this.currentMs;
  }

  /** Whether nobody is there at the other end, which shows once it has started. */
  get isUnreachable(): boolean {
    return this.options.failure?.kind === "connect";
  }

  /** When something will happen next, in ms: Infinity when it is over or waits for `switchOver`. */
  get nextMs(): number {
    if (this.events.length > 0) return this.currentMs;
    return Math.min(this.stepMs, this.timer?.dueMs ?? Infinity);
  }

  /** Runs until something happens, and tells what; null if nothing does until `toMs`. */
  advance(toMs: number): SimulationEvent | null {
    for (;;) {
      const event = this.events.shift();
      if (event !== undefined) return event;
      const dueMs = this.nextMs;
      if (dueMs > toMs) {
        this.currentMs = Math.max(this.currentMs, toMs);
        return null;
      }
      this.currentMs = Math.max(this.currentMs, dueMs);
      if (this.timer !== null && this.timer.dueMs <= this.currentMs) this.timerTick(this.timer);
      else this.step();
    }
  }

  /** Stops the guest, or lets it run on, now. */
  setGuestRunning(isRunning: boolean): void {
    if (isRunning === this.isGuestRunning) return;
    this.runGuest();
    this.isGuestRunning = isRunning;
    if (isRunning) this.timer?.resume(this.currentMs);
    else this.timer?.pause(this.currentMs);
  }

  /** CPU time that the throttle has kept from the guest until now, in ms. */
  cpuLostMs(): number {
    this.runGuest();
    return this.cpu.lostMs;
  }

  /** After `converged`: sends what is left and hands the guest over. */
  switchOver(): void {
    invariant(this.stage === "converged", "switchOver before the migration has converged");
    this.sync();
    const before = this.counters.stream;
    while (this.pages.remaining > 0) {
      const isZero = this.pages.isZeroNext;
      this.counters.addPages(this.pages.take(Infinity), isZero, this.isGuestRunning);
    }
    this.counters.stream += this.options.guest.deviceState;
    this.stage = "devices";
    this.stepMs = this.currentMs + this.linkMs(this.counters.stream - before) + DEVICES_MS;
  }

  /** Gives the migration up, now; the guest is no longer throttled. Nothing happens any more. */
  cancel(): void {
    this.events.length = 0;
    this.end();
  }

  /** The figures as of now. */
  stats(): SimulationStats {
    const counters = this.counters;
    const transferred = this.options.rules.countsStream ? counters.stream : counters.ramBytes;
    const lastMs = this.endMs ?? this.currentMs;
    return {
      totalTime: whole(lastMs) - whole(this.startMs),
      setupTime: whole(this.setupMs),
      expectedDowntime: whole(this.window.expectedDowntimeMs),
      downtime: this.downtimeMs === null ? null : whole(this.downtimeMs),
      throttlePercentage: this.percentage,
      ram: {
        transferred: whole(transferred),
        remaining: whole(this.pages.remaining * PAGE_SIZE),
        total: whole(pagesOf(this.options.guest.ram) * PAGE_SIZE),
        duplicate: whole(counters.zeroPages),
        skipped: 0n,
        normal: whole(counters.normalPages),
        "normal-bytes": whole(counters.normalPages * PAGE_SIZE),
        "dirty-pages-rate": this.dirtyPagesRate,
        mbps: this.finalMbps ?? this.window.mbps,
        "dirty-sync-count": whole(this.syncCount),
        "postcopy-requests": 0n,
        "page-size": whole(PAGE_SIZE),
        "multifd-bytes": 0n,
        "pages-per-second": whole(this.window.pagesPerSecond),
        "precopy-bytes": whole(counters.precopyBytes),
        "downtime-bytes": whole(counters.downtimeBytes),
        "postcopy-bytes": 0n,
        "dirty-sync-missed-zero-copy": 0n,
      },
    };
  }

  private step(): void {
    switch (this.stage) {
      case "connect":
        this.fail("connect");
        break;
      case "setup":
        this.sync();
        this.setupMs = this.currentMs - this.startMs;
        this.emit({ kind: "active", timeMs: this.currentMs });
        this.stage = "iterate";
        break;
      case "iterate":
        this.iterate();
        break;
      case "synced":
        this.judge();
        this.sendOrConverge();
        break;
      case "settle":
        this.settle();
        break;
      case "devices":
        this.complete();
        break;
      case "converged":
      case "over":
        invariant(false, `a step while the migration is ${this.stage}`);
    }
  }

  /** QEMU's `migration_iteration_run`. */
  private iterate(): void {
    if (this.pending < this.window.thresholdSize) {
      this.collect();
      this.stage = "synced";
      this.stepMs = this.currentMs + (this.options.guest.isEmulated ? this.cpu.sleepLeftMs : 0);
    } else {
      this.sendOrConverge();
    }
  }

  private sendOrConverge(): void {
    const { thresholdSize } = this.window;
    const pending = this.pending;
    const isLittle = this.options.rules.completesAtThreshold
      ? pending <= thresholdSize
      : pending < thresholdSize;
    if (pending === 0 || isLittle) {
      this.setGuestRunning(false);
      this.stoppedAtMs = this.currentMs;
      this.stage = "converged";
      this.stepMs = Infinity;
      this.emit({ kind: "converged", timeMs: this.currentMs });
      return;
    }
    const before = this.counters.stream;
    this.sendPages();
    this.counters.endIteration(this.isGuestRunning);
    this.stage = "settle";
    this.stepMs = this.currentMs + this.linkMs(this.counters.stream - before);
  }

  /** Sends pages until none is left, the window's limit is exceeded, or it has taken long enough. */
  private sendPages(): void {
    const { rules } = this.options;
    const settings = this.options.settings();
    let leftMs = LONGEST_ITERATION_MS;
    while (this.pages.remaining > 0 && leftMs > 0) {
      const allowance = this.window.allowance(settings);
      if (allowance < 0) break;
      const isZero = this.pages.isZeroNext;
      const bytes = isZero ? ZERO_PAGE_BYTES : PAGE_BYTES;
      const atOnce = isZero ? rules.zeroPagesPerFlush : rules.pagesPerFlush;
      const allowed = (Math.floor(allowance / (bytes * atOnce)) + 1) * atOnce;
      const checks = Math.max(0, Math.ceil((leftMs / this.linkMs(bytes) - 1) / PAGES_PER_CLOCK_CHECK));
      const inTime = checks * PAGES_PER_CLOCK_CHECK + 1;
      const pages = this.pages.take(Math.min(allowed, inTime));
      this.counters.addPages(pages, isZero, this.isGuestRunning);
      leftMs -= this.linkMs(pages * bytes);
    }
  }

  /** QEMU's `migration_detect_error` and `migration_rate_limit`. */
  private settle(): void {
    if (this.isLinkLost()) {
      this.fail("write");
      return;
    }
    const settings = this.options.settings();
    this.window.update(this.currentMs, settings, this.dirtyPagesRate, this.remainingAtSync);
    if (this.window.allowance(settings) < 0) this.stepMs = this.window.endMs;
    else this.stage = "iterate";
  }

  private complete(): void {
    if (this.isLinkLost()) {
      this.fail("write");
      return;
    }
    const totalMs = Math.floor(this.currentMs) - Math.floor(this.startMs);
    const transferMs = totalMs - Math.floor(this.setupMs);
    if (transferMs !== 0) this.finalMbps = (this.counters.stream * 8) / transferMs / 1000;
    this.downtimeMs = Math.floor(this.currentMs) - Math.floor(this.stoppedAtMs);
    this.end();
    this.emit({ kind: "completed", timeMs: this.currentMs });
  }

  private sync(): void {
    this.collect();
    this.judge();
  }

  /** The first half of QEMU's `migration_bitmap_sync`: the dirty log goes into the bitmap. */
  private collect(): void {
    this.syncCount += 1;
    this.runGuest();
    this.newDirtyPages += this.pages.mark(this.writes.collect());
    this.remainingAtSync = this.pending;
  }

  /** The other half: what has been collected is judged. */
  private judge(): void {
    const { countsStream } = this.options.rules;
    const sync = {
      // QEMU's clock is never at 0, which it takes for "not started".
      endTimeMs: whole(this.currentMs) + 1n,
      transferredTotal: whole(countsStream ? this.counters.stream : this.counters.ramBytes),
      newDirtyPages: BigInt(this.newDirtyPages),
    };
    this.newDirtyPages = 0;
    let throttle = null;
    if (this.throttle === null) {
      this.periods.sync(sync);
      this.dirtyPagesRate = this.periods.dirtyPagesRate;
    } else {
      this.throttle.policy = this.options.settings().throttle;
      throttle = this.throttle.sync(sync);
      this.dirtyPagesRate = throttle.dirtyPagesRate;
      if (throttle.percentage !== this.percentage) {
        this.runGuest();
        this.percentage = throttle.percentage;
        this.cpu.throttle(throttle.percentage);
      }
    }
    this.emit({
      kind: "sync",
      timeMs: this.currentMs,
      pass: this.syncCount,
      transferred: sync.transferredTotal,
      newDirtyPages: sync.newDirtyPages,
      remaining: whole(this.remainingAtSync),
      cpuLostMs: this.cpu.lostMs,
      throttle,
    });
  }

  private timerTick(timer: SyncTimer): void {
    if (timer.tick(this.syncCount)) this.sync();
  }

  private runGuest(): void {
    if (this.isGuestRunning) this.writes.work(this.cpu.run(this.currentMs));
    else this.cpu.pause(this.currentMs);
  }

  private get pending(): number {
    return this.pages.remaining * PAGE_SIZE;
  }

  /** How long the link takes for so many bytes, at the bandwidth it has now. */
  private linkMs(bytes: number): number {
    return (bytes * 1000) / bandwidthAt(this.options.link, this.currentMs - this.startMs);
  }

  private isLinkLost(): boolean {
    const { failure } = this.options;
    return failure?.kind === "after" && this.counters.stream > failure.bytes;
  }

  private fail(reason: "connect" | "write"): void {
    this.end();
    this.emit({ kind: "failed", timeMs: this.currentMs, reason });
  }

  private end(): void {
    this.stage = "over";
    this.stepMs = Infinity;
    this.endMs = this.currentMs;
    this.timer?.stop();
    this.percentage = 0;
  }

  private emit(event: SimulationEvent): void {
    this.events.push(event);
  }
}

function whole(value: number): bigint {
  return BigInt(Math.floor(value));
}
