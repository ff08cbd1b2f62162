import { describe, expect, it } from "vitest";
import { throttleSleepNs, throttleTick } from "qapi-ts/migration";
import { oracle } from "../../support/shared-data.js";
import { expectNone, readOracle } from "./oracle.js";

describe("throttleSleepNs", () => {
  it.each([
    [1, 101_011n],
    [20, 2_500_001n],
    [50, 10_000_001n],
    [98, 490_000_000n],
    [99, 990_000_000n],
  ])("%i %% sleeps %i ns", (percentage, expected) => {
    expect(throttleSleepNs(percentage)).toBe(expected);
  });

  it.each([0, 100, -1, 1.5, NaN, Infinity])("refuses %d", (percentage) => {
    expect(() => throttleSleepNs(percentage)).toThrow(
      new RangeError(`throttle percentage ${percentage} is not a whole number in 1..99`),
    );
    expect(() => throttleTick(percentage, 0n)).toThrow(RangeError);
  });
});

describe("throttleTick", () => {
  it.each([
    [20, 0n, 12_500_000n],
    [50, 1_000n, 20_001_000n],
    [99, 2n ** 53n + 1n, 9_007_200_254_740_992n],
  ])("at %i %% and %i ns comes at %i ns", (percentage, now, expected) => {
    expect(throttleTick(percentage, now)).toBe(expected);
  });
});

describe.skipIf(oracle === undefined)("sleep times as QEMU has them", () => {
  it("holds every recorded row", () => {
    const { rows } = readOracle(oracle!, "sleep.json") as {
      rows: [number, number, number, string, string][];
    };
    expect(rows.length).toBeGreaterThan(400);
    const mismatches: string[] = [];
    for (const row of rows) {
      const [percentage, sleep, period, now, tick] = row;
      const holds =
        throttleSleepNs(percentage) === BigInt(sleep) &&
        throttleTick(percentage, 0n) === BigInt(period) &&
        throttleTick(percentage, BigInt(now)) === BigInt(tick);
      if (!holds) mismatches.push(JSON.stringify(row));
    }
    expectNone(mismatches);
  });
});
