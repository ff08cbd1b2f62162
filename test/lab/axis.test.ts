import { describe, expect, it } from "vitest";
import { gridPoint, gridSize, parseAxis } from "../../src/lab/axis.js";
import { defaultPlan, type Plan } from "../../src/lab/plan.js";

describe("parseAxis", () => {
  it.each<[string, string, string[]]>([
    ["tailslow", "cpu-throttle-tailslow", ["off", "on"]],
    ["increment=5,10", "cpu-throttle-increment", ["5", "10"]],
    ["initial=10..13", "cpu-throttle-initial", ["10", "11", "12", "13"]],
    ["max-cpu=60..99/20", "max-cpu-throttle", ["60", "80"]],
    ["dirty-rate=64M..192M/64M,1G", "dirty-rate", ["64M", "128M", "192M", "1G"]],
    ["pattern=uniform,hot:10%:90%", "pattern", ["uniform", "hot:10%:90%"]],
    ["bandwidth=0.1Gbit..0.3Gbit/0.1Gbit", "bandwidth", ["0.1Gbit", "0.2Gbit", "0.3Gbit"]],
  ])("reads %s", (text, name, values) => {
    expect(parseAxis(text)).toEqual({ name, values });
  });

  it.each([
    ["increment=9..1", "'9..1' is not a range from low to high"],
    ["increment=1..9/0", "'1..9/0' has too many values"],
    ["ram=1M..2G", "'1M..2G' mixes units; a range has the same unit throughout, as in 64M..512M/64M"],
    ["seed=1..9999999", "'1..9999999' has too many values"],
    ["speed=1", "'speed' does not name one parameter of the model; there are "],
  ])("refuses %s", (text, message) => {
    expect(() => parseAxis(text)).toThrow(message);
  });
});

describe("a grid", () => {
  const axes = [parseAxis("tailslow"), parseAxis("bandwidth=1G,2G")];
  const policy = ({ schedule }: Plan) => schedule[0]!.settings.throttle;

  it("has every combination, the last axis varying fastest", () => {
    expect(gridSize(axes)).toBe(4);
    const points = [0, 1, 2, 3].map((index) => gridPoint(defaultPlan, axes, index));
    expect(points.map(({ label }) => label)).toEqual([
      "cpu-throttle-tailslow=off bandwidth=1G",
      "cpu-throttle-tailslow=off bandwidth=2G",
      "cpu-throttle-tailslow=on bandwidth=1G",
      "cpu-throttle-tailslow=on bandwidth=2G",
    ]);
    expect(points.map(({ plan }) => policy(plan).tailslow)).toEqual([false, false, true, true]);
    expect(points.map(({ plan }) => plan.schedule[0]!.settings.maxBandwidth)).toEqual([
      1n << 30n,
      2n << 30n,
      1n << 30n,
      2n << 30n,
    ]);
  });

  it("is one point without axes", () => {
    expect(gridSize([])).toBe(1);
    expect(gridPoint(defaultPlan, [], 0)).toEqual({ values: [], label: "", plan: defaultPlan });
  });

  it("has its limits", () => {
    expect(() => gridSize([parseAxis("tailslow"), parseAxis("tailslow=on")])).toThrow(
      "cpu-throttle-tailslow is varied twice",
    );
    const long = parseAxis("seed=1..2000");
    expect(() => gridSize([long, parseAxis("ram=1M..600M")])).toThrow("1200000 runs are too many");
  });
});
