import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { LineShell } from "./line-shell.js";

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly shell: LineShell;
  /** Lines of earlier conversations, the latest first. */
  readonly history?: readonly string[];
  /** Ends the conversation. */
  readonly signal?: AbortSignal;
  /** Runs a line that is not the shell's, with the terminal to itself; false where it is. */
  readonly runSpecial?: (line: string) => Promise<boolean>;
}

const maxHistory = 1000;
const clearLine = "\r\x1b[K";

/** A conversation on a terminal: prompt, editing, history, completion, and notices between the lines. */
export class Terminal {
  private readonly editor: Interface;
  private history: readonly string[];
  /** Whether the prompt stands there, to be drawn again after a notice. */
  private isPrompting = false;

  constructor(private readonly options: TerminalOptions) {
    const { input, output, shell, history = [] } = options;
    this.history = history;
    this.editor = createInterface({
      input,
      output,
      terminal: true,
      prompt: shell.prompt,
      history: [...history],
      historySize: maxHistory,
      removeHistoryDuplicates: true,
      completer: (line: string) => {
        const { candidates, typed } = shell.complete(line);
        const [only] = candidates;
        const isOnlyOne = candidates.length === 1 && only !== undefined;
        return [isOnlyOne && !/[=.]$/.test(only) ? [`${only} `] : [...candidates], typed];
      },
    });
    this.editor.on("history", (lines: string[]) => {
      this.history = [...lines];
    });
    // Ctrl-C drops the line.
    this.editor.on("SIGINT", () => {
      this.editor.write(null, { ctrl: true, name: "e" });
      this.editor.write(null, { ctrl: true, name: "u" });
      output.write("\n");
      this.ask();
    });
  }

  /**
   * Answers lines until the user leaves or the signal is given.
   *
   * @returns the history, the latest line first
   */
  async converse(): Promise<readonly string[]> {
    const { shell, output, signal, runSpecial } = this.options;
    const close = (): void => {
      this.editor.close();
    };
    signal?.addEventListener("abort", close);
    this.ask();
    for await (const line of this.editor) {
      this.isPrompting = false;
      if ((await runSpecial?.(line)) === true) {
        // The key that ended it is no part of the next line.
        this.editor.write(null, { ctrl: true, name: "u" });
      } else {
        const { output: text, ended = false } = await shell.run(line);
        output.write(text);
        if (ended) break;
      }
      if (signal?.aborted === true) break;
      this.ask();
    }
    if (this.isPrompting) output.write("\n");
    signal?.removeEventListener("abort", close);
    this.editor.close();
    return this.history;
  }

  /** Writes a text above the line that is being edited. */
  notice(text: string): void {
    const { output } = this.options;
    if (!this.isPrompting) {
      output.write(text);
      return;
    }
    output.write(clearLine + text);
    this.editor.prompt(true);
  }

  /** Resolves when any key is pressed. */
  nextKey(): Promise<void> {
    return new Promise((resolve) => {
      this.options.input.once("keypress", () => {
        resolve();
      });
    });
  }

  private ask(): void {
    this.isPrompting = true;
    this.editor.prompt();
  }
}
