/** A stretch of guest pages, each of them dirty with probability `density`. */
export interface PageRange {
  readonly start: number;
  readonly end: number;
  readonly density: number;
}

interface Segment {
  start: number;
  end: number;
  density: number;
  readonly isZero: boolean;
}

/**
 * The migration's bitmap of pages to send, as piecewise constant densities over the guest's pages:
 * exact for writes that sweep, an expectation for random ones. It costs the same for any size of
 * guest. Page counts that leave it are whole.
 *
 * Pages are taken in the order of their addresses, round and round, as QEMU sends them.
 */
export class PageMap {
  private segments: Segment[];
  /** The page from which sending goes on. */
  private pointer = 0;
  /** Dirty pages as counted outside, whole; the densities sum up to about as much. */
  private left: number;
  /** By how much the densities that were marked exceed what has been counted, below half a page. */
  private uncounted = 0;

  /** All pages are to be sent at first; the last `zeroPages` of them hold zeros. */
  constructor(pages: number, zeroPages: number) {
    this.left = pages;
    const firstZero = pages - zeroPages;
    this.segments = [
      { start: 0, end: firstZero, density: 1, isZero: false },
      { start: firstZero, end: pages, density: 1, isZero: true },
    ].filter(({ start, end }) => start < end);
  }

  get remaining(): number {
    return this.left;
  }

  /** Whether the page to be sent next holds zeros. */
  get isZeroNext(): boolean {
    return this.segments[this.next()]?.isZero ?? false;
  }

  /** Marks what the guest wrote; the number of pages that were not marked yet. `written` must not overlap. */
  mark(written: readonly PageRange[]): number {
    let added = this.uncounted;
    for (const { start, end, density } of written) {
      this.split(start);
      this.split(end);
      for (const segment of this.segments) {
        if (segment.start < start || segment.end > end) continue;
        const gained = density * (1 - segment.density);
        added += gained * (segment.end - segment.start);
        segment.density += gained;
      }
    }
    this.segments = joined(this.segments, this.pointer);
    const pages = Math.round(added);
    this.uncounted = added - pages;
    this.left += pages;
    return pages;
  }

  /** Takes up to `limit` pages off, all of them zero or none; the number of pages taken. */
  take(limit: number): number {
    const wanted = Math.min(limit, this.left);
    const isZero = this.isZeroNext;
    let taken = 0;
    while (taken < wanted) {
      const index = this.next();
      const segment = this.segments[index];
      if (segment === undefined) {
        // The densities have run out before the count has: rounding left over.
        taken = wanted;
        break;
      }
      if (segment.isZero !== isZero) break;
      taken += this.takeFrom(segment, wanted - taken);
    }
    taken = Math.min(wanted, Math.round(taken));
    this.left -= taken;
    if (this.left === 0) for (const segment of this.segments) segment.density = 0;
    return taken;
  }

  /** The index of the segment with the next dirty page; -1 if there is none. */
  private next(): number {
    const ahead = this.segments.findIndex(({ end, density }) => density > 0 && end > this.pointer);
    return ahead === -1 ? this.segments.findIndex(({ density }) => density > 0) : ahead;
  }

  private takeFrom(segment: Segment, limit: number): number {
    const all = segment.density * (segment.end - segment.start);
    if (all <= limit) {
      segment.density = 0;
      this.pointer = segment.end;
      return all;
    }
    const sent = segment.start;
    this.pointer = sent + limit / segment.density;
    segment.start = this.pointer;
    const index = this.segments.indexOf(segment);
    const before = this.segments[index - 1];
    // What has been sent joins what was sent before, or a long pass would leave thousands of pieces.
    if (before?.density === 0 && before.isZero === segment.isZero) before.end = this.pointer;
    else this.segments.splice(index, 0, { ...segment, start: sent, end: this.pointer, density: 0 });
    return limit;
  }

  private split(at: number): void {
    const index = this.segments.findIndex(({ start, end }) => start < at && at < end);
    const segment = this.segments[index];
    if (segment === undefined) return;
    this.segments.splice(index + 1, 0, { ...segment, start: at });
    segment.end = at;
  }
}

/** Neighbours that are alike made one, so that the list stays short; but not across the pointer. */
function joined(segments: readonly Segment[], pointer: number): Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    const isAlike = last?.density === segment.density && last.isZero === segment.isZero;
    if (last !== undefined && isAlike && segment.start !== pointer) last.end = segment.end;
    else result.push(segment);
  }
  return result;
}
