import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrace, replay, TraceError } from "qapi-ts/migration";
import { oracle } from "../../support/shared-data.js";

/** A migration of three periods in which far too much is dirtied, and a short sync in the second. */
const recording = {
  name: "made up",
  qemu: "7.2.22",
  guest: { ram_mib: 64, region_mib: 48, spin_a: 1000 },
  params: { "cpu-throttle-initial": 30, "cpu-throttle-increment": 5 },
  ended: "completed",
  final: { "total-time": 9000 },
  mid_changes: [
    { mono_ms: 4500, params: { "cpu-throttle-increment": 50 }, ok: false },
    { mono_ms: 4500, params: { "cpu-throttle-increment": 20 }, ok: true },
  ],
  syncs: [
    { sync: 1, t_ms: 1001, time_last_ms: 1000, period: false, transferred: "0", num_dirty_pages_period: 0 },
    {
      sync: 2,
      t_ms: 2500,
      end_time_ms: 2500,
      time_last_ms: 1000,
      period: true,
      transferred: "4096000",
      num_dirty_pages_period: 900,
      fired: false,
      pct_after: 0,
    },
    {
      sync: 3,
      t_ms: 3501,
      time_last_ms: 2500,
      period: false,
      transferred: "5096000",
      num_dirty_pages_period: 400,
    },
    {
      sync: 4,
      t_ms: 4000,
      end_time_ms: 4000,
      time_last_ms: 2500,
      period: true,
      transferred: "8192000",
      num_dirty_pages_period: 900,
      fired: true,
      pct_after: 30,
    },
    {
      sync: 5,
      t_ms: 6000,
      time_last_ms: 4000,
      period: true,
      transferred: "12288000",
      num_dirty_pages_period: 900,
    },
    {
      sync: 6,
      t_ms: 8000,
      time_last_ms: 6000,
      period: true,
      transferred: "16384000",
      num_dirty_pages_period: 900,
      fired: true,
      pct_after: 50,
    },
  ],
};

const made = () => readTrace(JSON.stringify(recording));

function staircase(...args: Parameters<typeof replay>): [number, number][] {
  return replay(...args)
    .filter(({ outcome }) => outcome.fired)
    .map(({ recorded, outcome }) => [recorded.number, outcome.percentage]);
}

describe("replay", () => {
  it("fires where the recording did, with the parameters in force", () => {
    expect(staircase(made())).toEqual([
      [4, 30],
      [6, 50],
    ]);
    expect(replay(made()).map(({ outcome }) => outcome.bytesDirtyPeriod)).toEqual([
      null,
      900n * 4096n,
      null,
      900n * 4096n,
      900n * 4096n,
      900n * 4096n,
    ]);
  });

  it("answers what other parameters would have made of it", () => {
    expect(staircase(made(), { initial: 60, increment: 7 })).toEqual([
      [4, 60],
      [6, 67],
    ]);
    expect(staircase(made(), { threshold: 95 })).toEqual([]);
  });
});

describe("readTrace", () => {
  it("takes QEMU's defaults for what is not recorded", () => {
    const { parameters, totalTimeMs, isCompleted } = made();
    expect(parameters).toEqual({ policy: { initial: 30, increment: 5 } });
    expect([totalTimeMs, isCompleted]).toEqual([9000, true]);
  });

  it.each([
    ["", /^t\.json:1:1: expected a value/],
    ["[]", "t.json:1:1: the trace must be object, not a list"],
    ["{}", "t.json:1:1: the trace lacks 'params'"],
    ['{"params": {},\n "syncs": 5}', "t.json:2:11: syncs must be array, not 5"],
    ['{"params": {}, "syncs": [{"sync": 1.5}]}', "t.json:1:35: syncs.0.sync must be a count, not 1.5"],
    ['{"params": {}, "syncs": [{"sync": 1}]}', "t.json:1:26: syncs.0 lacks 't_ms'"],
    [
      '{"params": {}, "syncs": [{"t_ms": 18446744073709551616}]}',
      't.json:1:35: syncs.0.t_ms must be an integer of 64 bits, not "18446744073709551616"',
    ],
    [
      '{"params": {"max-bandwidth": -1}, "syncs": []}',
      "t.json:1:30: params.max-bandwidth must be an integer of 64 bits, not -1",
    ],
    [
      '{"params": {}, "syncs": [{"sync": 18446744073709551615}]}',
      't.json:1:35: syncs.0.sync must be a count, not "18446744073709551615"',
    ],
    [
      '{"params": {"cpu-throttle-tailslow": 1}, "syncs": []}',
      "t.json:1:38: params.cpu-throttle-tailslow must be true or false, not 1",
    ],
    [
      '{"params": {}, "syncs": [], "guest": {"spin_a": 0}}',
      "t.json:1:49: guest.spin_a must be a count above 0, not 0",
    ],
    ['{"params": {}, "syncs": [], "guest": {"spin_a": 5}}', "t.json:1:38: guest lacks 'region_mib'"],
    ['{"__proto__": {"params": {}}, "syncs": []}', "t.json:1:1: the trace lacks 'params'"],
    ['{"params": {}, "syncs": [], "name": "\x1b\\u001b"}', /^t\.json:1:38: \P{Cc}*$/u],
  ])("refuses %j", (text, message) => {
    expect(() => readTrace(text, "t.json")).toThrow(TraceError);
    expect(() => readTrace(text, "t.json")).toThrow(message);
  });
});

describe("readTrace and replay", () => {
  it("give a replay or a TraceError, whatever they are given", () => {
    const members = fc.constantFrom(
      "t_ms",
      "sync",
      "period",
      "transferred",
      "time_last_ms",
      "num_dirty_pages_period",
    );
    const value = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.string(),
      fc.constant("18446744073709551615"),
    );
    fc.assert(
      fc.property(
        fc.nat(recording.syncs.length - 1),
        members,
        fc.oneof(value, fc.jsonValue()),
        (index, name, value) => {
          const syncs = recording.syncs.map((sync, i) => (i === index ? { ...sync, [name]: value } : sync));
          try {
            expect(replay(readTrace(JSON.stringify({ ...recording, syncs })))).toHaveLength(syncs.length);
          } catch (error) {
            expect(error).toBeInstanceOf(TraceError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe.skipIf(oracle === undefined)("replay of recorded migrations", () => {
  const folder = join(oracle ?? "", "throttle", "live");

  it.each(oracle === undefined ? [] : readdirSync(folder))("%s goes as QEMU went, sync by sync", (file) => {
    const trace = readTrace(readFileSync(join(folder, file), "utf8"));
    expect(trace.syncs.length).toBeGreaterThan(5);
    for (const { recorded, outcome } of replay(trace)) {
      expect({ sync: recorded.number, ...outcome }).toMatchObject({
        sync: recorded.number,
        isPeriod: recorded.isPeriod,
        fired: recorded.fired,
        percentage: recorded.percentage,
      });
    }
  });
});
