import { isMonitorRefusal } from "../../util/monitor-refusal.js";
import { QmpProtocolError } from "../errors.js";
import type { WaitOptions } from "../types.js";
import type { Commander } from "./commander.js";

/** What a line of the human monitor came to. */
export interface HumanMonitorResult {
  /** What it printed, lines ended by `\n`; why it was refused is part of it. */
  readonly output: string;
  /** Whether the monitor refused the line, as far as can be told from what it printed. */
  readonly failed: boolean;
}

/**
 * Runs a line of QEMU's human monitor.
 *
 * @throws {QmpError} when there is no human monitor
 * @throws as the client's `execute` does when there is no answer
 */
export async function humanMonitor(
  client: Commander,
  line: string,
  options: WaitOptions = {},
): Promise<HumanMonitorResult> {
  const printed = await client.executeRaw("human-monitor-command", { "command-line": line }, options);
  if (typeof printed !== "string") throw new QmpProtocolError("human-monitor-command returned no text");
  const output = printed.replaceAll("\r\n", "\n");
  return { output, failed: isMonitorRefusal(output) };
}
