import { AutoConverge, type AutoConvergePolicy, type SyncOutcome } from "../throttle/auto-converge.js";
import { defaultSettings } from "../profile/setting-parameters.js";
import type { Trace, TraceSync } from "./trace.js";

/** A recorded sync and what our throttle makes of it. */
export interface ReplayedSync {
  readonly recorded: TraceSync;
  readonly outcome: SyncOutcome;
}

/** A period ends only after more than this, in ms. */
const PERIOD_MS = 1000n;

/**
 * Feeds the syncs of a recorded migration through the throttle, with the parameters that were in
 * force at each.
 *
 * @param override parameters to have instead of the recorded ones, from beginning to end. The guest
 *   of a recording does not react to them: what it wrote is what it wrote under the recorded throttle.
 */
export function replay(trace: Trace, override: Partial<AutoConvergePolicy> = {}): ReplayedSync[] {
  const throttle = new AutoConverge({ ...defaultSettings.throttle, ...trace.parameters.policy, ...override });
  const changes = [...trace.changes];
  let counted = 0n;
  return trace.syncs.map((recorded) => {
    for (let change = changes[0]; change && change.timeMs < recorded.timeMs; change = changes[0]) {
      throttle.policy = { ...throttle.policy, ...change.parameters.policy, ...override };
      changes.shift();
    }
    const outcome = throttle.sync({
      startTimeMs: recorded.periodStartMs,
      endTimeMs: endTimeOf(recorded),
      transferredTotal: recorded.transferred,
      newDirtyPages: recorded.dirtyPagesInPeriod - counted,
    });
    counted = recorded.isPeriod ? 0n : recorded.dirtyPagesInPeriod;
    return { recorded, outcome };
  });
}

/** A sync may have been seen a moment after QEMU looked at its clock; that must not make it a period. */
function endTimeOf({ isPeriod, endTimeMs, timeMs, periodStartMs }: TraceSync): bigint {
  if (endTimeMs !== null) return endTimeMs;
  const latest = periodStartMs + PERIOD_MS;
  return !isPeriod && timeMs > latest ? latest : timeMs;
}
