import { describe, expect, it } from "vitest";
import { advise } from "../../src/lab/advise.js";
import { changePlan, defaultPlan, type Plan } from "../../src/lab/plan.js";

const plan = (changes: Record<string, string>): Plan =>
  Object.entries(changes).reduce((changed, [name, value]) => changePlan(changed, name, value), defaultPlan);

describe("advise", () => {
  it("finds the quickest and the gentlest of what converges", () => {
    const { choices, unthrottled, asSet, tried, converged, reasons } = advise(defaultPlan);
    expect(unthrottled.figures.status).toBe("active");
    expect(asSet.figures).toMatchObject({ status: "completed", peakPercentage: 90 });
    expect([tried, converged]).toEqual([54, 54]);
    const quickest = choices.find(({ merit }) => merit.includes("quickest"))!;
    const gentlest = choices.find(({ merit }) => merit.includes("least guest CPU lost"))!;
    expect(quickest.figures.totalMs).toBeLessThanOrEqual(asSet.figures.totalMs);
    expect(gentlest.figures.cpuLostMs).toBeLessThanOrEqual(quickest.figures.cpuLostMs);
    expect(reasons[0]).toBe(
      "The migration sends at most 128.0 MiB/s (max-bandwidth); the guest writes 512.0 MiB/s at full speed, " +
        "on a working set of 768.0 MiB.",
    );
  });

  it("says when nothing needs to be set", () => {
    const { reasons, unthrottled } = advise(plan({ "dirty-rate": "1M" }));
    expect(unthrottled.figures.status).toBe("completed");
    expect(reasons.at(-1)).toMatch(
      /^It completes without a throttle in \d+\.\d s: nothing needs to be set\.$/,
    );
  });

  it("says when nothing helps, and why", () => {
    const { reasons, choices, converged } = advise({
      ...plan({ "max-cpu-throttle": "30", "cpu-throttle-initial": "20", bandwidth: "100Mbit" }),
      untilMs: 600_000,
    });
    expect([choices, converged]).toEqual([[], 0]);
    expect(reasons.at(-1)).toBe(
      "Nothing that was tried converges. At 30 % the guest still writes 358.4 MiB/s; more bandwidth, " +
        "a longer downtime, a higher max-cpu-throttle or postcopy would be needed.",
    );
  });

  it("copes with a throttle that may hardly rise", () => {
    expect(advise(plan({ "cpu-throttle-initial": "5", "max-cpu-throttle": "5", ram: "64M" })).tried).toBe(18);
  });
});
