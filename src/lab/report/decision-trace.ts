import type { Writable } from "node:stream";
import { ScenarioError } from "../../migration/simulator/scenario.js";
import type { SyncOutcome } from "../../migration/throttle/auto-converge.js";

/** A sync and what the throttle made of it. */
interface TracedSync {
  readonly sync: number;
  /** Since the start, in ms. */
  readonly timeMs: bigint;
  readonly outcome: SyncOutcome | null;
}

/**
 * A line per decision, under the name of QEMU's trace point:
 *
 *     migration_throttle sync=3 time=6306ms dirty=49926144 threshold=25011959 percentage=0->20
 */
function decisionTrace(syncs: readonly TracedSync[]): string {
  let before = 0;
  let lines = "";
  for (const { sync, timeMs, outcome } of syncs) {
    if (outcome?.fired !== true) continue;
    const { bytesDirtyPeriod, bytesDirtyThreshold, percentage } = outcome;
    lines +=
      `migration_throttle sync=${sync} time=${timeMs}ms dirty=${bytesDirtyPeriod ?? 0n} ` +
      `threshold=${bytesDirtyThreshold ?? 0n} percentage=${before}->${percentage}\n`;
    before = percentage;
  }
  return lines;
}

/**
 * Writes the decisions to `stream` if the trace point asked for is theirs.
 *
 * @throws ScenarioError if another is asked for
 */
export function tellDecisions(
  point: string | undefined,
  syncs: readonly TracedSync[],
  stream: Writable,
): void {
  if (point === undefined) return;
  if (point !== "migration_throttle") {
    throw new ScenarioError(`'${point}' is not a trace point: migration_throttle`);
  }
  stream.write(decisionTrace(syncs));
}
