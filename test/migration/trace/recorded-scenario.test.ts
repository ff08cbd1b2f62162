import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  idealShare,
  createScenario,
  readTrace,
  recordedScenario,
  recordedShare,
  shareCurve,
  simulate,
  type Trace,
} from "qapi-ts/migration";
import { oracle } from "../../support/shared-data.js";

/** How far a simulated step may be off with tailslow, in points, and the total time of a run. */
const POINTS = 2;
const TIME = 0.15;
/** Of all recordings, so many are to be met in their steps, and in their time. */
const MET = 0.8;
const MET_IN_TIME = 0.95;
/** What no run's time may be off. */
const MOST_TIME = 0.2;

interface Comparison {
  readonly name: string;
  readonly isStaircaseMet: boolean;
  readonly timeError: number;
}

function compare(trace: Trace): Comparison {
  const { choices, rules, schedule } = recordedScenario(trace)!;
  const untilMs = trace.isCompleted ? 600_000 : trace.totalTimeMs!;
  const scenario = createScenario(choices);
  const run = simulate({ scenario, rules, schedule, autoConverge: true, share: recordedShare, untilMs });
  const steps = run.syncs
    .filter(({ throttle }) => throttle?.fired)
    .map(({ throttle }) => throttle!.percentage);
  const recorded = trace.syncs.filter(({ fired }) => fired).map(({ percentage }) => percentage);
  const tolerance = trace.parameters.policy.tailslow === true ? POINTS : 0;
  return {
    name: trace.name,
    isStaircaseMet:
      steps.length === recorded.length &&
      steps.every((step, i) => Math.abs(step - recorded[i]!) <= tolerance),
    timeError: Number(run.stats.totalTime) / trace.totalTimeMs! - 1,
  };
}

describe("share curves", () => {
  it("are straight between their points and level beyond", () => {
    const curve = shareCurve([
      [40, 0.5],
      [80, 0.1],
    ]);
    expect([0, 20, 40, 60, 80, 99].map((percentage) => curve(percentage))).toEqual([
      1,
      0.75,
      0.5,
      expect.closeTo(0.3),
      0.1,
      0.1,
    ]);
    expect([20, 50, 90, 98].map(recordedShare)).toEqual([0.62, 0.41, 0.09, expect.closeTo(0.0189)]);
    expect(idealShare(30)).toBeCloseTo(0.7);
  });
});

describe.skipIf(oracle === undefined)("the simulator beside recorded migrations", () => {
  const folder = join(oracle ?? "", "throttle", "live");
  const comparisons = (oracle === undefined ? [] : readdirSync(folder)).map((file) =>
    compare(readTrace(readFileSync(join(folder, file), "utf8"))),
  );

  it("throttles in the same steps", () => {
    const missed = comparisons.filter(({ isStaircaseMet }) => !isStaircaseMet).map(({ name }) => name);
    expect(missed.length, missed.join()).toBeLessThanOrEqual(comparisons.length * (1 - MET));
  });

  it("takes as long", () => {
    const missed = (most: number) => comparisons.filter(({ timeError }) => Math.abs(timeError) > most);
    expect(missed(MOST_TIME)).toEqual([]);
    expect(missed(TIME).length).toBeLessThanOrEqual(comparisons.length * (1 - MET_IN_TIME));
  });
});
