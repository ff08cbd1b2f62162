import { appendFileSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { MAX_HISTORY } from "../terminal/terminal.js";
import { replaceFile } from "./replace-file.js";

/** Lines that were typed, kept from one run to the next. */
interface LineHistory {
  /** The lines kept, the latest first, none twice. */
  read(): Promise<readonly string[]>;
  /** Keeps a line. It is kept when this returns, whatever ends the process then. */
  readonly add: (line: string) => void;
}

/**
 * The history of one kind of prompt: in the folder that `QAPI_HISTORY` names, where an empty name means
 * nowhere, or in the usual place for state. One that cannot be read or kept is no reason to fail. Prompts at
 * the same time share it.
 *
 * @param name of its file: `qmp-history`
 */
export function lineHistory(name: string, env: Readonly<Record<string, string | undefined>>): LineHistory {
  const file = historyFile(name, env);
  if (file === undefined) return { read: () => Promise.resolve([]), add: () => undefined };
  return {
    async read() {
      const all = (await readFile(file, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
      const lines = [...new Set(all.reverse())].slice(0, MAX_HISTORY);
      if (all.length > 2 * MAX_HISTORY)
        tried(() => {
          replaceFile(file, [...lines].reverse().join("\n") + "\n");
        });
      return lines;
    },
    add(line) {
      tried(() => {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, `${line}\n`, { mode: 0o600 });
      });
    },
  };
}

function tried(work: () => void): void {
  try {
    work();
  } catch {
    // A history is a convenience.
  }
}

function historyFile(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const chosen = env["QAPI_HISTORY"];
  if (chosen === "") return undefined;
  if (chosen !== undefined) return join(chosen, name);
  const state = env["XDG_STATE_HOME"];
  const folder = state === undefined || state === "" ? join(homedir(), ".local", "state") : state;
  return join(folder, "qapi", name);
}
