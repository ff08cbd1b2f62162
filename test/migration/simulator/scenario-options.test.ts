import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScenario, parseScenario, ScenarioError } from "qapi-ts/migration";

const GIB = 2 ** 30;
const PAGE = 4096;

describe("parseScenario", () => {
  it("is the usual scenario when nothing is said", () => {
    expect(parseScenario("")).toEqual(createScenario());
    expect(createScenario()).toMatchObject({
      guest: { ram: GIB },
      link: { bandwidth: 1.25e9 },
      failure: null,
      seed: 0,
    });
  });

  it("reads every option", () => {
    expect(
      parseScenario(
        "ram=64G,working-set=16GiB,zero=8G,pattern=sweep,dirty-rate=1.5G,bandwidth=10Gbit,seed=7,fail=connect,accel=tcg",
      ),
    ).toEqual({
      guest: {
        ram: 64 * GIB,
        workingSet: 16 * GIB,
        zero: 8 * GIB,
        pattern: { kind: "sweep" },
        work: [{ cpuMs: Infinity, pagesPerSecond: (1.5 * GIB) / PAGE }],
        isEmulated: true,
        deviceState: 114_688,
      },
      link: { bandwidth: 1.25e9 },
      failure: { kind: "connect" },
      seed: 7,
    });
  });

  it.each([
    ["pattern=hot", { kind: "hot", size: 0.1, weight: 0.9 }],
    ["pattern=hot:20%:0.8", { kind: "hot", size: 0.2, weight: 0.8 }],
    ["pattern=uniform", { kind: "uniform" }],
  ])("reads %s", (text, pattern) => {
    expect(parseScenario(text).guest.pattern).toEqual(pattern);
  });

  it("reads phases of work", () => {
    expect(parseScenario("work=4MiB@2s/0@500ms").guest.work).toEqual([
      { cpuMs: 2000, pagesPerSecond: 1024 },
      { cpuMs: 500, pagesPerSecond: 0 },
    ]);
  });

  it.each([
    ["bandwidth=100Mbit", 12.5e6],
    ["bandwidth=100Mbps", 12.5e6],
    ["bandwidth=1GB/s", 1e9],
    ["bandwidth=1G", GIB],
    ["bandwidth=512k/s", 524_288],
  ])("%s", (text, bandwidth) => {
    expect(parseScenario(text).link.bandwidth).toBe(bandwidth);
  });

  it("lets the usual sizes follow from ram", () => {
    const { guest } = parseScenario("ram=8G");
    expect([guest.workingSet, guest.zero]).toEqual([6 * GIB, GIB]);
    expect(parseScenario("ram=8G,working-set=8G").guest.zero).toBe(0);
  });

  it.each([
    ["rma=1G", /^unknown option 'rma'; there are ram, working-set, /],
    ["__proto__=1", /^unknown option '__proto__'/],
    ["ram", "'ram' is not of the form key=value"],
    ["ram=1G,ram=2G", "ram is given twice"],
    ["ram=lots", "ram: 'lots' is not a size such as 4096, 512M, 1.5G or 2GB"],
    ["ram=1e9", "ram: '1e9' is not a size such as 4096, 512M, 1.5G or 2GB"],
    ["ram=99999999P", "ram: '99999999P' is not a size such as 4096, 512M, 1.5G or 2GB"],
    ["ram=100", "ram must be at least a page, 4096 bytes"],
    ["ram=2048T", "ram is modelled up to 1 PiB"],
    ["ram=1G,working-set=2G", "working-set must not exceed ram"],
    ["ram=1G,working-set=600M,zero=600M", "working-set and zero together must not exceed ram"],
    ["dirty-rate=fast", "dirty-rate: 'fast' is not a rate such as 1.5G, 800MB/s or 10Gbit"],
    ["bandwidth=0", "bandwidth: '0' is not a bandwidth of at least a byte per second"],
    ["pattern=hot:2:1", "pattern: 'hot:2:1' is not a share such as 0.2 or 20%"],
    ["pattern=cold", "pattern: 'cold' is not uniform, sweep or hot:SIZE:WEIGHT, as in hot:10%:90%"],
    [
      "pattern=hot:100%:10%",
      "pattern: 'hot:100%:10%' is not uniform, sweep or hot:SIZE:WEIGHT, as in hot:10%:90%",
    ],
    ["work=1G", "work: '1G' is not a list of phases such as 1G@2s/0@500ms"],
    ["work=1G@0s", "work: '1G@0s' is not a list of phases that take time"],
    ["fail=later", "fail: 'later' is not connect, the only way to fail by name"],
    ["accel=xen", "accel: 'xen' is not kvm or tcg"],
    ["seed=-1", "seed: '-1' is not a whole number below 2^32"],
  ])("refuses %s", (text, message) => {
    expect(() => parseScenario(text)).toThrow(ScenarioError);
    expect(() => parseScenario(text)).toThrow(message);
  });

  it("gives a scenario or a ScenarioError, whatever it is given", () => {
    const word = fc.constantFrom(
      "ram",
      "=",
      ",",
      ":",
      "1",
      "0",
      "G",
      "%",
      "hot",
      "work",
      "@",
      "/",
      "s",
      "-",
      ".",
      "pattern",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, (text) => {
        try {
          expect(parseScenario(text).guest.ram).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
