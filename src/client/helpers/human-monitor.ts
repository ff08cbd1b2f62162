import { QmpProtocolError } from "../errors.js";
import type { WaitOptions } from "../types.js";
import type { Commander } from "./commander.js";

/**
 * Runs a line of QEMU's human monitor.
 *
 * @returns what it printed, lines ended by `\n`; errors of the line are part of it
 */
export async function humanMonitor(
  client: Commander,
  line: string,
  options: WaitOptions = {},
): Promise<string> {
  const output = await client.executeRaw("human-monitor-command", { "command-line": line }, options);
  if (typeof output !== "string") throw new QmpProtocolError("human-monitor-command returned no text");
  return output.replaceAll("\r\n", "\n");
}
