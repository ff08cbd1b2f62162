import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { createMonitor } from "qapi-ts/hmp";
import type { CreateMonitorOptions } from "qapi-ts/hmp";
import { LocalMonitor } from "../../src/shell/local-monitor.js";
import type { LineShell } from "../../src/terminal/line-shell.js";
import { Terminal, type TerminalOptions } from "../../src/terminal/terminal.js";

export const ctrl = { a: "\x01", c: "\x03", d: "\x04", g: "\x07", r: "\x12", u: "\x15" };

/** Our monitor at a prompt. */
export function localMonitor(options: CreateMonitorOptions = {}): LocalMonitor {
  let hasQuit = false;
  const monitor = createMonitor({
    ...options,
    onQuit: () => {
      hasQuit = true;
    },
  });
  return new LocalMonitor(monitor, () => hasQuit);
}

/** Someone at a terminal, of 100 by 10 unless it is said otherwise, who types and sees. */
export class Person {
  private readonly input = new PassThrough();
  private readonly output: PassThrough & { rows: number; columns: number };
  private seen = "";
  readonly terminal: Terminal;
  readonly history: Promise<readonly string[]>;

  constructor(
    shell: LineShell,
    {
      columns = 100,
      rows = 10,
      ...options
    }: Partial<TerminalOptions> & { columns?: number; rows?: number } = {},
  ) {
    this.output = Object.assign(new PassThrough({ encoding: "utf8" }), { rows, columns });
    this.output.on("data", (text: string) => (this.seen += text));
    this.terminal = new Terminal({ input: this.input, output: this.output, shell, ...options });
    this.history = this.terminal.converse();
  }

  /** Types keys, one after the other, and returns what appears, colours and cursor movements left out. */
  async type(...keys: string[]): Promise<string> {
    this.seen = "";
    for (const key of keys) {
      this.input.write(key);
      await this.wait();
    }
    return this.look();
  }

  async wait(): Promise<void> {
    for (let i = 0; i < 20; i++) await turn();
  }

  resize(columns: number, rows: number): void {
    Object.assign(this.output, { columns, rows });
    this.output.emit("resize");
  }

  /** The terminal goes away. */
  hangUp(): void {
    this.input.end();
  }

  /** What has appeared since the last keys were typed. */
  look(): string {
    // eslint-disable-next-line no-control-regex -- escape sequences begin with one
    return this.raw().replace(/\x1b\[[?0-9;]*[A-Za-z]/g, "");
  }

  raw(): string {
    return this.seen;
  }
}
