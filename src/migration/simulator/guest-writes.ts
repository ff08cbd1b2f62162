import { pagesOf, type Guest, type WorkPhase } from "./guest.js";
import type { PageRange } from "./page-map.js";
import { roughlyNormal } from "./random.js";

/** What the guest writes, and with it its dirty log: the pages written since the log was last collected. */
export class GuestWrites {
  private readonly workingSet: number;
  private readonly workload: Workload;
  /** Page writes since the log was collected. */
  private writes = 0;
  /** Where the sweep stands, as a page of the working set. */
  private sweepAt: number;

  constructor(
    private readonly guest: Guest,
    private readonly random: () => number,
  ) {
    this.workingSet = pagesOf(guest.workingSet);
    this.workload = new Workload(guest.work);
    this.sweepAt = random() * this.workingSet;
  }

  /** Works for `cpuMs` of CPU time. */
  work(cpuMs: number): void {
    this.writes += this.workload.run(cpuMs);
  }

  /** The dirty log, which is empty from then on. */
  collect(): PageRange[] {
    const writes = this.writes;
    const size = this.workingSet;
    this.writes = 0;
    if (writes === 0 || size === 0) return [];
    const { pattern } = this.guest;
    switch (pattern.kind) {
      case "uniform":
        return [this.scattered(0, size, writes)];
      case "hot": {
        const hot = size * pattern.size;
        return [
          this.scattered(0, hot, writes * pattern.weight),
          this.scattered(hot, size, writes * (1 - pattern.weight)),
        ].filter(({ start, end }) => start < end);
      }
      case "sweep":
        return this.swept(writes);
    }
  }

  /**
   * Writes that each fall on any page of a range: the share of pages hit at least once, drawn from
   * the distribution that the occupancy of cells by balls has for large numbers.
   */
  private scattered(start: number, end: number, writes: number): PageRange {
    const pages = end - start;
    if (pages <= 0) return { start, end, density: 0 };
    const perPage = writes / pages;
    const missed = Math.exp(-perPage);
    const variance = Math.max(0, missed * (1 - (1 + perPage) * missed)) / pages;
    const density = 1 - missed + roughlyNormal(this.random) * Math.sqrt(variance);
    return { start, end, density: Math.min(1, Math.max(0, density)) };
  }

  private swept(writes: number): PageRange[] {
    const size = this.workingSet;
    const from = this.sweepAt;
    this.sweepAt = (from + writes) % size;
    if (writes >= size) return [{ start: 0, end: size, density: 1 }];
    const to = from + writes;
    if (to <= size) return [{ start: from, end: to, density: 1 }];
    return [
      { start: 0, end: to - size, density: 1 },
      { start: from, end: size, density: 1 },
    ];
  }
}

/** The guest's phases of work, one after the other, over and over. */
class Workload {
  private readonly cycleMs: number;
  private readonly cyclePages: number;
  private atMs = 0;

  constructor(private readonly phases: readonly WorkPhase[]) {
    this.cycleMs = phases.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    this.cyclePages = phases.reduce((sum, phase) => sum + pagesIn(phase, phase.cpuMs), 0);
  }

  /** Pages written in the next `cpuMs`. */
  run(cpuMs: number): number {
    const from = this.atMs;
    const to = from + cpuMs;
    if (to < this.cycleMs) {
      this.atMs = to;
      return this.pagesUntil(to) - this.pagesUntil(from);
    }
    const cycles = Math.floor(to / this.cycleMs);
    this.atMs = to - cycles * this.cycleMs;
    return cycles * this.cyclePages + this.pagesUntil(this.atMs) - this.pagesUntil(from);
  }

  private pagesUntil(ms: number): number {
    let pages = 0;
    let left = ms;
    for (const phase of this.phases) {
      pages += pagesIn(phase, Math.min(left, phase.cpuMs));
      left -= phase.cpuMs;
      if (left <= 0) break;
    }
    return pages;
  }
}

function pagesIn({ pagesPerSecond }: WorkPhase, cpuMs: number): number {
  return pagesPerSecond === 0 ? 0 : (cpuMs * pagesPerSecond) / 1000;
}
