import type { QmpClient } from "../client/qmp-client.js";
import { QmpConnectionError, QmpError, QmpTimeoutError } from "../client/errors.js";
import type { QmpEvent } from "../client/types.js";
import { writeJson, type JsonObject, type JsonValue } from "../json/index.js";
import type { LiveQapi } from "../live-schema/live-qapi.js";
import type { Completion, LineShell, ShellResult } from "../terminal/line-shell.js";
import { didYouMean } from "../util/did-you-mean.js";
import { escapeControls } from "../util/escape-controls.js";
import { completeAction, completeLine, completeName } from "./complete.js";
import { describeCommand } from "./describe-command.js";
import { parseAction, parseLine, showProblems, type CommandLine, type LineProblem } from "./parse-line.js";
import { splitAssignment, splitWords } from "./words.js";

export interface QmpShellOptions {
  readonly client: QmpClient;
  /** Without one nothing is checked, and names are all that can be completed. */
  readonly schema?: LiveQapi | undefined;
  /** Commands that the peer has, where that is all that it says of itself. */
  readonly commands?: readonly string[];
  /** One message of JSON a line, for programs. */
  readonly json?: boolean;
}

/** A transaction that is being put together. */
interface Transaction {
  readonly actions: JsonObject[];
  /** Set when one of its actions was refused: the others are not to be run without it. */
  isSpoilt: boolean;
}

const nothing: ShellResult = { output: "", failed: false };

/**
 * A QMP client for people: one line in, text out. A line is a command with its arguments, a message, `help`, or
 * a part of a transaction:
 *
 *     transaction(
 *     blockdev-snapshot-sync node-name=a snapshot-file=/tmp/a
 *     )
 */
export class QmpShell implements LineShell {
  readonly isForPrograms: boolean;
  private transaction: Transaction | undefined;

  constructor(private readonly options: QmpShellOptions) {
    this.isForPrograms = options.json === true;
  }

  get prompt(): string {
    return this.transaction === undefined ? "(qmp) " : "(transaction) ";
  }

  /** Runs a line. What QEMU or the check refuses is the result, not an exception. */
  async run(line: string): Promise<ShellResult> {
    const opening = /^\s*transaction\(/.exec(line)?.[0];
    if (this.transaction === undefined && opening !== undefined) {
      this.transaction = { actions: [], isSpoilt: false };
      return this.runPart(" ".repeat(opening.length) + line.slice(opening.length), this.transaction);
    }
    if (this.transaction !== undefined) return this.runPart(line, this.transaction);
    const parsed = this.helpFor(line) ?? parseLine(line, this.options.schema);
    if (parsed === undefined) return nothing;
    if (typeof parsed === "string") return this.printed(parsed);
    return "command" in parsed ? this.send(parsed) : this.refused(line, parsed);
  }

  /** What is to be said at the end of all lines. */
  end(): ShellResult {
    const { transaction } = this;
    this.transaction = undefined;
    return transaction === undefined ? nothing : this.notSent("the transaction was not closed");
  }

  complete(line: string): Completion {
    const { schema, commands = [] } = this.options;
    const [, before, rest] = /^(\s*(?:help|\?)\s+)(.*)$/s.exec(line) ?? [];
    if (before !== undefined && rest !== undefined) return this.complete(rest);
    if (schema === undefined) return completeName(line, commands);
    return this.transaction === undefined ? completeLine(line, schema) : completeAction(line, schema);
  }

  /** What a refused command takes can be looked up. */
  hint(line: string): string | undefined {
    const command = splitWords(line)[0]?.text ?? "";
    const { schema, commands = [], json = false } = this.options;
    if (json) return undefined;
    if (schema?.commands[command] !== undefined) return `'help ${command}' says what it takes`;
    return commands.includes(command) ? undefined : didYouMean(command, commands)[0];
  }

  /** An event, as it is shown: `-- STOP` with its data, or a message of JSON. */
  showEvent({ event, data, timestamp }: QmpEvent): string {
    if (this.options.json === true) {
      const { seconds, microseconds } = timestamp;
      return message({ event, ...(data && { data }), timestamp: { seconds, microseconds } });
    }
    return escapeControls(`-- ${event}${data === undefined ? "" : ` ${writeJson(data, "qmp")}`}\n`);
  }

  /** Runs a line within a transaction: an action, its end, or both. */
  private async runPart(line: string, transaction: Transaction): Promise<ShellResult> {
    const words = splitWords(line);
    const last = words.at(-1);
    const closes = last?.text === ")";
    const action = closes ? line.slice(0, last.start) : line;
    if (action.trim() !== "") {
      const parsed = parseAction(action, this.options.schema);
      if ("action" in parsed) transaction.actions.push(parsed.action);
      else transaction.isSpoilt = true;
      if (!("action" in parsed)) {
        if (closes) this.transaction = undefined;
        return this.refused(line, parsed);
      }
    }
    if (!closes) return nothing;
    this.transaction = undefined;
    if (transaction.isSpoilt) return this.notSent("one of the transaction's actions was refused");
    const args = { actions: transaction.actions };
    return this.send({ command: "transaction", arguments: args, isOob: false });
  }

  /** What `help` and `help COMMAND` say; undefined for any other line. */
  private helpFor(line: string): string | readonly LineProblem[] | undefined {
    const [first, named, ...others] = splitWords(line);
    const { schema, commands = [] } = this.options;
    const names = schema === undefined ? commands : Object.keys(schema.commands);
    if (first === undefined || !/^(help|\?)$/.test(first.text) || names.includes(first.text))
      return undefined;
    if (named === undefined) return USAGE + names.map((name) => `${name}\n`).join("");
    const command = schema?.commands[named.text];
    if (command !== undefined) {
      const given = new Map(others.map(({ text }) => splitAssignment(text)));
      return describeCommand(named.text, command, given);
    }
    if (names.length === 0 || names.includes(named.text))
      return `nothing is known of what ${named.text} takes: the peer does not say, and there is no --schema\n`;
    const problem = ["there is no such command", ...didYouMean(named.text, names)].join("; ");
    return [{ start: named.start, end: named.end, message: problem }];
  }

  private async send({ command, arguments: args, isOob }: CommandLine): Promise<ShellResult> {
    const { client, json = false } = this.options;
    try {
      const value = await (isOob ? client.executeOob(command, args) : client.execute(command, args));
      const output = json ? message({ return: value }) : escapeControls(writeJson(value, "indented"));
      return { output, failed: false, ended: command === "quit" };
    } catch (error) {
      return { output: describeError(error, json), failed: true };
    }
  }

  private printed(text: string): ShellResult {
    return { output: this.isForPrograms ? message({ return: text }) : escapeControls(text), failed: false };
  }

  private refused(line: string, problems: readonly LineProblem[]): ShellResult {
    if (this.isForPrograms) return this.notSent(problems.map(({ message: each }) => each).join("; "));
    return { output: escapeControls(showProblems(line, problems)), failed: true };
  }

  private notSent(desc: string): ShellResult {
    const output = this.isForPrograms
      ? message({ error: { class: "NotSent", desc } })
      : escapeControls(`not sent: ${desc}\n`);
    return { output, failed: true };
  }
}

const USAGE =
  "A line is COMMAND KEY=VALUE…, COMMAND {JSON} or a message of JSON. 'help COMMAND' says what it takes;\n" +
  "'transaction(', an action a line, and ')' run actions together. Ctrl-D leaves.\n";

function message(value: JsonObject): string {
  return `${escapeControls(writeJson(value))}\n`;
}

/** @throws what is no error of the connection or of QEMU */
function describeError(error: unknown, json: boolean): string {
  if (error instanceof QmpError) {
    const { class: errorClass, message: desc } = error;
    return json
      ? message({ error: { class: errorClass, desc } })
      : escapeControls(`${errorClass}: ${desc}\n`);
  }
  if (error instanceof QmpTimeoutError || error instanceof QmpConnectionError) {
    const described: JsonValue = { class: error.name, desc: error.message };
    return json ? message({ error: described }) : escapeControls(`${error.message}\n`);
  }
  throw error;
}
