import { createInterface } from "node:readline";
import { createMonitor } from "../../hmp/create-monitor.js";
import type { Monitor } from "../../hmp/monitor.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { describeMachineError, machineSettings, type MachineOptions } from "../machine-settings.js";

export interface HmpOptions extends MachineOptions {
  /** Lines to run instead of reading them. */
  readonly command?: readonly string[];
}

/**
 * `qapi hmp`: sit at a monitor. On a terminal there is a prompt; otherwise the output is what the monitor
 * prints and nothing else. Lines given with `-c` decide the exit status, lines from stdin do not.
 */
export async function hmp(options: HmpOptions, context: CliContext): Promise<ExitStatus> {
  const quit = new AbortController();
  let monitor: Monitor;
  try {
    monitor = createMonitor({
      ...machineSettings(options, context),
      onQuit: () => {
        quit.abort();
      },
    });
  } catch (error) {
    const { message, status } = describeMachineError(error);
    context.stderr.write(`qapi: ${message}\n`);
    return status;
  }

  const { command, stdin, stdout, signal } = { ...options, ...context };
  if (command === undefined && stdin.isTTY === true && stdout.isTTY === true) {
    const { converse } = await import("../converse.js");
    return converse(monitor, context, () => quit.signal.aborted);
  }
  let status: ExitStatus = ExitStatus.ok;
  for await (const line of command ?? createInterface({ input: stdin, crlfDelay: Infinity, signal })) {
    if (signal.aborted) break;
    const { output, failed } = await monitor.run(line);
    stdout.write(output);
    if (failed && command !== undefined) status = ExitStatus.failed;
    if (quit.signal.aborted) break;
  }
  return signal.aborted ? ExitStatus.interrupted : status;
}
