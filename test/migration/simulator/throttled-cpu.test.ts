import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idealShare } from "qapi-ts/migration";
import { ThrottledCpu } from "../../../src/migration/simulator/throttled-cpu.js";

describe("ThrottledCpu", () => {
  it("runs freely at first", () => {
    expect(new ThrottledCpu(idealShare, 100).run(350)).toBe(250);
  });

  it("sleeps first, then runs for a time slice, in every period", () => {
    const cpu = new ThrottledCpu(idealShare, 0);
    cpu.throttle(80);
    expect(cpu.run(39)).toBe(0);
    expect(cpu.run(45)).toBeCloseTo(5);
    expect(cpu.run(50)).toBeCloseTo(5);
    expect(cpu.run(1050)).toBeCloseTo(200);
  });

  it("takes a new percentage at the next tick, the first at once", () => {
    const cpu = new ThrottledCpu(idealShare, 0);
    cpu.throttle(50);
    cpu.run(5);
    cpu.throttle(99);
    expect(cpu.run(20)).toBeCloseTo(10);
    expect(cpu.run(1000)).toBeCloseTo(0);
    expect(cpu.run(1020)).toBeCloseTo(10);
  });

  it("runs freely again from the tick after it is let go", () => {
    const cpu = new ThrottledCpu(idealShare, 0);
    cpu.throttle(50);
    cpu.run(1);
    cpu.throttle(0);
    expect(cpu.run(20)).toBeCloseTo(10);
    expect(cpu.run(120)).toBeCloseTo(100);
  });

  it("does not tick while the machine stands", () => {
    const cpu = new ThrottledCpu(idealShare, 0);
    cpu.throttle(50);
    cpu.run(10);
    cpu.pause(1000);
    expect(cpu.run(1010)).toBeCloseTo(10);
  });

  it("gives the share in the long run, however the time is cut", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (percentage, pieces) => {
          const cut = new ThrottledCpu(idealShare, 0);
          const whole = new ThrottledCpu(idealShare, 0);
          cut.throttle(percentage);
          whole.throttle(percentage);
          let now = 0;
          let gained = 0;
          for (const piece of pieces) gained += cut.run((now += piece));
          expect(gained).toBeCloseTo(whole.run(now), 4);
          expect(Math.abs(gained - now * idealShare(percentage))).toBeLessThanOrEqual(10.001);
        },
      ),
    );
  });
});
