import { createInterface, type Interface } from "node:readline";
import type { LineResult, Monitor } from "../monitor.js";
import { completeLine } from "./complete.js";
import { hintFor } from "./hint.js";
import { searchHistory } from "./history-search.js";
import { Keyboard, type TerminalInput } from "./keyboard.js";
import { page, type TerminalOutput } from "./page.js";
import { watchMigrate } from "./watch-migrate.js";

export interface ConverseOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly monitor: Monitor;
  /** Whether a line has ended the emulator. */
  readonly hasQuit: () => boolean;
  /** Whether hints may be dimmed. */
  readonly color: boolean;
  /** Lines of earlier conversations, the latest first. */
  readonly history?: readonly string[];
}

/** How many lines a history keeps. */
const maxHistory = 1000;

/**
 * A conversation with the monitor on a terminal: prompt, editing, history and search through it,
 * completion, hints, pages of help, `watch migrate`. Ctrl-C drops the line, or lets go of a command that
 * keeps the monitor waiting; Ctrl-D leaves.
 *
 * @returns the history at the end, the latest line first
 */
export async function converse(options: ConverseOptions): Promise<readonly string[]> {
  const { input, output, monitor } = options;
  const { major, minor, micro } = monitor.machine.profile.version;
  const keyboard = new Keyboard(input);
  let history = options.history ?? [];
  const terminal = createInterface({
    input: keyboard,
    output,
    terminal: true,
    prompt: "(qemu) ",
    history: [...history],
    historySize: maxHistory,
    removeHistoryDuplicates: true,
    completer: (line: string) => {
      const { candidates, typed } = completeLine(line, monitor.table, monitor.machine);
      return [candidates.length === 1 ? [`${candidates[0] ?? ""} `] : [...candidates], typed];
    },
  });
  terminal.on("history", (lines: string[]) => {
    history = [...lines];
  });
  keyboard.onSearch = () => void search(terminal, history, output, keyboard);

  output.write(`QEMU ${major}.${minor}.${micro} monitor - type 'help' for more information\n`);
  try {
    await answerLines(terminal, keyboard, options);
  } finally {
    terminal.close();
    input.unpipe(keyboard);
    input.pause();
  }
  return history;
}

async function answerLines(terminal: Interface, keyboard: Keyboard, options: ConverseOptions): Promise<void> {
  const { monitor, output, hasQuit } = options;
  let letGo: () => void = () => undefined;
  terminal.on("SIGINT", () => {
    letGo();
    replaceLine(terminal, "");
    output.write("\n");
    terminal.prompt();
  });
  terminal.prompt();
  for await (const line of terminal) {
    remember(monitor.history, line);
    if (line.trim() === "watch migrate") {
      await watchMigrate(monitor.machine, output, keyboard);
    } else {
      const interrupted = new Promise<undefined>((resolve) => {
        letGo = () => {
          resolve(undefined);
        };
      });
      const result = await Promise.race([monitor.run(line), interrupted]);
      if (result !== undefined) await show(line, result, keyboard, options);
    }
    if (hasQuit()) return;
    terminal.prompt();
  }
  // Ctrl-D leaves the prompt standing.
  output.write("\n");
}

/** Notes a line, once: an earlier one that is the same gives way (QEMU `readline_hist_add`). */
function remember(history: string[], line: string): void {
  if (line === "") return;
  const earlier = history.indexOf(line);
  if (earlier >= 0) history.splice(earlier, 1);
  history.push(line);
}

async function show(
  line: string,
  { output: text, failed }: LineResult,
  keyboard: Keyboard,
  { monitor, output, color }: ConverseOptions,
): Promise<void> {
  if (/^\s*(help|\?|info\s*$)/.test(line)) await page(text, output, keyboard);
  else output.write(text);
  const hint =
    failed || text.startsWith("unknown command") ? hintFor(line, monitor.table, monitor.machine) : undefined;
  if (hint !== undefined) output.write(color ? `\x1b[2m${hint}\x1b[22m\n` : `${hint}\n`);
}

async function search(
  terminal: Interface,
  history: readonly string[],
  output: TerminalOutput,
  keyboard: Keyboard,
): Promise<void> {
  const found = await searchHistory(history, output, keyboard);
  if (found !== undefined) replaceLine(terminal, found.line);
  terminal.prompt(true);
  if (found?.submit === true) terminal.write(null, { name: "return" });
}

function replaceLine(terminal: Interface, line: string): void {
  terminal.write(null, { ctrl: true, name: "e" });
  terminal.write(null, { ctrl: true, name: "u" });
  if (line !== "") terminal.write(line);
}
