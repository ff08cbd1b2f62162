import { describe, expect, it } from "vitest";
import { fromJson } from "qapi-ts/visitor";
import { createMachine } from "../../../src/migration/create-machine.js";
import { VisitError } from "../../../src/visitor/visit-error.js";
import type { ParameterChange } from "../../../src/migration/profile/parameter-values.js";

const none = new Set<never>();

/** What is wrong with a change to the defaults; undefined if nothing is. */
function problemWith(change: ParameterChange, profile = "qemu-7.2"): string | undefined {
  try {
    createMachine({ profile }).parameters.change(change, none);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a change of parameters", () => {
  const bounds: [name: keyof ParameterChange, least: number, most: number, says: string][] = [
    ["cpu-throttle-initial", 1, 99, "cpu_throttle_initial' expects an integer in the range of 1 to 99"],
    ["cpu-throttle-increment", 1, 99, "cpu_throttle_increment' expects an integer in the range of 1 to 99"],
    [
      "throttle-trigger-threshold",
      1,
      100,
      "throttle_trigger_threshold' expects an integer in the range of 1 to 100",
    ],
    ["multifd-channels", 1, 255, "multifd_channels' expects a value between 1 and 255"],
    ["announce-step", 1, 10000, "announce_step' expects a value between 0 and 10000"],
    ["announce-rounds", 0, 1000, "announce_rounds' expects a value between 0 and 1000"],
    [
      "downtime-limit",
      0,
      2000000,
      "downtime_limit' expects an integer in the range of 0 to (2000 * 1000) ms",
    ],
  ];
  it.each(bounds)("%s is from %d to %d", (name, least, most, says) => {
    const { types } = createMachine();
    // As a client sends it: a value beyond the type's own width is refused by the type.
    const set = (value: number): string | undefined => {
      const json = { [name]: BigInt(value) };
      try {
        return problemWith(fromJson(types.setParameters, json));
      } catch (error) {
        return error instanceof VisitError ? "beyond its type" : String(error);
      }
    };
    expect(set(least)).toBeUndefined();
    expect(set(most)).toBeUndefined();
    // A uint64 takes -1 as the largest of its values.
    expect(set(least - 1)).toBe(`Parameter '${says}`);
    expect(set(most + 1)).toBe(most === 255 ? "beyond its type" : `Parameter '${says}`);
  });

  it("is refused whole", () => {
    const { parameters } = createMachine();
    const before = parameters.values;
    const change = { "cpu-throttle-increment": 30, "announce-step": 0n };
    expect(() => {
      parameters.change(change, none);
    }).toThrow();
    expect(parameters.values).toBe(before);
  });

  it("names what the whole set violates, be it not what was set", () => {
    const { parameters } = createMachine();
    parameters.change({ "max-cpu-throttle": 50 }, none);
    expect(() => {
      parameters.change({ "cpu-throttle-initial": 60 }, none);
    }).toThrow("Parameter 'max_cpu_throttle' expects an integer in the range of cpu_throttle_initial to 99");
  });

  it("is checked in QEMU's order", () => {
    expect(
      problemWith({ "announce-initial": 100001n, "compress-threads": 0, "cpu-throttle-initial": 0 }),
    ).toContain("compress_threads");
  });

  it("turns null into no TLS", () => {
    const { parameters } = createMachine();
    parameters.change({ "tls-creds": "x", "tls-authz": "y" }, none);
    parameters.change({ "tls-creds": null }, none);
    expect(parameters.values).toMatchObject({ "tls-creds": "", "tls-authz": "y" });
  });

  it("of a compression level is taken and forgotten by QEMU 7.2, and checked by 10.0", () => {
    const { parameters } = createMachine();
    parameters.change({ "multifd-zlib-level": 200 }, none);
    expect(parameters.values["multifd-zlib-level"]).toBe(1);
    expect(problemWith({ "multifd-zlib-level": 10 }, "qemu-10.0")).toContain("a value between 0 and 9");
  });

  const mappings: [
    nodes: [name: string, alias: string, ...bitmaps: [string, string][]][],
    problem: string,
  ][] = [
    [[["n", "1a"]], "The node alias '1a' is not well-formed"],
    [[["n".repeat(32), "a"]], `The node name '${"n".repeat(32)}' is longer than 31 bytes`],
    [[["n", "a".repeat(256)]], `The node alias '${"a".repeat(256)}' is longer than 255 bytes`],
    [
      [
        ["n", "a"],
        ["n", "b"],
      ],
      "The node name 'n' is mapped twice",
    ],
    [
      [
        ["n", "a"],
        ["m", "a"],
      ],
      "The node alias 'a' is used twice",
    ],
    [[["n", "a", ["b", "c"], ["b", "d"]]], "The bitmap 'n'/'b' is mapped twice"],
    [[["n", "a", ["b", "c"], ["d", "c"]]], "The bitmap alias 'a'/'c' is used twice"],
  ];
  it.each(mappings)("of a bitmap mapping: %j", (nodes, problem) => {
    const mapping = nodes.map(([name, alias, ...bitmaps]) => ({
      "node-name": name,
      alias,
      bitmaps: bitmaps.map(([bitmap, bitmapAlias]) => ({ name: bitmap, alias: bitmapAlias })),
    }));
    expect(problemWith({ "block-bitmap-mapping": mapping })).toBe(
      `Invalid mapping given for block-bitmap-mapping: ${problem}`,
    );
  });
});
