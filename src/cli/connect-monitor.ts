import { LiveMonitor } from "../shell/live-monitor.js";
import type { CliContext } from "./context.js";
import { converse, isInteractive } from "./converse.js";
import { ExitStatus } from "./exit-status.js";
import { askSchema, greetingOf, runLines, withClient, type ConnectionOptions } from "./live-client.js";

interface ConnectMonitorOptions extends ConnectionOptions {
  /** Lines to run in place of reading them; they decide the exit status, lines from stdin do not. */
  readonly command?: readonly string[];
}

/** `qapi hmp --connect ADDRESS`: the monitor of a live QEMU, through its QMP socket. */
export function connectMonitor(
  address: string,
  { command: lines, wait }: ConnectMonitorOptions,
  context: CliContext,
): Promise<ExitStatus> {
  // A line of the monitor may take its time: savevm, migrate.
  const options = { timeout: Infinity, ...(wait !== undefined && { waitFor: wait }) };
  return withClient(address, options, context, async (client, closed) => {
    const isTyped = lines === undefined && isInteractive(context);
    // What can be completed is of interest to people only.
    const shell = await LiveMonitor.open(client, isTyped ? await askSchema(client, context) : undefined);
    if (isTyped) {
      const signal = AbortSignal.any([context.signal, closed]);
      const greeting = greetingOf(client);
      return converse({ shell, historyName: "hmp-history", greeting, signal }, context);
    }
    const isWell = await runLines(shell, lines, context, closed);
    if (context.signal.aborted) return ExitStatus.interrupted;
    return isWell || lines === undefined ? ExitStatus.ok : ExitStatus.failed;
  });
}
