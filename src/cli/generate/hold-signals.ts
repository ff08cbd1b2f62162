import process from "node:process";
import { setImmediate } from "node:timers/promises";

const heldSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does something that must not be left half done: a signal that would end the process has its effect
 * when the work is over. At all other times signals are the system's, so that a run that computes
 * ends at once.
 *
 * @param work runs without giving way to other work
 */
export async function holdSignals<T>(work: () => T): Promise<T> {
  let held: (typeof heldSignals)[number] | undefined;
  const hold = (signal: (typeof heldSignals)[number]): void => {
    held ??= signal;
  };
  for (const signal of heldSignals) process.on(signal, hold);
  try {
    return work();
  } finally {
    // Signals are told of when the event loop turns; the second turn is for those of the first.
    await setImmediate();
    await setImmediate();
    for (const signal of heldSignals) process.off(signal, hold);
    if (held !== undefined) {
      process.kill(process.pid, held);
      // It arrives in a moment, and nothing else shall begin until then.
      await setImmediate();
    }
  }
}
