import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePlan, defaultPlan, runPlan, type Plan } from "../../src/lab/plan.js";
import { cpuShareLost, figuresOf } from "../../src/lab/run-figures.js";
import { seriesOf, valueAt } from "../../src/lab/run-series.js";

const changed = (changes: Record<string, string>): Plan =>
  Object.entries(changes).reduce((plan, [name, value]) => changePlan(plan, name, value), defaultPlan);

describe("the curves of a run", () => {
  const run = runPlan(defaultPlan);
  const series = seriesOf("usual", run);
  const end = Number(run.stats.totalTime) / 1000;

  it("tell the throttle in force at any time", () => {
    for (const { timeMs, throttle } of run.syncs) {
      expect(valueAt(series.throttle, timeMs / 1000, "stepped")).toBe(throttle!.percentage);
    }
    expect(valueAt(series.throttle, 0, "stepped")).toBe(0);
    expect(valueAt(series.throttle, end, "stepped")).toBe(90);
    expect(valueAt(series.throttle, end + 1, "stepped")).toBeNull();
  });

  it("tell what remains after each sync, and less before it", () => {
    run.syncs.slice(1).forEach(({ timeMs, remaining, newDirtyPages }, i) => {
      const time = timeMs / 1000;
      expect(valueAt(series.remaining, time, "straight")).toBe(Number(remaining));
      if (timeMs - run.syncs[i]!.timeMs < 2) return;
      const before = Number(remaining) - Number(newDirtyPages) * 4096;
      expect(Math.abs(valueAt(series.remaining, time - 0.001, "straight")! - before)).toBeLessThan(4096);
    });
  });

  it("tell the rates that the throttle judged", () => {
    const periods = run.syncs.filter(({ throttle }) => throttle?.isPeriod);
    expect(series.dirtyRate.times).toEqual(periods.map(({ timeMs }) => timeMs / 1000));
    series.dirtyRate.values.forEach((rate, i) => {
      const { bytesDirtyPeriod, bytesDirtyThreshold } = periods[i]!.throttle!;
      expect(rate / series.threshold.values[i]!).toBeCloseTo(
        Number(bytesDirtyPeriod) / Number(bytesDirtyThreshold),
      );
    });
  });

  it("tell the dirty rate without auto-converge too, but no threshold", () => {
    const free = seriesOf("free", runPlan({ ...defaultPlan, autoConverge: false, untilMs: 60_000 }));
    expect(free.dirtyRate.times.length).toBeGreaterThan(5);
    expect(free.threshold.times).toEqual([]);
    expect(free.figures).toMatchObject({
      status: "active",
      totalMs: 60_000,
      cpuLostMs: 0,
      peakPercentage: 0,
    });
  });
});

describe("the CPU time that a guest loses", () => {
  it("is what the share curve takes, percentage by percentage", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        fc.integer({ min: 200, max: 900 }),
        (initial, increment, tailslow, dirtyRate) => {
          const run = runPlan(
            changed({
              "cpu-throttle-initial": String(initial),
              "cpu-throttle-increment": String(increment),
              "cpu-throttle-tailslow": tailslow ? "on" : "off",
              "dirty-rate": `${dirtyRate}M`,
            }),
          );
          let expected = 0;
          run.syncs.forEach(({ timeMs, throttle }, i) => {
            const untilMs = run.syncs[i + 1]?.timeMs ?? Number(run.stats.totalTime);
            expected += ((untilMs - timeMs) * throttle!.percentage) / 100;
          });
          // A new percentage takes effect at the next tick, up to a second later at 99 %.
          const decisions = run.syncs.filter(({ throttle }) => throttle?.fired).length;
          expect(Math.abs(run.cpuLostMs - expected)).toBeLessThanOrEqual(1000 * (decisions + 1));
          const share = cpuShareLost(figuresOf(run));
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThan(1);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("a link whose bandwidth changes", () => {
  it("delays the migration as long as it is slower", () => {
    const total = (bandwidth: string) =>
      figuresOf(runPlan(changed({ "dirty-rate": "1M", bandwidth }))).totalMs;
    expect(total("1Gbit/100Mbit@2s/1Gbit@4s")).toBeGreaterThan(total("1Gbit") + 1000);
    expect(total("1Gbit/1Gbit@2s")).toBe(total("1Gbit"));
    expect(total("100MB/s/10MB/s@1h")).toBe(total("100MB/s"));
  });

  it.each(["1G/2G", "1G/2G@", "1G/2G@5s/1G@5s", "1G/2G@5s@6s", "1G/0@5s"])("refuses %s", (bandwidth) => {
    expect(() => changed({ bandwidth })).toThrow(/^bandwidth: '.*' is not a/);
  });
});
