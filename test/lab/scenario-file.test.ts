import { describe, expect, it } from "vitest";
import { readScenarioFile } from "../../src/lab/read-scenario-file.js";
import { throttleSimulate, type SimulateCommandOptions } from "../../src/cli/commands/throttle-simulate.js";
import { DocumentError } from "../../src/document/document-error.js";
import { defaultPlan } from "../../src/lab/plan.js";
import { presets } from "../../src/lab/presets.js";
import { applyDocument } from "../../src/lab/scenario-document.js";
import { runCommand } from "../support/cli-run.js";

const read = (text: string) => readScenarioFile("s.json", text, defaultPlan).plan;
const simulate = (options: SimulateCommandOptions, stdin = "") =>
  runCommand((context) => throttleSimulate(options, context), { stdin });

describe("a scenario file", () => {
  it("says all that options say", async () => {
    const stdin = JSON.stringify({
      guest: { ram: "512M", "dirty-rate": 300_000_000, pattern: "sweep", seed: 3 },
      link: { bandwidth: "1Gbit" },
      parameters: { "cpu-throttle-tailslow": true, "cpu-throttle-increment": 25 },
      profile: "qemu-10.0",
      share: "recorded",
      until: "10min",
    });
    const options = {
      ram: "512M",
      dirtyRate: "300000000",
      pattern: "sweep",
      seed: "3",
      bandwidth: "1Gbit",
      set: ["tailslow=on", "increment=25"],
      profile: "qemu-10.0",
      share: "recorded",
      until: "10min",
    };
    const fromFile = await simulate({ scenario: "-", json: true }, stdin);
    expect(fromFile.stderr).toBe("");
    expect(fromFile).toEqual(await simulate({ ...options, json: true }));
  });

  it("gives way to options, and before it to a preset", async () => {
    const stdin = '{"guest": {"ram": "2G"}, "compare": ["tailslow"]}';
    const { stdout } = await simulate({ preset: "tail", scenario: "-", ram: "1G", csv: true }, stdin);
    expect(stdout).toMatch(/\ncpu-throttle-tailslow=on,1,\d+,0,0,1073741824,0,0\n/);
  });

  it("changes parameters on the way", () => {
    const { schedule } = read(
      '{"changes": [{"at": "30s", "parameters": {"max-cpu-throttle": 50}}, {"at": 40000, "parameters": {}}]}',
    );
    expect(schedule.map(({ fromMs, settings }) => [fromMs, settings.throttle.max])).toEqual([
      [0, 99],
      [30_000, 50],
      [40_000, 50],
    ]);
  });

  it.each([
    ["{", "s.json:1:2: "],
    ["[]", "s.json:1:1: the scenario must be object, not a list"],
    [
      '{\n  "guest": {\n    "rma": "1G"\n  }\n}',
      "s.json:3:5: guest has no member 'rma'; did you mean 'ram'?",
    ],
    ['{"guest": {"ram": true}}', "s.json:1:19: guest.ram must be string or number, not true"],
    ['{"guest": {"ram": "much"}}', "s.json:1:19: ram: 'much' is not a size such as 4096, 512M, 1.5G or 2GB"],
    ['{"guest": {"ram": "1M", "working-set": "1G"}}', "s.json:1:1: working-set must not exceed ram"],
    [
      '{"parameters": {"max-cpu-throttle": 100}}',
      "s.json:1:37: max-cpu-throttle: '100' is not a whole number from 1 to 99",
    ],
    ['{"parameters": {"bandwidth": 1}}', "s.json:1:17: parameters has no member 'bandwidth'"],
    [
      '{"share": [[20, 2]]}',
      's.json:1:11: share must be "ideal", "recorded" or a list of [percentage, share] pairs',
    ],
    ['{"__proto__": 1}', "s.json:1:2: the scenario has no member '__proto__'"],
    [
      '{"changes": [{"at": "5s", "parameters": {}}, {"at": "1s", "parameters": {}}]}',
      "s.json:1:53: changes must be in the order of time",
    ],
    [
      '{"changes": [{"at": "5s", "parameters": {"max-cpu-throttle": 5}}]}',
      "s.json:1:41: max-cpu-throttle (5) must not be below cpu-throttle-initial (20)",
    ],
  ])("%s is refused with its place", (text, message) => {
    expect(() => read(text)).toThrow(DocumentError);
    expect(() => read(text)).toThrow(message);
  });

  it("tells all that is wrong with its shape", async () => {
    const outcome = await simulate({ scenario: "-" }, '{"profile": "qemu-1", "guest": {"rams": 1}}');
    expect(outcome).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'qapi: -:1:13: profile must be one of qemu-7.2, qemu-10.0, qemu-10.2, not "qemu-1"\n' +
        "qapi: -:1:33: guest has no member 'rams'; did you mean 'ram'?\n",
    });
  });
});

describe("presets", () => {
  it.each([...presets.keys()])("%s can be run", async (preset) => {
    expect(() => applyDocument(defaultPlan, presets.get(preset)!)).not.toThrow();
    expect((await simulate({ preset, json: true })).status).toBe(0);
  });

  it("are known by name", async () => {
    const { status, stderr } = await simulate({ preset: "databse" });
    expect([status, stderr]).toEqual([
      2,
      "qapi: 'databse' is not a preset: database, web, batch, bursts, in-memory, tail; did you mean 'database'?\n",
    ]);
  });
});
