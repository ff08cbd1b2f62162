import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextThrottle, type ThrottlePolicy } from "qapi-ts/migration";
import { oracle } from "../../support/shared-data.js";
import { expectNone, readOracle } from "./oracle.js";

const usual: ThrottlePolicy = { initial: 20, increment: 10, tailslow: false, max: 99 };
const tailslow: ThrottlePolicy = { ...usual, tailslow: true };

function next(percentage: number, policy: ThrottlePolicy, dirty = 200n, threshold = 100n): number {
  return nextThrottle({ percentage, bytesDirtyPeriod: dirty, bytesDirtyThreshold: threshold }, policy);
}

describe("nextThrottle", () => {
  it.each<[string, number, number]>([
    ["starts at initial", next(0, usual), 20],
    ["starts at initial even above max", next(0, { ...usual, initial: 70, max: 60 }), 70],
    ["clamps initial to 1", next(0, { ...usual, initial: 0 }), 1],
    ["clamps initial to 99", next(0, { ...usual, initial: 255 }), 99],
    ["adds the increment", next(20, usual), 30],
    ["stops at max", next(55, { ...usual, max: 60 }), 60],
    ["stops at 99", next(95, { ...usual, max: 255 }), 99],
    ["stays at max", next(60, { ...usual, max: 60 }), 60],
    ["is lowered by a lowered max", next(80, { ...usual, max: 60 }), 60],
    ["is lowered by a lowered max with tailslow", next(80, { ...tailslow, max: 60 }), 60],
    ["never goes below 1", next(80, { ...usual, max: 0 }), 1],
    ["tailslow: takes the increment far from the goal", next(20, tailslow, 1000n, 100n), 30],
    ["tailslow: takes the ideal step near it", next(60, tailslow, 100n, 90n), 64],
    ["tailslow: rounds the ideal step up", next(80, tailslow, 100n, 99n), 81],
    ["tailslow: 1 just over the threshold", next(50, tailslow, 1000001n, 1000000n), 51],
    ["tailslow: 0 where doubles cannot tell them apart", next(50, tailslow, 2n ** 53n + 1n, 2n ** 53n), 50],
    ["tailslow: no threshold leaves no share", next(50, { ...tailslow, increment: 99 }, 5n, 0n), 99],
    ["tailslow: below the threshold wraps to the increment", next(50, tailslow, 100n, 200n), 60],
  ])("%s", (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it.each<[string, bigint, bigint, number]>([
    ["0/0", 0n, 0n, 60],
    ["x/0", 0n, 1n, 60],
    ["a share beyond uint64", 1n, 2n ** 64n - 1n, 60],
  ])("defines what C does not as an endless step: %s", (_, dirty, threshold, expected) => {
    expect(next(50, tailslow, dirty, threshold)).toBe(expected);
    expect(next(95, { ...tailslow, increment: 99 }, dirty, threshold)).toBe(99);
  });

  const uint8 = fc.integer({ min: 0, max: 255 });
  const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const situation = fc.record({
    percentage: fc.integer({ min: 0, max: 99 }),
    bytesDirtyPeriod: uint64,
    bytesDirtyThreshold: uint64,
  });

  it("is always within 1..99", () => {
    const policy = fc.record({ initial: uint8, increment: uint8, tailslow: fc.boolean(), max: uint8 });
    fc.assert(
      fc.property(situation, policy, (now, policy) => {
        const percentage = nextThrottle(now, policy);
        expect(Number.isInteger(percentage) && percentage >= 1 && percentage <= 99).toBe(true);
      }),
    );
  });

  it("stays within max under checked parameters", () => {
    const checked = fc
      .record({
        initial: fc.integer({ min: 1, max: 99 }),
        increment: fc.integer({ min: 1, max: 99 }),
        tailslow: fc.boolean(),
        max: fc.integer({ min: 1, max: 99 }),
      })
      .filter(({ initial, max }) => initial <= max);
    fc.assert(
      fc.property(situation, checked, (now, policy) => {
        expect(nextThrottle(now, policy)).toBeLessThanOrEqual(policy.max);
      }),
    );
  });

  it("never takes a larger step with tailslow", () => {
    fc.assert(
      fc.property(situation, fc.record({ initial: uint8, increment: uint8, max: uint8 }), (now, policy) => {
        const slow = nextThrottle(now, { ...policy, tailslow: true });
        expect(slow).toBeLessThanOrEqual(nextThrottle(now, { ...policy, tailslow: false }));
      }),
    );
  });
});

describe.skipIf(oracle === undefined)("nextThrottle as QEMU decided", () => {
  type Row = [
    number,
    number,
    string,
    string,
    number,
    number,
    0 | 1,
    number,
    number,
    string,
    number,
    number,
    0 | 1,
  ];

  it("holds every recorded decision, those undefined in C included", () => {
    const { rows } = readOracle(oracle!, "decision.json") as { rows: Row[] };
    expect(rows.length).toBeGreaterThan(15_000);
    const mismatches: string[] = [];
    for (const row of rows) {
      const [, percentage, dirty, threshold, initial, increment, isTailslow, max, expected] = row;
      const policy = { initial, increment, tailslow: isTailslow === 1, max };
      const actual = next(percentage, policy, BigInt(dirty), BigInt(threshold));
      if (actual !== expected) mismatches.push(`${JSON.stringify(row)}: ${actual}`);
    }
    expectNone(mismatches);
  });
});
