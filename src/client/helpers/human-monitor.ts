import type { LineResult } from "../../util/line-result.js";
import { isMonitorRefusal } from "../../util/monitor-refusal.js";
import { QmpProtocolError } from "../errors.js";
import type { WaitOptions } from "../types.js";
import type { Commander } from "./commander.js";

/**
 * Runs a line of QEMU's human monitor.
 *
 * @returns what it printed, and whether the monitor refused the line, as far as can be told from that
 * @throws {QmpError} when there is no human monitor
 * @throws as the client's `execute` does when there is no answer
 */
export async function humanMonitor(
  client: Commander,
  line: string,
  options: WaitOptions = {},
): Promise<LineResult> {
  const printed = await client.executeRaw("human-monitor-command", { "command-line": line }, options);
  if (typeof printed !== "string") throw new QmpProtocolError("human-monitor-command returned no text");
  const output = printed.replaceAll("\r\n", "\n");
  return { output, failed: isMonitorRefusal(output) };
}
