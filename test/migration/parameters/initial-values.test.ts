import { describe, expect, it } from "vitest";
import { createMachine } from "../../../src/migration/create-machine.js";
import { Refusal } from "../../../src/migration/refusal.js";

const start = (...globals: string[]) =>
  createMachine({ globals: globals.map((global) => `migration.${global}`) });

describe("start values", () => {
  it("set parameters and capabilities, the last of one counting", () => {
    const machine = start(
      "x-cpu-throttle-initial=30",
      "x-cpu-throttle-initial=40",
      "x-max-bandwidth=1G",
      "x-events=on",
    );
    expect(machine.parameters.values).toMatchObject({
      "cpu-throttle-initial": 40,
      "max-bandwidth": 1n << 30n,
    });
    expect([...machine.capabilities.enabled]).toEqual(["events"]);
  });

  const faults: [global: string, message: string][] = [
    ["x-nosuch=1", "can't apply global migration.x-nosuch=1: Property 'migration.x-nosuch' not found"],
    [
      "block-incremental=on",
      "can't apply global migration.block-incremental=on: Property 'migration.block-incremental' not found",
    ],
    [
      "x-cpu-throttle-initial=300",
      "can't apply global migration.x-cpu-throttle-initial=300: Parameter 'x-cpu-throttle-initial' expects uint8_t",
    ],
    [
      "x-cpu-throttle-tailslow=maybe",
      "can't apply global migration.x-cpu-throttle-tailslow=maybe: Parameter 'x-cpu-throttle-tailslow' expects 'on' or 'off'",
    ],
    [
      "multifd-compression=lz4",
      "can't apply global migration.multifd-compression=lz4: Parameter 'multifd-compression' does not accept value 'lz4'",
    ],
    [
      "x-downtime-limit=1k",
      "can't apply global migration.x-downtime-limit=1k: Parameter 'x-downtime-limit' expects uint64",
    ],
    [
      "x-cpu-throttle-initial=0",
      "Parameter 'cpu_throttle_initial' expects an integer in the range of 1 to 99",
    ],
    ["x-postcopy-preempt=on", "Postcopy preempt requires postcopy-ram"],
  ];
  it("are only warned of when they are another class's", () => {
    const warnings: string[] = [];
    createMachine({ globals: ["foo.bar=1"], warn: (warning) => warnings.push(warning) });
    expect(warnings).toEqual(["global foo.bar has invalid class name"]);
  });

  it("are not even warned of when another cannot be set", () => {
    const warnings: string[] = [];
    const globals = ["foo.bar=1", "migration.x-xbzrle=maybe"];
    expect(() => createMachine({ globals, warn: (warning) => warnings.push(warning) })).toThrow(Refusal);
    expect(warnings).toEqual([]);
  });

  it.each(faults)("%s is refused", (global, message) => {
    expect(() => start(global)).toThrow(new Refusal(message));
  });

  it("explains sizes", () => {
    let hint: string | undefined;
    try {
      start("x-max-bandwidth=1Q");
    } catch (error) {
      hint = error instanceof Refusal ? error.hint : undefined;
    }
    expect(hint).toMatch(/^Optional suffix k, M/);
  });

  const ofProfiles: [profile: string, global: string, message: string | undefined][] = [
    ["qemu-10.2", "postcopy-blocktime=on", undefined],
    ["qemu-10.0", "postcopy-blocktime=on", "Property 'migration.postcopy-blocktime' not found"],
    ["qemu-10.2", "x-postcopy-blocktime=on", "Property 'migration.x-postcopy-blocktime' not found"],
    ["qemu-10.2", "mode=cpr-exec", undefined],
    ["qemu-10.0", "mode=cpr-exec", "Parameter 'mode' does not accept value 'cpr-exec'"],
    ["qemu-10.2", "cpr-exec-command=x", "Property 'migration.cpr-exec-command' not found"],
    ["qemu-10.2", "x-compress-level=1", "Property 'migration.x-compress-level' not found"],
    ["qemu-7.2", "x-compress-level=3", undefined],
  ];
  it.each(ofProfiles)("of %s: %s", (profile, global, message) => {
    const set = (): unknown => createMachine({ profile, globals: [`migration.${global}`] });
    if (message === undefined) expect(set).not.toThrow();
    else expect(set).toThrow(`can't apply global migration.${global}: ${message}`);
  });
});
