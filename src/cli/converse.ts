import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Monitor } from "../hmp/monitor.js";
import { converse as converseOn } from "../hmp/terminal/converse.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";

/** A conversation on the terminal, with the history of earlier ones. */
export async function converse(
  monitor: Monitor,
  { stdin, stdout, env, color }: CliContext,
  hasQuit: () => boolean,
): Promise<ExitStatus> {
  const file = historyFile(env);
  const history = await converseOn({
    input: stdin,
    output: stdout,
    monitor,
    hasQuit,
    color: color(stdout),
    history: file === undefined ? [] : await readHistory(file),
  });
  if (file !== undefined) await writeHistory(file, history);
  return ExitStatus.ok;
}

/** Where lines are kept: `QAPI_HISTORY`, where an empty one means nowhere, or the usual place for state. */
function historyFile(env: CliContext["env"]): string | undefined {
  const chosen = env["QAPI_HISTORY"];
  if (chosen !== undefined) return chosen === "" ? undefined : chosen;
  const state = env["XDG_STATE_HOME"];
  return join(
    state === undefined || state === "" ? join(homedir(), ".local", "state") : state,
    "qapi",
    "hmp-history",
  );
}

/** The lines kept, the latest first; the file has the latest last. */
async function readHistory(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .reverse();
}

/** A history that cannot be kept is no reason to fail. */
async function writeHistory(file: string, history: readonly string[]): Promise<void> {
  const text = [...history]
    .reverse()
    .map((line) => `${line}\n`)
    .join("");
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    .then(() => writeFile(file, text, { mode: 0o600 }))
    .catch(() => undefined);
}
