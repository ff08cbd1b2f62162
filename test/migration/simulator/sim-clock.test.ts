import { describe, expect, it } from "vitest";
import { createSimClock, parseSimClock, SimClockError } from "qapi-ts/migration";

describe("parseSimClock", () => {
  it.each([
    ["wall", { kind: "wall", factor: 10 }],
    ["wall:1", { kind: "wall", factor: 1 }],
    ["wall:0.5", { kind: "wall", factor: 0.5 }],
    ["step:3000", { kind: "step", ms: 3000 }],
    ["step:0", { kind: "step", ms: 0 }],
  ])("reads %s", (text, setting) => {
    expect(parseSimClock(text)).toEqual(setting);
  });

  it.each([
    "",
    "wall:",
    "wall:0",
    "wall:-1",
    "wall:1e3",
    "wall:9999999",
    "step",
    "step:",
    "step:1.5",
    "step:-1",
    "real",
  ])("refuses %j", (text) => {
    expect(() => parseSimClock(text)).toThrow(SimClockError);
    expect(() => parseSimClock(text)).toThrow(
      `'${text}' is not a simulator clock: wall, wall:FACTOR (up to 1000000) or step:MS (whole milliseconds)`,
    );
  });
});

describe("createSimClock", () => {
  it("runs by the wall, from 0, as many times as fast", () => {
    let realMs = 5000;
    const clock = createSimClock({ kind: "wall", factor: 10 }, () => realMs);
    expect(clock.nowMs).toBe(0);
    realMs += 25;
    clock.command();
    expect(clock.nowMs).toBe(250);
    expect(clock.realDelayMs(100)).toBe(10);
  });

  it("steps at every command and stands in between", () => {
    const clock = createSimClock({ kind: "step", ms: 3000 }, () => 0);
    expect(clock.nowMs).toBe(0);
    clock.command();
    clock.command();
    expect(clock.nowMs).toBe(6000);
    expect(clock.realDelayMs(100)).toBeNull();
  });
});
