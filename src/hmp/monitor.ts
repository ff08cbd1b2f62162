import { hmpCommands } from "../../generated/hmp/index.js";
import type { Machine } from "../migration/machine.js";
import { decodeKeepingBytes, encodeModifiedUtf8 } from "../qmp/wire/modified-utf8.js";
import { initialFormat } from "./args/print-format.js";
import { type Arguments, readArguments } from "./args/read-arguments.js";
import type { ArgumentEnvironment } from "./args/reader.js";
import type { MonitorContext } from "./commands/handler.js";
import { type FoundHandler, findHandler } from "./commands/index.js";
import type { LineResult } from "../util/line-result.js";
import { isMonitorRefusal } from "../util/monitor-refusal.js";
import { ArgumentError } from "./argument-error.js";
import { errorText } from "./error-text.js";
import { noRegisters } from "./expression/evaluate.js";
import { Cursor } from "./line/cursor.js";
import type { HmpCommand } from "../visitor/hmp-command.js";
import { findCommand } from "./table/find-command.js";
import { inPreconfig, isInPreconfig, resolveTable } from "./table/command-table.js";

/** What a monitor stands in front of. */
export interface MonitorOptions {
  readonly machine: Machine;
  /** Whether a command may keep the next line waiting, as `migrate` without `-d` does; default true. */
  readonly canWait?: boolean;
  /** Called when a line ends the emulator. */
  readonly onQuit?: () => void;
}

/** A human monitor: one line in, text out. */
export class Monitor {
  /** Lines entered at a prompt, the oldest first: whoever reads them adds them. */
  readonly history: string[] = [];
  /** The commands it has. */
  readonly table: readonly HmpCommand[];
  readonly machine: Machine;
  private readonly environment: ArgumentEnvironment;

  constructor(private readonly options: MonitorOptions) {
    this.machine = options.machine;
    const { profile } = options.machine;
    this.table = resolveTable(hmpCommands, profile.defines);
    this.environment = {
      registers: noRegisters,
      optionLists: new Map(),
      remembered: initialFormat(),
      sizeGrammar: profile.sizeGrammar,
    };
  }

  /** Runs one line and gives what is printed; a promise only when the line keeps the monitor waiting. */
  run(line: string): LineResult | Promise<LineResult> {
    return this.machine.command(() => this.execute(line));
  }

  /**
   * Whether it has what a line asks for, or the line asks for nothing. It has a part of QEMU's commands, and so
   * not what `help`, and `info` by itself, say of them all.
   */
  knows(line: string): boolean {
    const found = findCommand(new Cursor(encodeModifiedUtf8(line)), this.table);
    if (found.kind !== "command") return found.kind === "blank";
    const { names, subTable } = found.command;
    return !names.includes("help") && subTable === undefined && findHandler(found.path) !== undefined;
  }

  private execute(line: string): LineResult | Promise<LineResult> {
    const output: string[] = [];
    const done = (): LineResult => {
      const text = output.join("");
      return { output: text, failed: isMonitorRefusal(text) };
    };
    const fail = (error: unknown): LineResult => {
      const text = errorText(error);
      if (text === undefined) throw error;
      return { output: output.join("") + text, failed: true };
    };

    const read = this.read(line);
    if (typeof read === "string") return { output: read, failed: read !== "" };
    try {
      const waiting = read.handler(this.context(output), read.args as never);
      return waiting === undefined ? done() : waiting.then(done, fail);
    } catch (error) {
      return fail(error);
    }
  }

  /** The command a line asks for and its arguments; or what there is to say instead. */
  private read(line: string): { handler: FoundHandler; args: Arguments } | string {
    const cursor = new Cursor(encodeModifiedUtf8(line));
    const found = findCommand(cursor, this.table);
    if (found.kind === "blank") return "";
    if (found.kind === "unknown") return `unknown command: '${decodeKeepingBytes(found.typed)}'\n`;
    const typed = decodeKeepingBytes(cursor.bytes.slice(0, cursor.at)).trimEnd();
    if (this.machine.isPreconfig && !found.path.every(isInPreconfig)) {
      return `Command '${typed}' not available until machine initialization has completed.\n`;
    }
    const handler = findHandler(found.path);
    if (handler === undefined) return `Command "${typed}" is not available.\n`;
    try {
      return { handler, args: readArguments(cursor, found.command, this.environment) };
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      return `${error.message}${error.lineEnd}Try "help ${typed}" for more information\n`;
    }
  }

  private context(output: string[]): MonitorContext {
    const { canWait = true, onQuit = () => undefined } = this.options;
    const print = (text: string): void => {
      output.push(text);
    };
    return {
      machine: this.machine,
      table: this.machine.isPreconfig ? inPreconfig(this.table) : this.table,
      history: this.history,
      canWait,
      print,
      report: (text) => {
        print(`${text}\n`);
      },
      quit: onQuit,
    };
  }
}
