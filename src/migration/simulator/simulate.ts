import type { LoopRules } from "../profile/loop-rules.js";
import type { MigrationSettings } from "../profile/migration-settings.js";
import { defaultSettings } from "../profile/setting-parameters.js";
import type { SimulationStats } from "./migration-stats.js";
import type { Scenario } from "./scenario.js";
import type { ShareCurve } from "./share-curve.js";
import type { SyncEvent } from "./simulation-event.js";
import { Simulation } from "./simulation.js";

/** Parameters, and when they came into force: so many ms after the start. */
export interface SettingsStep {
  readonly fromMs: number;
  readonly settings: MigrationSettings;
}

/** What to simulate from start to end. */
export interface SimulateOptions {
  readonly scenario: Scenario;
  /** The parameters in force, in the order of time; the first from the start. */
  readonly schedule: readonly SettingsStep[];
  readonly rules: LoopRules;
  readonly autoConverge: boolean;
  /** Default: the ideal one. */
  readonly share?: ShareCurve;
  /** When to give up, in model ms. */
  readonly untilMs: number;
}

/** A migration from its start to its end, or to where patience ended. */
export interface SimulatedRun {
  /** `active` if it was given up. */
  readonly status: "completed" | "failed" | "active";
  readonly syncs: readonly SyncEvent[];
  readonly stats: SimulationStats;
  /** CPU time that the throttle has kept from the guest, in ms. */
  readonly cpuLostMs: number;
}

/** Runs a migration whose owner switches over as soon as it has converged. */
export function simulate({ scenario, schedule, untilMs, ...options }: SimulateOptions): SimulatedRun {
  let nowMs = 0;
  const settings = (): MigrationSettings =>
    schedule.findLast(({ fromMs }) => fromMs <= nowMs)?.settings ?? defaultSettings;
  const simulation = new Simulation({ ...options, ...scenario, settings });
  const syncs: SyncEvent[] = [];
  let status: SimulatedRun["status"] = "active";
  while (simulation.nextMs <= untilMs) {
    nowMs = simulation.nextMs;
    for (let event = simulation.advance(nowMs); event !== null; event = simulation.advance(nowMs)) {
      if (event.kind === "sync") syncs.push(event);
      else if (event.kind === "converged") simulation.switchOver();
      else if (event.kind !== "active") status = event.kind;
    }
  }
  if (status === "active") simulation.advance(untilMs);
  return { status, syncs, stats: simulation.stats(), cpuLostMs: simulation.cpuLostMs() };
}
