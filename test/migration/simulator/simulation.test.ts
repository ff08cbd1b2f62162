import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultSettings,
  loopRules,
  createScenario,
  parseScenario,
  Simulation,
  simulate,
  type AutoConvergePolicy,
  type MigrationSettings,
  type SimulatedRun,
  type SimulationEvent,
  type SimulationOptions,
} from "qapi-ts/migration";

const GIB = 2 ** 30;

function settings(policy: Partial<AutoConvergePolicy> = {}, others: Partial<MigrationSettings> = {}) {
  return { ...defaultSettings, ...others, throttle: { ...defaultSettings.throttle, ...policy } };
}

function run(
  text: string,
  policy: Partial<AutoConvergePolicy> = {},
  others: Partial<MigrationSettings> = {},
) {
  const fixed = settings(policy, others);
  return simulate({
    scenario: parseScenario(text),
    schedule: [{ fromMs: 0, settings: fixed }],
    rules: loopRules["7.2"],
    autoConverge: true,
    untilMs: 3_600_000,
  });
}

function start(options: Partial<SimulationOptions> = {}): Simulation {
  return new Simulation({
    ...createScenario(),
    rules: loopRules["7.2"],
    settings: () => settings(),
    autoConverge: true,
    ...options,
  });
}

/** All that happens until `toMs`, with the switchover made at once. */
function follow(simulation: Simulation, toMs: number, stepMs = Infinity): SimulationEvent[] {
  const events: SimulationEvent[] = [];
  let nowMs = 0;
  while (nowMs < toMs) {
    nowMs = Math.min(toMs, nowMs + stepMs);
    for (let event = simulation.advance(nowMs); event !== null; event = simulation.advance(nowMs)) {
      events.push(event);
      if (event.kind === "converged") simulation.switchOver();
    }
  }
  return events;
}

function staircase({ syncs }: SimulatedRun): number[] {
  return syncs.filter(({ throttle }) => throttle?.fired).map(({ throttle }) => throttle!.percentage);
}

describe("the usual scenario", () => {
  const scenario = createScenario();

  describe.each(["7.2", "10.0"] as const)("under the rules of QEMU %s", (version) => {
    const usual = (policy: Partial<AutoConvergePolicy>, autoConverge = true) =>
      simulate({
        scenario,
        schedule: [{ fromMs: 0, settings: settings(policy) }],
        rules: loopRules[version],
        autoConverge,
        untilMs: 600_000,
      });

    it("does not converge by itself", () => {
      const { status, stats, syncs } = usual({}, false);
      expect(status).toBe("active");
      expect([stats.throttlePercentage, stats.downtime]).toEqual([0, null]);
      expect(syncs.every(({ throttle }) => throttle === null)).toBe(true);
      expect(stats.ram["dirty-pages-rate"]).toBeGreaterThan(0n);
    });

    it("is throttled step by step, until it completes", () => {
      const plain = usual({});
      expect(plain.status).toBe("completed");
      expect(staircase(plain)).toEqual([20, 30, 40, 50, 60, 70, 80, 90]);
      expect(plain.stats.totalTime).toBeLessThan(100_000n);
      expect(plain.stats.downtime).toBeLessThanOrEqual(300n);
    });

    it("ends in smaller steps with tailslow", () => {
      const slow = usual({ tailslow: true });
      expect(slow.status).toBe("completed");
      expect(staircase(slow)).toEqual([
        20,
        30,
        40,
        50,
        60,
        70,
        80,
        86,
        expect.toSatisfy((last: number) => last === 87 || last === 88),
      ]);
    });
  });
});

describe("Simulation", () => {
  it("tells what happens in QEMU's order", () => {
    const events = follow(start({ ...parseScenario("dirty-rate=1M") }), 60_000);
    expect(events.map(({ kind }) => kind)).toEqual([
      "sync",
      "active",
      "sync",
      "converged",
      "sync",
      "completed",
    ]);
    expect(events.flatMap((event) => (event.kind === "sync" ? [event.pass] : []))).toEqual([1, 2, 3]);
    expect(events.map(({ timeMs }) => timeMs)).toEqual(
      events.map(({ timeMs }) => timeMs).sort((a, b) => a - b),
    );
  });

  it("holds still once converged, until it is told to switch over", () => {
    const simulation = start({ ...parseScenario("dirty-rate=0") });
    while (simulation.advance(60_000)?.kind !== "converged");
    expect(simulation.nextMs).toBe(Infinity);
    expect(simulation.advance(90_000)).toBeNull();
    simulation.switchOver();
    expect(simulation.advance(100_000)).toMatchObject({ kind: "sync", timeMs: 90_000 });
    expect(simulation.advance(100_000)).toMatchObject({ kind: "completed" });
    // The guest stood still from when it had converged.
    expect(simulation.stats().downtime).toBeGreaterThan(80_000n);
  });

  it("counts as query-migrate does", () => {
    const simulation = start({ ...parseScenario("ram=64M,working-set=48M,zero=16M,dirty-rate=32M") });
    expect(simulation.stats()).toMatchObject({
      totalTime: 0n,
      setupTime: 0n,
      expectedDowntime: 300n,
      downtime: null,
    });
    follow(simulation, 200);
    const { ram, ...times } = simulation.stats();
    expect(times).toMatchObject({ totalTime: 200n, setupTime: 3n, expectedDowntime: 300n });
    // 3271 pages to pass the limit of a tenth of 128 MiB in each window, the third begun.
    expect(ram).toEqual({
      transferred: BigInt(3 * (3271 * 4104 + 8)),
      remaining: BigInt((64 << 20) - 3 * 3271 * 4096),
      total: 64n << 20n,
      duplicate: 0n,
      skipped: 0n,
      normal: 9813n,
      "normal-bytes": 9813n * 4096n,
      "dirty-pages-rate": 0n,
      mbps: ((3271 * 4104 + 18) * 8) / 0.1 / 1e6,
      "dirty-sync-count": 1n,
      "postcopy-requests": 0n,
      "page-size": 4096n,
      "multifd-bytes": 0n,
      "pages-per-second": 32_710n,
      "precopy-bytes": BigInt(3 * (3271 * 4104 + 8)),
      "downtime-bytes": 0n,
      "postcopy-bytes": 0n,
      "dirty-sync-missed-zero-copy": 0n,
    });
    follow(simulation, 60_000);
    const end = simulation.stats();
    expect(end.ram).toMatchObject({ remaining: 0n, duplicate: 4096n });
    expect(end.ram["precopy-bytes"] + end.ram["downtime-bytes"]).toBe(end.ram.transferred);
    follow(simulation, 90_000);
    expect(simulation.stats()).toEqual(end);
  });

  it("counts all of the stream under QEMU 10's rules, and sends 32 pages at once", () => {
    const simulation = start({ ...parseScenario("dirty-rate=0"), rules: loopRules["10.0"] });
    follow(simulation, 99);
    expect(simulation.stats().ram).toMatchObject({ normal: 3296n, transferred: BigInt(3296 * 4104 + 18) });
  });

  it("counts what is sent of a stopped guest as sent in downtime", () => {
    const simulation = start({ ...parseScenario("dirty-rate=1G"), isGuestRunning: false });
    const events = follow(simulation, 60_000);
    expect(events.at(-1)?.kind).toBe("completed");
    const { ram } = simulation.stats();
    expect([ram["precopy-bytes"], ram["downtime-bytes"]]).toEqual([0n, ram.transferred]);
    expect(ram["dirty-sync-count"]).toBe(3n);
  });

  it("lets a stopped guest write nothing", () => {
    const firstPass = (stopMs: number, resumeMs: number) => {
      const simulation = start();
      follow(simulation, stopMs);
      simulation.setGuestRunning(false);
      follow(simulation, resumeMs);
      simulation.setGuestRunning(true);
      const sync = follow(simulation, 10_000).find(({ kind }) => kind === "sync");
      return sync?.kind === "sync" ? sync.newDirtyPages : null;
    };
    expect(firstPass(1000, 6900)).toBe(firstPass(1100, 7000));
    expect(firstPass(1000, 6900)).toBeLessThan(firstPass(1000, 3000)!);
    expect(firstPass(3, 10_000)).toBeNull();
  });

  it("reads its parameters afresh", () => {
    let now = settings();
    const simulation = start({ settings: () => now });
    follow(simulation, 1000);
    const before = simulation.stats().ram.mbps;
    now = settings({}, { maxBandwidth: 32n << 20n });
    follow(simulation, 2000);
    expect(simulation.stats().ram.mbps).toBeCloseTo(before / 4, -1);
    now = settings({ initial: 77, max: 88 }, { maxBandwidth: 512n << 20n });
    const events = follow(simulation, 30_000);
    const fired = events.flatMap((event) =>
      event.kind === "sync" && event.throttle?.fired ? [event.throttle] : [],
    );
    expect(fired.map(({ percentage }) => percentage)).toEqual([77]);
  });

  it("goes by avail-switchover-bandwidth where QEMU does, and survives one too small to count", () => {
    const converges = (availSwitchoverBandwidth: bigint, version: "7.2" | "10.0") => {
      const fixed = settings({}, { availSwitchoverBandwidth });
      const simulation = start({ settings: () => fixed, autoConverge: false, rules: loopRules[version] });
      return follow(simulation, 60_000).some(({ kind }) => kind === "converged");
    };
    expect(converges(10n << 30n, "10.0")).toBe(true);
    expect(converges(10n << 30n, "7.2")).toBe(false);
    // As with a downtime limit of 0, nothing left to send is little enough, whatever was written meanwhile.
    expect(converges(1n, "10.0")).toBe(true);
  });

  it("completes with just as much left as is allowed since QEMU 10.2", () => {
    // 4096 bytes per ms for 100 ms: the 100 pages that the guest rewrites over and over.
    const fixed = settings({}, { availSwitchoverBandwidth: 4_096_000n, downtimeLimit: 100n });
    const converges = (completesAtThreshold: boolean) => {
      const rules = { ...loopRules["10.0"], completesAtThreshold };
      const scenario = parseScenario("ram=256M,working-set=409600,pattern=sweep,dirty-rate=4G");
      const options = { ...scenario, settings: () => fixed, autoConverge: false, rules };
      return follow(start(options), 10_000).some(({ kind }) => kind === "converged");
    };
    expect([converges(false), converges(true)]).toEqual([false, true]);
  });

  it("ends when it is cancelled", () => {
    const simulation = start();
    follow(simulation, 30_000);
    expect(simulation.stats().throttlePercentage).toBeGreaterThan(0);
    simulation.cancel();
    expect(simulation.advance(60_000)).toBeNull();
    expect(simulation.stats()).toMatchObject({ throttlePercentage: 0, totalTime: 30_000n });
    expect(simulation.nextMs).toBe(Infinity);
  });

  it("fails to connect when told to", () => {
    expect(follow(start({ failure: { kind: "connect" } }), 1000)).toEqual([
      { kind: "failed", timeMs: 3, reason: "connect" },
    ]);
  });

  it("fails after so many bytes", () => {
    const simulation = start({ failure: { kind: "after", bytes: 20_000_000 } });
    expect(follow(simulation, 60_000).map(({ kind }) => kind)).toEqual(["sync", "active", "failed"]);
    expect(simulation.stats().ram.transferred).toBeGreaterThan(20_000_000n);
    expect(simulation.stats().ram.transferred).toBeLessThan(30_000_000n);
  });

  it("fails in the switchover too", () => {
    const simulation = start({ ...parseScenario("ram=1M,dirty-rate=0,zero=0,fail-after=1100000") });
    expect(follow(simulation, 60_000).map(({ kind }) => kind)).toEqual([
      "sync",
      "active",
      "converged",
      "sync",
      "failed",
    ]);
  });

  it("syncs every five seconds for auto-converge of QEMU 10, but not in the first pass", () => {
    const syncTimes = (version: "7.2" | "10.0") =>
      follow(start({ ...parseScenario("ram=4G,dirty-rate=2G"), rules: loopRules[version] }), 60_000)
        .filter(({ kind }) => kind === "sync")
        .map(({ timeMs }) => timeMs);
    expect(syncTimes("7.2")).toEqual([3, expect.closeTo(28_300, -3), expect.closeTo(52_300, -3)]);
    expect(syncTimes("10.0").slice(2)).toEqual([35_000, 40_000, 45_000, 50_000, 55_000, 60_000]);
  });

  it("lets a sync wait for sleeping CPUs under software emulation", () => {
    const syncTimes = (accelerator: string) =>
      run(`accel=${accelerator},pattern=sweep,dirty-rate=4G`, { initial: 99 }).syncs.map(
        ({ timeMs }) => timeMs,
      );
    const [free, waiting] = [syncTimes("kvm"), syncTimes("tcg")];
    expect(waiting.slice(0, 3)).toEqual(free.slice(0, 3));
    expect(waiting[3]! - free[3]!).toBeGreaterThan(100);
    expect(waiting[3]! - free[3]!).toBeLessThan(1000);
    // They wake once a second.
    expect((waiting[3]! - waiting[2]!) % 1000).toBeCloseTo(990, 0);
  });

  it("goes at the link's speed where that is the limit", () => {
    const { stats, status } = run("bandwidth=1Gbit,dirty-rate=0", {}, { maxBandwidth: 0n });
    expect(status).toBe("completed");
    expect(Number(stats.totalTime)).toBeCloseTo((0.875 * GIB) / 125_000, -2);
    expect(stats.ram.mbps).toBeCloseTo(1000, -1);
  });

  it("does not depend on how its time is cut", () => {
    const options = {
      ...parseScenario("dirty-rate=700M,work=2G@300ms/100M@700ms"),
      rules: loopRules["10.0"],
    };
    const whole = start(options);
    const events = follow(whole, 120_000);
    for (const stepMs of [7, 33.3, 1000]) {
      const cut = start(options);
      expect(follow(cut, 120_000, stepMs)).toEqual(events);
      expect(cut.stats()).toEqual(whole.stats());
    }
  });

  it("gives the same run for the same seed, another for another", () => {
    expect(run("seed=5")).toEqual(run("seed=5"));
    expect(run("seed=5")).not.toEqual(run("seed=6"));
  });

  it("moves a guest of 4 TiB in well under a second", () => {
    const started = performance.now();
    const { status } = run("ram=4T,dirty-rate=5G,bandwidth=100Gbit", {}, { maxBandwidth: 10n ** 10n });
    expect(status).toBe("completed");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("survives extreme links and guests", () => {
    for (const text of [
      "bandwidth=1",
      "bandwidth=1P,dirty-rate=1P",
      "ram=4096",
      "working-set=0",
      "zero=1G,working-set=0",
    ]) {
      for (const maxBandwidth of [0n, 1n, 2n ** 64n - 1n]) {
        for (const downtimeLimit of [0n, 2_000_000n]) {
          const options = {
            ...parseScenario(text),
            settings: () => settings({}, { maxBandwidth, downtimeLimit }),
          };
          const simulation = start(options);
          follow(simulation, 20_000);
          expect(simulation.stats().ram.remaining).toBeLessThanOrEqual(simulation.stats().ram.total);
        }
      }
    }
  });
});

describe("what the model promises", () => {
  const mib = (n: number) => `${n}M`;
  const scenario = fc.record({
    ram: fc.integer({ min: 64, max: 2048 }),
    dirtyRate: fc.integer({ min: 1, max: 1000 }),
    pattern: fc.constantFrom("uniform", "sweep", "hot"),
    seed: fc.integer({ min: 0, max: 1000 }),
    tailslow: fc.boolean(),
  });

  it("a guest that cannot dirty half of what is sent is never throttled", () => {
    fc.assert(
      fc.property(scenario, ({ ram, pattern, seed }) => {
        const calm = run(`ram=${mib(ram)},dirty-rate=50M,pattern=${pattern},seed=${seed},bandwidth=1Gbit`);
        expect(staircase(calm)).toEqual([]);
        expect(calm.status).toBe("completed");
      }),
      { numRuns: 40 },
    );
  });

  it("the percentage never goes down and stays within max", () => {
    fc.assert(
      fc.property(
        scenario,
        fc.integer({ min: 20, max: 99 }),
        ({ ram, dirtyRate, pattern, seed, tailslow }, max) => {
          const text = `ram=${mib(ram)},dirty-rate=${mib(dirtyRate)},pattern=${pattern},seed=${seed}`;
          const steps = staircase(run(text, { tailslow, max }));
          expect(steps).toEqual([...steps].sort((a, b) => a - b));
          expect(Math.max(0, ...steps)).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("more bandwidth never makes it later where the guest writes nothing", () => {
    fc.assert(
      fc.property(
        scenario,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        ({ ram }, a, b) => {
          const time = (mibPerSecond: number) =>
            run(`ram=${mib(ram)},dirty-rate=0`, {}, { maxBandwidth: BigInt(mibPerSecond) << 20n }).stats
              .totalTime;
          expect(time(Math.max(a, b))).toBeLessThanOrEqual(time(Math.min(a, b)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
