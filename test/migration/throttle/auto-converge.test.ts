import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AutoConverge, type AutoConvergePolicy } from "qapi-ts/migration";
import { oracle } from "../../support/shared-data.js";
import { expectNone, readOracle } from "./oracle.js";

const usual: AutoConvergePolicy = { initial: 20, increment: 10, tailslow: false, max: 99, threshold: 50 };
const PAGE = 4096n;

/** A migration that syncs every 2 s, sending 1000 pages in between. */
function migration(policy: AutoConvergePolicy) {
  const throttle = new AutoConverge(policy);
  let endTimeMs = 1n;
  let transferredTotal = 0n;
  throttle.sync({ endTimeMs, transferredTotal, newDirtyPages: 0n });
  return {
    throttle,
    period: (newDirtyPages: bigint) => {
      endTimeMs += 2000n;
      transferredTotal += 1000n * PAGE;
      return throttle.sync({ endTimeMs, transferredTotal, newDirtyPages });
    },
  };
}

describe("AutoConverge", () => {
  it("closes a period only after more than a second", () => {
    const throttle = new AutoConverge(usual);
    const sync = (endTimeMs: bigint, newDirtyPages: bigint) =>
      throttle.sync({ endTimeMs, transferredTotal: endTimeMs * 100n, newDirtyPages });

    expect(
      throttle.sync({ startTimeMs: 100n, endTimeMs: 105n, transferredTotal: 0n, newDirtyPages: 0n }),
    ).toEqual({
      isPeriod: false,
      bytesXferPeriod: null,
      bytesDirtyPeriod: null,
      bytesDirtyThreshold: null,
      dirtyRateHighCount: 0,
      fired: false,
      percentage: 0,
      dirtyPagesRate: 0n,
    });
    expect(sync(1100n, 3n).isPeriod).toBe(false);
    expect(sync(1101n, 4n)).toEqual({
      isPeriod: true,
      bytesXferPeriod: 110_100n,
      bytesDirtyPeriod: 7n * PAGE,
      bytesDirtyThreshold: 55_050n,
      dirtyRateHighCount: 0,
      fired: false,
      percentage: 0,
      dirtyPagesRate: 6n,
    });
    expect(sync(2101n, 5n)).toMatchObject({ isPeriod: false, dirtyPagesRate: 6n });
  });

  it("fires at every second high period, calm ones in between notwithstanding", () => {
    const { period } = migration(usual);
    const seen = [600n, 0n, 500n, 600n, 501n, 501n].map(period);
    expect(
      seen.map(({ dirtyRateHighCount, fired, percentage }) => [dirtyRateHighCount, fired, percentage]),
    ).toEqual([
      [1, false, 0],
      [1, false, 0],
      [1, false, 0],
      [0, true, 20],
      [1, false, 20],
      [0, true, 30],
    ]);
  });

  it("reads its policy afresh at every sync", () => {
    const { throttle, period } = migration(usual);
    period(900n);
    throttle.policy = { ...usual, initial: 50 };
    expect(period(900n).percentage).toBe(50);
    throttle.policy.threshold = 100;
    period(900n);
    expect(period(900n)).toMatchObject({ fired: false, percentage: 50 });
    throttle.policy = { ...usual, max: 40 };
    period(900n);
    expect(period(900n)).toMatchObject({ fired: true, percentage: 40 });
  });

  it("fires at the cap too, and stays there", () => {
    const { period } = migration({ ...usual, initial: 60, max: 60 });
    const seen = [1, 2, 3, 4].map(() => period(900n));
    expect(seen.map(({ fired, percentage }) => [fired, percentage])).toEqual([
      [false, 0],
      [true, 60],
      [false, 60],
      [true, 60],
    ]);
  });

  it("counts in the page size it is given", () => {
    const throttle = new AutoConverge(usual, { pageSize: 65_536n });
    throttle.sync({ endTimeMs: 1n, transferredTotal: 0n, newDirtyPages: 0n });
    expect(
      throttle.sync({ endTimeMs: 5000n, transferredTotal: 9n, newDirtyPages: 2n }).bytesDirtyPeriod,
    ).toBe(131_072n);
  });

  it("wraps its counters as uint64", () => {
    const throttle = new AutoConverge({ ...usual, threshold: 100 });
    throttle.sync({ endTimeMs: 1n, transferredTotal: 0n, newDirtyPages: 0n });
    const highest = 2n ** 64n - 1n;
    expect(
      throttle.sync({ endTimeMs: 2000n, transferredTotal: highest, newDirtyPages: 2n ** 52n + 1n }),
    ).toMatchObject({
      bytesXferPeriod: highest,
      bytesDirtyPeriod: PAGE,
      bytesDirtyThreshold: BigInt.asUintN(64, highest * 100n) / 100n,
    });
    expect(throttle.sync({ endTimeMs: 4000n, transferredTotal: 4n, newDirtyPages: 0n }).bytesXferPeriod).toBe(
      5n,
    );
  });

  const checkedPolicy = fc
    .record({
      initial: fc.integer({ min: 1, max: 99 }),
      increment: fc.integer({ min: 1, max: 99 }),
      tailslow: fc.boolean(),
      max: fc.integer({ min: 1, max: 99 }),
      threshold: fc.integer({ min: 1, max: 100 }),
    })
    .map((policy) => ({ ...policy, max: Math.max(policy.initial, policy.max) }));
  const syncs = fc.array(
    fc.record({
      ms: fc.bigInt({ min: 0n, max: 10_000n }),
      bytes: fc.bigInt({ min: 0n, max: 2n ** 40n }),
      newDirtyPages: fc.bigInt({ min: 0n, max: 2n ** 28n }),
    }),
    { maxLength: 60 },
  );
  const feed = (
    policy: AutoConvergePolicy,
    inputs: { ms: bigint; bytes: bigint; newDirtyPages: bigint }[],
  ) => {
    const throttle = new AutoConverge(policy);
    let endTimeMs = 1n;
    let transferredTotal = 0n;
    return inputs.map(({ ms, bytes, newDirtyPages }) => {
      endTimeMs += ms;
      transferredTotal += bytes;
      return throttle.sync({ endTimeMs, transferredTotal, newDirtyPages });
    });
  };

  it("keeps the percentage at 0 or within 1..max", () => {
    fc.assert(
      fc.property(checkedPolicy, syncs, (policy, inputs) => {
        for (const { percentage } of feed(policy, inputs)) {
          expect(percentage).toBeGreaterThanOrEqual(0);
          expect(percentage).toBeLessThanOrEqual(policy.max);
        }
      }),
    );
  });

  it("obeys a policy changed on the way from its first decision on", () => {
    fc.assert(
      fc.property(checkedPolicy, checkedPolicy, syncs, syncs, (before, after, first, second) => {
        const throttle = new AutoConverge(before);
        let endTimeMs = 1n;
        let transferredTotal = 0n;
        let decided = false;
        [...first, null, ...second].forEach((input) => {
          if (input === null) {
            throttle.policy = after;
            decided = false;
            return;
          }
          endTimeMs += input.ms;
          transferredTotal += input.bytes;
          const { newDirtyPages } = input;
          const outcome = throttle.sync({ endTimeMs, transferredTotal, newDirtyPages });
          decided ||= outcome.fired;
          if (decided) expect(outcome.percentage).toBeLessThanOrEqual(throttle.policy.max);
        });
      }),
    );
  });

  it("never throttles more with tailslow at the same inputs", () => {
    fc.assert(
      fc.property(checkedPolicy, syncs, (policy, inputs) => {
        const slow = feed({ ...policy, tailslow: true }, inputs);
        const plain = feed({ ...policy, tailslow: false }, inputs);
        slow.forEach(({ percentage }, i) => {
          expect(percentage).toBeLessThanOrEqual(plain[i]!.percentage);
        });
      }),
    );
  });

  it("never throttles a guest that stays within the threshold", () => {
    fc.assert(
      fc.property(checkedPolicy, syncs, (policy, inputs) => {
        const calm = inputs.map(({ ms, bytes }) => {
          const allowed = (bytes * BigInt(policy.threshold)) / 100n / PAGE;
          return { ms, bytes, newDirtyPages: allowed };
        });
        for (const { percentage, fired } of feed(policy, calm))
          expect([percentage, fired]).toEqual([0, false]);
      }),
    );
  });
});

describe.skipIf(oracle === undefined)("AutoConverge as QEMU went", () => {
  type Row = [
    number,
    string,
    string,
    0 | 1,
    string | null,
    string | null,
    string | null,
    number,
    0 | 1,
    number,
    string,
  ];
  interface Sequence {
    id: number;
    initial: number;
    increment: number;
    tailslow: 0 | 1;
    max: number;
    threshold_pct: number;
    syncs: Row[];
  }

  it("holds every sync of every recorded sequence", () => {
    const { sequences } = readOracle(oracle!, "sequences.json") as { sequences: Sequence[] };
    expect(sequences.length).toBeGreaterThan(1000);
    const mismatches: string[] = [];
    for (const { id, initial, increment, tailslow, max, threshold_pct: threshold, syncs } of sequences) {
      const throttle = new AutoConverge({ initial, increment, tailslow: tailslow === 1, max, threshold });
      for (const [endTimeMs, transferred, newDirtyPages, ...expected] of syncs) {
        const outcome = throttle.sync({
          endTimeMs: BigInt(endTimeMs),
          transferredTotal: BigInt(transferred),
          newDirtyPages: BigInt(newDirtyPages),
        });
        const actual = [
          Number(outcome.isPeriod),
          outcome.bytesXferPeriod?.toString() ?? null,
          outcome.bytesDirtyPeriod?.toString() ?? null,
          outcome.bytesDirtyThreshold?.toString() ?? null,
          outcome.dirtyRateHighCount,
          Number(outcome.fired),
          outcome.percentage,
          outcome.dirtyPagesRate.toString(),
        ];
        if (JSON.stringify(actual) !== JSON.stringify(expected)) {
          mismatches.push(`sequence ${id} at ${endTimeMs}: ${JSON.stringify(actual)}`);
        }
      }
    }
    expectNone(mismatches);
  });
});
