import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Lines that were typed, kept from one run to the next. */
export interface LineHistory {
  /** The lines kept, the latest first. */
  read(): Promise<readonly string[]>;
  write(lines: readonly string[]): Promise<void>;
}

/**
 * The history of one kind of prompt: in the folder that `QAPI_HISTORY` names, where an empty name means
 * nowhere, or in the usual place for state. One that cannot be read or kept is no reason to fail.
 *
 * @param name of its file: `qmp-history`
 */
export function lineHistory(name: string, env: Readonly<Record<string, string | undefined>>): LineHistory {
  const file = historyFile(name, env);
  if (file === undefined) return { read: () => Promise.resolve([]), write: () => Promise.resolve() };
  return {
    async read() {
      const text = await readFile(file, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .reverse();
    },
    async write(lines) {
      const text = [...lines].reverse().map((line) => `${line}\n`);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        .then(() => writeFile(file, text.join(""), { mode: 0o600 }))
        .catch(() => undefined);
    },
  };
}

function historyFile(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const chosen = env["QAPI_HISTORY"];
  if (chosen === "") return undefined;
  if (chosen !== undefined) return join(chosen, name);
  const state = env["XDG_STATE_HOME"];
  const folder = state === undefined || state === "" ? join(homedir(), ".local", "state") : state;
  return join(folder, "qapi", name);
}
