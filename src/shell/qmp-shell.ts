import type { QmpClient } from "../client/qmp-client.js";
import { QmpConnectionError, QmpError, QmpTimeoutError } from "../client/errors.js";
import type { QmpEvent } from "../client/types.js";
import { escapeControls } from "../util/escape-controls.js";
import { writeJson, type JsonObject, type JsonValue } from "../json/index.js";
import type { Completion, LineShell, ShellResult } from "../terminal/line-shell.js";
import { completeLine } from "./complete.js";
import { parseLine, showProblems } from "./parse-line.js";
import type { SchemaIndex } from "./schema-index.js";
import { splitWords } from "./words.js";

export interface QmpShellOptions {
  readonly client: QmpClient;
  /** Without one nothing is completed or checked. */
  readonly schema?: SchemaIndex | undefined;
  /** One message of JSON a line, for programs. */
  readonly json?: boolean;
}

/** A QMP client for people: one line in, text out. */
export class QmpShell implements LineShell {
  readonly prompt = "(qmp) ";
  readonly isForPrograms: boolean;

  constructor(private readonly options: QmpShellOptions) {
    this.isForPrograms = options.json === true;
  }

  /** Runs a line. What QEMU or the check refuses is the result, not an exception. */
  async run(line: string): Promise<ShellResult> {
    const { client, schema, json = false } = this.options;
    const parsed = parseLine(line, schema);
    if (parsed === undefined) return { output: "", failed: false };
    if (!("command" in parsed)) {
      const desc = parsed.map(({ message }) => message).join("; ");
      const error = { class: "NotSent", desc };
      return { output: json ? message({ error }) : escapeControls(showProblems(line, parsed)), failed: true };
    }
    const { command, arguments: args, isOob } = parsed;
    try {
      const value = await (isOob ? client.executeOob(command, args) : client.execute(command, args));
      const output = json ? message({ return: value }) : escapeControls(writeJson(value, "indented"));
      return { output, failed: false, ended: command === "quit" };
    } catch (error) {
      return { output: describeError(error, json), failed: true };
    }
  }

  complete(line: string): Completion {
    const { schema } = this.options;
    return schema === undefined ? { candidates: [], typed: "" } : completeLine(line, schema);
  }

  /** What a refused command takes can be looked up. */
  hint(line: string): string | undefined {
    const command = splitWords(line)[0]?.text ?? "";
    const { schema, json } = this.options;
    return schema?.commands.has(command) === true && json !== true
      ? `'help ${command}' says what it takes`
      : undefined;
  }

  /** An event, as it is shown: `-- STOP` with its data, or a message of JSON. */
  showEvent({ event, data, timestamp }: QmpEvent): string {
    if (this.options.json === true) {
      const { seconds, microseconds } = timestamp;
      return message({ event, ...(data && { data }), timestamp: { seconds, microseconds } });
    }
    return escapeControls(`-- ${event}${data === undefined ? "" : ` ${writeJson(data, "qmp")}`}\n`);
  }
}

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
