import { createInterface, type Interface } from "node:readline";
import { escapeControls } from "../util/escape-controls.js";
import { searchHistory } from "./history-search.js";
import { Keyboard, type TerminalInput } from "./keyboard.js";
import type { LineShell, ShellResult } from "./line-shell.js";
import { page } from "./page.js";
import type { TerminalOutput } from "./screen.js";
import { watchMigration } from "./watch.js";

export interface TerminalOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly shell: LineShell;
  /** Lines of earlier conversations, the latest first. */
  readonly history?: readonly string[];
  /** Told of each line as it is entered. */
  readonly remember?: (line: string) => void;
  /** What stands above the first prompt. */
  readonly greeting?: string;
  /** Whether hints may be dimmed. */
  readonly color?: boolean;
  /** Ends the conversation. */
  readonly signal?: AbortSignal;
}

/** So many lines can be called back. */
export const MAX_HISTORY = 1000;

/** How long a line may take to be answered once the conversation is to end, in ms. */
const PATIENCE_MS = 100;

/**
 * A conversation on a terminal: prompt, editing, history and search through it (Ctrl-R), completion, hints,
 * long output by the screen, `watch migrate`, and notices between the lines. Ctrl-C drops the line, or lets go
 * of a command that keeps the prompt waiting; Ctrl-D leaves.
 */
export class Terminal {
  private readonly keyboard: Keyboard;
  private readonly editor: Interface;
  private history: readonly string[];
  /** Whether the prompt stands there, to be drawn again after a notice. */
  private isPrompting = false;
  /** Whether something else than lines has the screen: a pager, a search, a display. */
  private isScreenTaken = false;
  /** What was to be said meanwhile. */
  private notices = "";
  private onInterrupt: () => void = () => undefined;

  constructor(private readonly options: TerminalOptions) {
    const { input, output, shell, history = [] } = options;
    this.history = history;
    this.keyboard = new Keyboard(input);
    this.editor = createInterface({
      input: this.keyboard,
      output,
      terminal: true,
      prompt: shell.prompt,
      history: [...history],
      historySize: MAX_HISTORY,
      removeHistoryDuplicates: true,
      completer: (line: string) => this.complete(line),
    });
    this.editor.on("history", (lines: string[]) => {
      this.history = [...lines];
    });
    this.editor.on("SIGINT", () => {
      this.replaceLine("");
      output.write("\n");
      this.editor.prompt();
    });
    this.keyboard.onSearch = () => void this.search();
    this.keyboard.onInterrupt = () => {
      this.onInterrupt();
    };
  }

  /**
   * Answers lines until the user leaves, a line ends it or the signal is given.
   *
   * @returns the history, the latest line first
   */
  async converse(): Promise<readonly string[]> {
    const { output, greeting, signal } = this.options;
    if (greeting !== undefined) output.write(`${greeting}\n`);
    try {
      await this.answerLines(signal ?? new AbortController().signal);
    } finally {
      this.editor.close();
      this.keyboard.detach();
    }
    const last = this.options.shell.end?.();
    if (last !== undefined) output.write(escapeControls(last.output));
    return this.history;
  }

  /** Writes a text above the line that is being edited, or at once while an answer is waited for. */
  notice(text: string): void {
    const shown = escapeControls(text);
    if (this.isScreenTaken) {
      this.notices += shown;
      return;
    }
    if (!this.isPrompting) {
      this.options.output.write(shown);
      return;
    }
    // A long line stands on several rows; the editor goes back up over as many when it draws it again.
    const { rows } = this.editor.getCursorPos();
    const up = rows > 0 ? `\x1b[${rows}A` : "";
    this.options.output.write(`${up}\r\x1b[J${shown}${"\n".repeat(rows)}`);
    this.editor.prompt(true);
  }

  private answerLines(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      // Where a line is being answered, that is seen to its end.
      const leave = (): void => {
        if (!this.isPrompting) return;
        this.options.output.write("\n");
        this.isPrompting = false;
        finish();
      };
      const onLine = async (line: string): Promise<void> => {
        const isOver = await this.answer(line, signal);
        if (isOver || signal.aborted) finish();
        else this.ask();
      };
      this.editor.on("line", (line) => {
        this.isPrompting = false;
        this.keyboard.hold();
        onLine(line).catch(reject);
      });
      // Ctrl-D, or the end of the terminal.
      this.editor.on("close", leave);
      signal.addEventListener("abort", leave, { once: true });
      if (signal.aborted) finish();
      else this.ask();
    });
  }

  private ask(): void {
    this.isPrompting = true;
    this.editor.setPrompt(this.options.shell.prompt);
    this.editor.prompt();
    this.keyboard.release();
  }

  /** @returns whether it was the last line */
  private async answer(line: string, signal: AbortSignal): Promise<boolean> {
    const { shell, output, remember } = this.options;
    if (line.trim() !== "") remember?.(line);
    const figures = shell.watch?.(line);
    if (figures !== undefined) {
      await this.withScreen(() => watchMigration(figures, output, this.keyboard, signal));
      return false;
    }
    const result = await this.outcome(shell.run(line), signal);
    if (result === undefined) return false;
    await this.show(line, result);
    return result.ended === true;
  }

  /** What a line came to; undefined where Ctrl-C or the signal did not let it come to anything. */
  private async outcome(
    running: ShellResult | Promise<ShellResult>,
    signal: AbortSignal,
  ): Promise<ShellResult | undefined> {
    const letGo = new AbortController();
    this.onInterrupt = () => {
      this.options.output.write("\n");
      letGo.abort();
    };
    // What ends a connection settles the command that was under way, too, if it is let.
    const stop = (): void => {
      setTimeout(() => {
        letGo.abort();
      }, PATIENCE_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    const givenUp = new Promise<undefined>((resolve) => {
      letGo.signal.addEventListener("abort", () => {
        resolve(undefined);
      });
    });
    try {
      return await Promise.race([running, givenUp]);
    } finally {
      signal.removeEventListener("abort", stop);
      this.onInterrupt = () => undefined;
    }
  }

  private async show(line: string, { output: text, failed }: ShellResult): Promise<void> {
    const { shell, output, color = false } = this.options;
    const shown = escapeControls(text);
    if (shell.isForPrograms === true) output.write(shown);
    else await this.withScreen(() => page(shown, output, this.keyboard));
    const hint = failed ? shell.hint(line) : undefined;
    if (hint !== undefined) output.write(color ? `\x1b[2m${hint}\x1b[22m\n` : `${hint}\n`);
  }

  /** In the order of QEMU's own lists; the only one that fits is followed by a blank, unless it goes on. */
  private complete(line: string): [string[], string] {
    const { candidates, typed } = this.options.shell.complete(line);
    const sorted = [...new Set(candidates)].sort();
    const [only] = sorted;
    if (sorted.length === 1 && only !== undefined) return [[/[=.:]$/.test(only) ? only : `${only} `], typed];
    return [sorted, typed];
  }

  private async search(): Promise<void> {
    const { output } = this.options;
    const found = await this.withScreen(() => searchHistory(this.history, output, this.keyboard));
    if (found !== undefined) this.replaceLine(found.line);
    this.editor.prompt(true);
    if (found !== undefined && found.key !== "\x1b") this.keyboard.unread(found.key);
  }

  /** Does what has the screen to itself; what is to be said meanwhile is said after it. */
  private async withScreen<T>(use: () => Promise<T>): Promise<T> {
    this.isScreenTaken = true;
    try {
      return await use();
    } finally {
      this.isScreenTaken = false;
      this.options.output.write(this.notices);
      this.notices = "";
    }
  }

  private replaceLine(line: string): void {
    this.editor.write(null, { ctrl: true, name: "e" });
    this.editor.write(null, { ctrl: true, name: "u" });
    if (line !== "") this.editor.write(line);
  }
}
