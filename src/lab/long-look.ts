import { PAGE_SIZE, pagesOf } from "../migration/simulator/guest.js";
import { createScenario, type Scenario } from "../migration/simulator/scenario.js";
import { smallest } from "../util/lists.js";
import type { Plan } from "./plan.js";

/** Passes that it takes to settle once the throttle has done what it can. */
const SETTLING = 40;
/** A period is at least so long. */
const PERIOD_MS = 1000;
/** However slow the link, nobody waits longer: some 100 days. */
const LONGEST_MS = 1e10;

/** Bytes of a guest's RAM that have to be sent in the first pass. */
export function firstPassBytes({ guest }: Scenario): number {
  return Math.max(0, guest.ram - pagesOf(guest.zero) * PAGE_SIZE);
}

/** Bytes per second that a plan's migration may send at the most when it begins, and when it is slowest. */
export function sendingRates({ choices, schedule }: Plan): { atFirst: number; slowest: number } {
  const { link } = createScenario(choices);
  const limits = schedule.map(({ settings: { maxBandwidth } }) =>
    maxBandwidth === 0n ? Infinity : Number(maxBandwidth),
  );
  const carried = [link.bandwidth, ...(link.changes ?? []).map(({ bandwidth }) => bandwidth)];
  return {
    atFirst: Math.min(link.bandwidth, limits[0] ?? Infinity),
    slowest: Math.min(smallest(carried), smallest(limits)),
  };
}

/**
 * After how long, in ms of the model, a migration that has not completed is taken never to: once around
 * the RAM, and the climb of the throttle to its highest with passes as long as the working set takes.
 */
export function longLookMs(plan: Plan): number {
  const scenario = createScenario(plan.choices);
  const { guest, link } = scenario;
  const { slowest } = sendingRates(plan);
  const passMs = (pagesOf(guest.workingSet) * PAGE_SIZE * 1000) / slowest;
  const cycleMs = guest.work.length === 1 ? 0 : guest.work.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const lastChangeMs = Math.max(link.changes?.at(-1)?.fromMs ?? 0, plan.schedule.at(-1)?.fromMs ?? 0);
  const firstMs = (firstPassBytes(scenario) * 1000) / slowest;
  const periods = SETTLING + (plan.autoConverge ? climbPeriods(plan) : 0);
  const needed = lastChangeMs + firstMs + periods * Math.max(PERIOD_MS, passMs) + 20 * cycleMs;
  return Math.min(LONGEST_MS, needed);
}

/** Each step of the throttle takes two periods; the slowest of all schedules counts. */
function climbPeriods({ schedule }: Plan): number {
  return schedule.reduce((most, { settings: { throttle } }) => {
    const { initial, increment, max } = throttle;
    return Math.max(most, 2 * (1 + Math.ceil(Math.max(0, max - initial) / Math.max(1, increment))));
  }, 0);
}
