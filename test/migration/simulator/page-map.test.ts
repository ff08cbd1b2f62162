import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PageMap } from "../../../src/migration/simulator/page-map.js";

/** The same, page by page. */
class Bitmap {
  private readonly pages: boolean[];
  private pointer = 0;

  constructor(pages: number) {
    this.pages = Array.from({ length: pages }, () => true);
  }

  get remaining(): number {
    return this.pages.filter(Boolean).length;
  }

  mark(start: number, end: number): number {
    let added = 0;
    for (let page = start; page < end; page++) {
      if (!this.pages[page]) added++;
      this.pages[page] = true;
    }
    return added;
  }

  take(limit: number): number {
    let taken = 0;
    for (; taken < limit; taken++) {
      const ahead = this.pages.indexOf(true, this.pointer);
      const page = ahead === -1 ? this.pages.indexOf(true) : ahead;
      if (page === -1) break;
      this.pages[page] = false;
      this.pointer = page + 1;
    }
    return taken;
  }
}

describe("PageMap", () => {
  const SIZE = 50;
  const step = fc.oneof(
    fc.record({ take: fc.integer({ min: 1, max: SIZE }) }),
    fc.tuple(fc.integer({ min: 0, max: SIZE }), fc.integer({ min: 0, max: SIZE })).map(([a, b]) => ({
      start: Math.min(a, b),
      end: Math.max(a, b),
    })),
  );

  it("is a bitmap where pages are dirty for certain", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const map = new PageMap(SIZE, 0);
        const bitmap = new Bitmap(SIZE);
        for (const it of steps) {
          if ("take" in it) expect(map.take(it.take)).toBe(bitmap.take(it.take));
          else expect(map.mark([{ ...it, density: 1 }])).toBe(bitmap.mark(it.start, it.end));
          expect(map.remaining).toBe(bitmap.remaining);
        }
      }),
    );
  });

  it("keeps whole and consistent counts where they are only likely", () => {
    const density = fc.double({ min: 0, max: 1, noNaN: true });
    const likely = fc.tuple(step, density).map(([it, density]) => ("take" in it ? it : { ...it, density }));
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 60 }), (steps) => {
        const map = new PageMap(SIZE, 0);
        let remaining = SIZE;
        for (const it of steps) {
          remaining += "take" in it ? -map.take(it.take) : map.mark([it]);
          expect(map.remaining).toBe(remaining);
          expect(Number.isInteger(remaining) && remaining >= 0).toBe(true);
        }
        while (map.remaining > 0) expect(map.take(Infinity)).toBeGreaterThan(0);
      }),
    );
  });

  it("takes zero pages apart from others", () => {
    const map = new PageMap(10, 4);
    expect([map.isZeroNext, map.take(Infinity)]).toEqual([false, 6]);
    expect([map.isZeroNext, map.take(3)]).toEqual([true, 3]);
    map.mark([{ start: 0, end: 2, density: 1 }]);
    expect([map.isZeroNext, map.take(Infinity)]).toEqual([true, 1]);
    expect([map.isZeroNext, map.take(Infinity)]).toEqual([false, 2]);
    expect(map.remaining).toBe(0);
  });

  it("does not count twice what is still to be sent", () => {
    const map = new PageMap(100, 0);
    map.take(100);
    expect(map.mark([{ start: 0, end: 100, density: 0.5 }])).toBe(50);
    expect(map.mark([{ start: 0, end: 100, density: 0.5 }])).toBe(25);
    expect(map.remaining).toBe(75);
  });
});
