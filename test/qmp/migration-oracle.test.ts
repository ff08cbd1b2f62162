import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Monitor } from "../../src/hmp/monitor.js";
import type { MachineEvent } from "../../src/migration/event-hub.js";
import { findProfile } from "../../src/migration/profile/profiles.js";
import { Machine } from "../../src/migration/machine.js";
import { oracle } from "../support/shared-data.js";

interface Scenario {
  readonly name: string;
  readonly steps: readonly { readonly t: number; readonly hmp?: string; readonly output?: string }[];
  readonly events: readonly { readonly event: string; readonly data?: unknown }[];
}

function readScenarios(version: string): Scenario[] {
  if (oracle === undefined) return [];
  return JSON.parse(readFileSync(join(oracle, "migrate", `migrate-${version}.json`), "utf8")) as Scenario[];
}

/** A text with every number as `N` and every size as `S`: which lines there are, in which order, with which units. */
function shapeOf(text: string): string {
  return text
    .replace(/\d+(\.\d+)?(e\+03)? [KMG]?i?B\b/g, "S")
    .replace(/\d+(\.\d+)?/g, (number) => (number.includes(".") ? "N.NN" : "N"));
}

function statusOf(output: string): string | undefined {
  return /status: .*/i.exec(output)?.[0];
}

/** A machine whose clock the test turns. */
class Rig {
  private nowMs = 0;
  readonly events: MachineEvent[] = [];
  private readonly machine: Machine;
  private readonly monitor: Monitor;

  constructor(profile: string) {
    this.machine = new Machine({
      profile: findProfile(profile),
      simClock: { kind: "wall", factor: 1 },
      realNowMs: () => this.nowMs,
    });
    this.machine.events.listen((event) => this.events.push(event));
    this.monitor = new Monitor({ machine: this.machine, canWait: false });
  }

  /** Runs a line, not before a time. */
  run(line: string, atMs: number): string {
    this.nowMs = Math.max(this.nowMs, atMs);
    const result = this.monitor.run(line);
    if (result instanceof Promise) throw new Error("the monitor waits");
    return result.output;
  }

  close(): void {
    this.machine.close();
  }
}

/** A guest of 64 MiB that dirties 48 MiB in a loop, as in the recordings. */
const guest = "ram=64M,working-set=48M,zero=8M";

/** XBZRLE, which the model has not, let that guest's migration complete; a calmer one gets there without. */
function modelled(line: string, { name, steps }: Scenario): string {
  // One recording looked while the first pass was under way: there the model must not be faster than that.
  const isSeenEarly = steps.some(({ t, output = "" }) => t > 0 && t < 0.1 && output.includes("active"));
  const bandwidth = isSeenEarly && name.startsWith("plain") ? "300M" : "700M";
  const busy = `sim:${guest},bandwidth=${bandwidth},dirty-rate=${name.startsWith("xbzrle") ? "12M" : "100M"}`;
  return line
    .replace(/"exec:head[^"]*"/, `${busy},fail-after=20000000`)
    .replace(/"exec:cat[^"]*"|exec:true/, busy)
    .replace("tcp:127.0.0.1:1", "sim:fail=connect");
}

/** What stands for the other end in the recordings. */
function asRecorded(output: string): string {
  return output.replace("'sim'", "'127.0.0.1:1'").replace("write to socket", "write to command");
}

/** What was recorded, without what stood in the way of that machine's own memory regions. */
function ofAnyMachine(output: string): string {
  return output.replace(/^Outgoing migration blocked:\n(?: {2}Memory region .*\n)+/, "");
}

function showsMigration(line: string | undefined): boolean {
  return line === "info migrate" || line === "info migrate -a";
}

/** Events without how often a pass came, which is the model's affair. */
function eventNames(events: Scenario["events"]): string[] {
  const names = events.map(({ event, data }) =>
    event === "MIGRATION" ? `${event} ${JSON.stringify(data)}` : event,
  );
  return names.filter((name, index) => name !== "MIGRATION_PASS" || names[index - 1] !== "MIGRATION_PASS");
}

const profiles = [
  ["qemu-7.2", "7.2"],
  ["qemu-10.0", "10.0"],
  ["qemu-10.2", "10.2"],
] as const;

describe.skipIf(oracle === undefined).each(profiles)("migrations recorded from %s", (profile, version) => {
  const scenarios = readScenarios(version);
  const outputs = scenarios.flatMap(({ steps }) => steps.filter(({ hmp }) => showsMigration(hmp)));
  const knownShapes = new Set(outputs.map(({ output = "" }) => shapeOf(ofAnyMachine(output))));

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_name, scenario) => {
    const rig = new Rig(profile);
    let startMs = 0;
    let atMs = 0;
    for (const { t, hmp, output = "" } of scenario.steps) {
      if (hmp === undefined) continue;
      if (hmp.startsWith("migrate -d")) startMs = atMs;
      // Where QEMU was done, the model, which may be slower, gets a minute more.
      atMs =
        Math.max(atMs, startMs + t * 1000) + (/completed|failed|pre-switchover/.test(output) ? 60_000 : 0);
      const actual = asRecorded(rig.run(modelled(hmp, scenario), atMs));
      if (showsMigration(hmp)) {
        expect(knownShapes).toContain(shapeOf(actual));
        expect(statusOf(actual)).toBe(statusOf(output));
      } else {
        expect([hmp, actual]).toEqual([hmp, output]);
      }
    }
    expect(eventNames(rig.events)).toEqual(eventNames(scenario.events));
    rig.close();
  });
});
