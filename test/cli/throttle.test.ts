import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { throttleReplay, type ReplayOptions } from "../../src/cli/commands/throttle-replay.js";
import { throttleSimulate, type SimulateCommandOptions } from "../../src/cli/commands/throttle-simulate.js";
import { runCommand } from "../support/cli-run.js";
import { oracle } from "../support/shared-data.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-throttle-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const replay = (path: string, options: ReplayOptions = {}) =>
  runCommand((context) => throttleReplay(path, options, context));
const simulate = (options: SimulateCommandOptions = {}) =>
  runCommand((context) => throttleSimulate(options, context));

interface Runs {
  runs: {
    label: string;
    parameters: Record<string, unknown>;
    status: string;
    totalTimeMs: number;
    downtimeMs: number | null;
    transferredBytes: number;
    staircase: { sync: number; timeMs: number; percentage: number }[];
    syncs: { sync: number; timeMs: number }[];
  }[];
}

async function runsOf(options: SimulateCommandOptions): Promise<Runs["runs"]> {
  const { status, stdout } = await simulate({ ...options, json: true });
  expect(status).toBe(0);
  return (JSON.parse(stdout) as Runs).runs;
}

const percentages = ({ staircase }: Runs["runs"][number]) => staircase.map(({ percentage }) => percentage);

const period = (sync: number, fired: boolean, percentage: number) => ({
  sync,
  t_ms: sync * 2000,
  end_time_ms: sync * 2000,
  time_last_ms: (sync - 1) * 2000,
  period: true,
  transferred: String(4_096_000 * (sync - 1)),
  num_dirty_pages_period: 900,
  fired,
  pct_after: percentage,
});

const recording = {
  name: "made-up",
  qemu: "7.2.22",
  guest: { ram_mib: 64, region_mib: 48, spin_a: 34499 },
  params: {
    "cpu-throttle-initial": 40,
    "max-cpu-throttle": 45,
    "max-bandwidth": 16000000,
    "downtime-limit": 100,
  },
  syncs: [
    { sync: 1, t_ms: 2000, time_last_ms: 2000, period: false, transferred: "0", num_dirty_pages_period: 0 },
    period(2, false, 0),
    period(3, true, 40),
    period(4, false, 40),
    period(5, true, 45),
    period(6, false, 45),
    period(7, true, 45),
  ],
};

describe("qapi throttle replay", () => {
  const trace = file("trace.json", recording);

  it("prints every decision as JSON, those that change nothing included", async () => {
    const { status, stdout, stderr } = await replay(trace, { json: true });
    expect([status, stderr]).toEqual([0, ""]);
    const step = { bytesDirtyPeriod: 3_686_400, bytesDirtyThreshold: 2_048_000 };
    expect(JSON.parse(stdout)).toEqual({
      name: "made-up",
      qemu: "7.2.22",
      isSame: true,
      staircase: [
        { sync: 3, timeMs: 4000, percentage: 40, recordedPercentage: 40, ...step },
        { sync: 5, timeMs: 8000, percentage: 45, recordedPercentage: 45, ...step },
        { sync: 7, timeMs: 12_000, percentage: 45, recordedPercentage: 45, ...step },
      ],
    });
  });

  it("prints the staircase beside QEMU's, and draws it", async () => {
    const { stdout } = await replay(trace);
    expect(stdout).toBe(
      [
        "made-up, QEMU 7.2.22: 7 syncs",
        "",
        "sync    time  dirtied  threshold  throttle  recorded",
        "3      4.0 s  3.5 MiB    2.0 MiB      40 %      40 %",
        "5      8.0 s  3.5 MiB    2.0 MiB      45 %      45 %",
        "7     12.0 s  3.5 MiB    2.0 MiB      45 %      45 %",
        "",
        "100 % ┤",
        "      │",
        `      │${" ".repeat(39)}${"▂".repeat(21)}`,
        `      │${" ".repeat(19)}${"█".repeat(41)}`,
        `      │${" ".repeat(19)}${"█".repeat(41)}`,
        `  0 % ┼${"─".repeat(60)}`,
        `      0 s${" ".repeat(52)}12.0 s`,
        "",
        "Every sync came out as recorded.",
        "",
      ].join("\n"),
    );
  });

  it("answers what other parameters would make of it, and what that cannot tell", async () => {
    const { status, stdout, stderr } = await replay(trace, {
      set: ["cpu-throttle-initial=20", "max-cpu=99"],
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^5 .* 30 % +45 %$/m);
    expect(stdout).toMatch(/This is not what was recorded\.\n$/);
    expect(stderr).toMatch(/^note: the recorded guest wrote what it wrote under the recorded throttle/);
  });

  it("traces its decisions on stderr", async () => {
    const { stderr } = await replay(trace, { json: true, trace: "migration_throttle" });
    expect(stderr).toBe(
      "migration_throttle sync=3 time=4000ms dirty=3686400 threshold=2048000 percentage=0->40\n" +
        "migration_throttle sync=5 time=8000ms dirty=3686400 threshold=2048000 percentage=40->45\n" +
        "migration_throttle sync=7 time=12000ms dirty=3686400 threshold=2048000 percentage=45->45\n",
    );
  });

  it("reads stdin", async () => {
    const { status } = await runCommand((context) => throttleReplay("-", { json: true }, context), {
      stdin: JSON.stringify(recording),
    });
    expect(status).toBe(0);
  });

  it.each([
    ["{", 1, /^qapi: .*broken\.json:1:2: .*\n$/],
    ['{"params": {}}', 1, /^qapi: .*broken\.json:1:1: the trace lacks 'syncs'\n$/],
  ])("refuses %s", async (content, status, message) => {
    const outcome = await replay(file("broken.json", content));
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });
});

describe("qapi throttle simulate", () => {
  it("prints the usual run", async () => {
    const { status, stdout } = await simulate();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^run +status +total +downtime +transferred +syncs +CPU lost +throttle %\n/);
    expect(stdout).toMatch(
      /^simulated +completed +\d+\.\d s +\d+ ms +9\.\d GiB +\d+ +\d+ % +20 30 40 50 60 70 80 90$/m,
    );
    expect(stdout).toContain("100 % ┤");
  });

  it("prints JSON in the contract's shape", async () => {
    const [run] = await runsOf({ ram: "64G", dirtyRate: "1.5G", bandwidth: "10Gbit" });
    expect(Object.keys(run!)).toEqual([
      "label",
      "parameters",
      "status",
      "totalTimeMs",
      "downtimeMs",
      "transferredBytes",
      "staircase",
      "syncs",
    ]);
    expect(run!.parameters).toEqual({
      "throttle-trigger-threshold": 50,
      "cpu-throttle-initial": 20,
      "cpu-throttle-increment": 10,
      "cpu-throttle-tailslow": false,
      "max-cpu-throttle": 99,
      "max-bandwidth": 1_250_000_000,
      "avail-switchover-bandwidth": 0,
      "downtime-limit": 300,
    });
    expect(run!.status).toBe("completed");
    expect(run!.staircase[0]).toEqual({ sync: 3, timeMs: expect.any(Number) as number, percentage: 20 });
    expect(run!.syncs.map(({ sync }) => sync)).toEqual(run!.syncs.map((_, i) => i + 1));
  });

  it("compares all combinations of settings", async () => {
    const runs = await runsOf({ compare: ["tailslow", "cpu-throttle-increment=5,20"] });
    expect(runs.map(({ label }) => label)).toEqual([
      "cpu-throttle-tailslow=off cpu-throttle-increment=5",
      "cpu-throttle-tailslow=off cpu-throttle-increment=20",
      "cpu-throttle-tailslow=on cpu-throttle-increment=5",
      "cpu-throttle-tailslow=on cpu-throttle-increment=20",
    ]);
    expect(runs.map(({ parameters }) => parameters["cpu-throttle-tailslow"])).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(runs.map((run) => percentages(run)[1])).toEqual([25, 40, 25, 40]);
  });

  it("gives up when told to", async () => {
    const [run] = await runsOf({ autoConverge: false, until: "2min" });
    expect(run).toMatchObject({ status: "active", totalTimeMs: 120_000, downtimeMs: null, staircase: [] });
  });

  it("takes guest, link and parameters of a recording", async () => {
    const like = file("trace.json", { ...recording, ended: "completed" });
    const [recorded] = await runsOf({ like });
    expect(recorded).toMatchObject({ label: "made-up", status: "completed" });
    expect(recorded!.parameters).toMatchObject({ "max-bandwidth": 16_000_000, "max-cpu-throttle": 45 });
    expect(new Set(percentages(recorded!))).toEqual(new Set([40, 45]));
    // What 45 % leave ideally is more than the link takes; under emulation it is less.
    const [ideal] = await runsOf({ like, share: "ideal" });
    expect(ideal!.status).toBe("active");
    const [free] = await runsOf({ like, share: "ideal", set: ["max-cpu=99"] });
    expect(free!.status).toBe("completed");
  });

  it("takes a share curve from a file", async () => {
    const share = file("share.json", "[[1, 0.5], [99, 0]]");
    expect((await runsOf({ share }))[0]!.totalTimeMs).toBeLessThan((await runsOf({}))[0]!.totalTimeMs);
  });

  it("prints a line of CSV per sync", async () => {
    const { stdout } = await simulate({ csv: true, compare: ["tailslow"], until: "20s" });
    expect(stdout).toMatch(
      /^run,sync,time_ms,transferred_bytes,new_dirty_pages,remaining_bytes,fired,percentage\ncpu-throttle-tailslow=off,1,3,0,0,1073741824,0,0\n/,
    );
  });

  it("is the same for the same seed", async () => {
    expect(await simulate({ json: true, seed: "3" })).toEqual(await simulate({ json: true, seed: "3" }));
  });

  it.each<[SimulateCommandOptions, string]>([
    [{ ram: "much" }, "ram: 'much' is not a size such as 4096, 512M, 1.5G or 2GB"],
    [{ guest: "rma=1" }, "unknown option 'rma'; there are ram, "],
    [{ set: ["initial"] }, "'initial' is not of the form NAME=VALUE"],
    [{ set: ["initial=0"] }, "cpu-throttle-initial: '0' is not a whole number from 1 to 99"],
    [{ set: ["max-cpu=10"] }, "max-cpu-throttle (10) must not be below cpu-throttle-initial (20)"],
    [
      { set: ["throttle=10"] },
      "'throttle' does not name one parameter of the model; there are throttle-trigger-threshold, ",
    ],
    [{ compare: ["increment"] }, "cpu-throttle-increment: 'off' is not a whole number from 1 to 99"],
    [{ compare: ["bandwidths=1G"] }, "'bandwidths' does not name one parameter of the model; there are "],
    [{ until: "soon" }, "until: 'soon' is not a duration such as 300ms, 10s, 5min or 1h"],
    [{ profile: "qemu-1.0" }, "'qemu-1.0' is not a profile: qemu-7.2 or qemu-10.0 or qemu-10.2"],
    [{ trace: "all" }, "'all' is not a trace point: migration_throttle"],
    [
      { share: file("bad.json", "[[20, 2]]") },
      "bad.json:1:7: point 0: the share must be a number from 0 to 1, not 2",
    ],
  ])("refuses %j", async (options, message) => {
    const outcome = await simulate(options);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(/^qapi: .*\n$/);
    expect(outcome.stderr).toContain(message);
  });

  it("refuses a recording that does not describe its guest", async () => {
    const outcome = await simulate({ like: file("guestless.json", { ...recording, guest: null }) });
    expect(outcome).toMatchObject({ status: 1, stderr: "qapi: made-up: does not say what its guest was\n" });
  });
});

describe.skipIf(oracle === undefined)("qapi throttle replay of recorded migrations", () => {
  const live = join(oracle ?? "", "throttle", "live");

  it.each(oracle === undefined ? [] : readdirSync(live))("%s: the recorded staircase", async (name) => {
    const { throttle_staircase } = JSON.parse(readFileSync(join(live, name), "utf8")) as {
      throttle_staircase: { sync: number; pct_after: number }[];
    };
    const { stdout } = await replay(join(live, name), { json: true });
    const { staircase } = JSON.parse(stdout) as { staircase: { sync: number; percentage: number }[] };
    expect(staircase.map(({ sync, percentage }) => [sync, percentage])).toEqual(
      throttle_staircase.map(({ sync, pct_after }) => [sync, pct_after]),
    );
  });
});
