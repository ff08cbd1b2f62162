import type { Monitor } from "../hmp/monitor.js";
import { converse as converseOn } from "../hmp/terminal/converse.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { lineHistory } from "./line-history.js";

/** A conversation on the terminal, with the history of earlier ones. */
export async function converse(
  monitor: Monitor,
  { stdin, stdout, env, color }: CliContext,
  hasQuit: () => boolean,
): Promise<ExitStatus> {
  const history = lineHistory("hmp-history", env);
  const lines = await converseOn({
    input: stdin,
    output: stdout,
    monitor,
    hasQuit,
    color: color(stdout),
    history: await history.read(),
  });
  await history.write(lines);
  return ExitStatus.ok;
}
