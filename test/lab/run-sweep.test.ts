import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { throttleSimulate, type SimulateCommandOptions } from "../../src/cli/commands/throttle-simulate.js";
import { builtFile } from "../../src/cli/throttle/built-file.js";
import { progressBar } from "../../src/cli/throttle/progress-bar.js";
import { runSweep } from "../../src/lab/sweep/run-sweep.js";
import { gridPoint, parseAxis } from "../../src/lab/axis.js";
import { defaultPlan, runPlan } from "../../src/lab/plan.js";
import { figuresOf } from "../../src/lab/run-figures.js";
import { runCommand } from "../support/cli-run.js";

const worker = builtFile("sweep-worker.js");
const simulate = (options: SimulateCommandOptions) =>
  runCommand((context) => throttleSimulate(options, context));

describe("a sweep", () => {
  const axes = [parseAxis("increment=1..40"), parseAxis("dirty-rate=100M..400M/100M")];

  it("gives the same with any number of threads, and what single runs give", async () => {
    const [one, two] = [
      await runSweep(defaultPlan, axes, { worker, threads: 1 }),
      await runSweep(defaultPlan, axes, { worker, threads: 2 }),
    ];
    expect(two).toEqual(one);
    expect(one).toHaveLength(160);
    for (const index of [0, 77, 159]) {
      const { values, plan } = gridPoint(defaultPlan, axes, index);
      expect(one[index]).toEqual({ values, figures: figuresOf(runPlan(plan)) });
    }
  });

  it("tells how far it is", async () => {
    const told: number[] = [];
    await runSweep(defaultPlan, axes, { worker, threads: 1, onProgress: (done) => told.push(done) });
    expect(told).toEqual([64, 128, 160]);
  });

  it("stops when interrupted", async () => {
    const abort = new AbortController();
    const sweep = runSweep(defaultPlan, [parseAxis("seed=1..5000")], {
      worker,
      threads: 2,
      signal: abort.signal,
    });
    abort.abort();
    await expect(sweep).rejects.toThrow("interrupted");
  });

  it("prints every run of a small grid", async () => {
    const { stdout } = await simulate({ sweep: ["tailslow", "increment=10,30"] });
    expect(stdout).toMatch(
      /^4 runs, 4 completed\n\ncpu-throttle-tailslow +cpu-throttle-increment +status +total/,
    );
    expect(stdout).toMatch(/^off +30 +completed +43\.1 s +27 ms +5\.4 GiB +35 % +99 %$/m);
  });

  it("prints what the values of a large grid come to", async () => {
    const { stdout } = await simulate({ sweep: ["tailslow", "increment=1..40"] });
    expect(stdout).toMatch(
      /^80 runs, 80 completed\n\ncpu-throttle-tailslow +runs +completed +total +CPU lost +peak\n/,
    );
    expect(stdout).toMatch(/^on +40 +100 % +\d+\.\d s +\d+ % +\d+ %$/m);
  });

  it("prints JSON and CSV", async () => {
    const sweep = ["ram=64M,128M"];
    const { runs } = JSON.parse((await simulate({ sweep, json: true })).stdout) as { runs: unknown[] };
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({ values: { ram: "64M" }, status: "completed" });
    const { stdout } = await simulate({ sweep, csv: true });
    expect(stdout.split("\n")[0]).toBe(
      "ram,status,total_time_ms,downtime_ms,transferred_bytes,syncs,cpu_lost_ms,decisions,peak_percentage",
    );
  });

  it.each<[SimulateCommandOptions, string]>([
    [{ sweep: ["max-cpu=10"] }, "max-cpu-throttle (10) must not be below cpu-throttle-initial (20)"],
    [{ sweep: ["ram=x"] }, "ram: 'x' is not a size such as"],
    [{ sweep: ["seed=1..2000000"] }, "has too many values"],
    [
      { sweep: ["increment=1..99", "dirty-rate=1M..200M"], html: "x.html" },
      "19800 runs are too many for a page; 10000 are the most",
    ],
    [{ sweep: ["tailslow"], trace: "migration_throttle" }, "--trace tells of single runs"],
    [{ compare: ["seed=1..17"], html: "x.html" }, "17 runs are too many for a page; 16 are the most"],
  ])("%j is refused", async (options, message) => {
    const { status, stderr, stdout } = await simulate(options);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("progressBar", () => {
  class Terminal extends Writable {
    text = "";
    constructor(readonly isTTY: boolean) {
      super();
    }
    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
      this.text += chunk.toString();
      done();
    }
  }

  it("draws on a terminal and clears itself", () => {
    const terminal = new Terminal(true);
    const bar = progressBar(terminal, 10_000);
    bar.show(2500);
    bar.clear();
    expect(terminal.text).toBe(`\r[${"#".repeat(10)}${".".repeat(30)}]  25 %  2500 of 10000\r\x1b[K`);
  });

  it("is silent elsewhere", () => {
    const file = new Terminal(false);
    const bar = progressBar(file, 10);
    bar.show(5);
    bar.clear();
    expect(file.text).toBe("");
  });
});
