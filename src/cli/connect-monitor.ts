import type { QmpClient } from "../client/index.js";
import { MonitorShell } from "../shell/monitor-shell.js";
import { Terminal } from "../shell/terminal.js";
import { watchMigration } from "../shell/watch-migration.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { lineHistory } from "./line-history.js";
import { askSchema, runLines, withClient } from "./live-client.js";

/**
 * `qapi hmp --connect ADDRESS`: the monitor of a live QEMU, through its QMP socket.
 *
 * @param lines to run in place of reading them; they decide the exit status, lines from stdin do not
 */
export function connectMonitor(
  address: string,
  lines: readonly string[] | undefined,
  context: CliContext,
): Promise<ExitStatus> {
  // A line of the monitor may take its time: savevm, migrate.
  const options = { timeout: Infinity };
  return withClient(address, options, context, async (client, closed) => {
    const shell = await MonitorShell.open(client, await askSchema(client));
    const { stdin, stdout } = context;
    if (lines === undefined && stdin.isTTY === true && stdout.isTTY === true)
      return converse(shell, client, context, closed);
    const isWell = await runLines(shell, lines, context, closed);
    if (context.signal.aborted) return ExitStatus.interrupted;
    return isWell || lines === undefined ? ExitStatus.ok : ExitStatus.failed;
  });
}

async function converse(
  shell: MonitorShell,
  client: QmpClient,
  { stdin, stdout, env }: CliContext,
  closed: AbortSignal,
): Promise<ExitStatus> {
  const history = lineHistory("hmp-history", env);
  const terminal: Terminal = new Terminal({
    input: stdin,
    output: stdout,
    shell,
    history: await history.read(),
    signal: closed,
    runSpecial: async (line) => {
      if (line.trim() !== "watch migrate") return false;
      await watchMigration(client, (text) => stdout.write(text), terminal.nextKey());
      return true;
    },
  });
  await history.write(await terminal.converse());
  return ExitStatus.ok;
}
