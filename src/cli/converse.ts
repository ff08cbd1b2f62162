import type { LineShell } from "../terminal/line-shell.js";
import { Terminal } from "../terminal/terminal.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { lineHistory } from "./line-history.js";

interface Conversation {
  readonly shell: LineShell;
  /** Name of the file that keeps the lines. */
  readonly historyName: string;
  /** What stands above the first prompt. */
  readonly greeting: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is given the terminal before the first line. */
  readonly onOpen?: (terminal: Terminal) => void;
}

/** Whether somebody sits there: lines are typed, and what comes of them is seen. */
export function isInteractive({ stdin, stdout }: CliContext): boolean {
  return stdin.isTTY === true && stdout.isTTY === true;
}

/** A conversation on the terminal, with the history of earlier ones. */
export async function converse(
  { shell, historyName, greeting, signal, onOpen }: Conversation,
  context: CliContext,
): Promise<ExitStatus> {
  const { stdin, stdout, env, color } = context;
  const history = lineHistory(historyName, env);
  const terminal = new Terminal({
    input: stdin,
    output: stdout,
    shell,
    greeting,
    color: color(stdout),
    history: await history.read(),
    remember: history.add,
    signal,
  });
  onOpen?.(terminal);
  await terminal.converse();
  return context.signal.aborted ? ExitStatus.interrupted : ExitStatus.ok;
}
