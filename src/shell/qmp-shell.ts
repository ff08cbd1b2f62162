import type { QmpClient } from "../client/qmp-client.js";
import { QmpConnectionError, QmpError, QmpTimeoutError } from "../client/errors.js";
import type { QmpEvent } from "../client/types.js";
import { writeJson, type JsonObject, type JsonValue } from "../json/index.js";
import { completeLine, type Completion } from "./complete.js";
import type { LineResult, LineShell } from "./line-shell.js";
import { parseLine, showProblems } from "./parse-line.js";
import type { SchemaIndex } from "./schema-index.js";

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

  constructor(private readonly options: QmpShellOptions) {}

  /** Runs a line. What QEMU or the check refuses is the result, not an exception. */
  async run(line: string): Promise<LineResult> {
    const { client, schema, json = false } = this.options;
    const parsed = parseLine(line, schema);
    if (parsed === undefined) return { output: "", failed: false };
    if (!("command" in parsed)) {
      const desc = parsed.map(({ message }) => message).join("; ");
      const error = { class: "NotSent", desc };
      return { output: json ? message({ error }) : showProblems(line, parsed), failed: true };
    }
    const { command, arguments: args, isOob } = parsed;
    try {
      const value = await (isOob ? client.executeOob(command, args) : client.execute(command, args));
      const output = json ? message({ return: value }) : writeJson(value, "indented");
      return { output, failed: false, ended: command === "quit" };
    } catch (error) {
      return { output: describeError(error, json), failed: true };
    }
  }

  complete(line: string): Completion {
    const { schema } = this.options;
    return schema === undefined ? { candidates: [], typed: "" } : completeLine(line, schema);
  }

  /** An event, as it is shown: `-- STOP` with its data, or a message of JSON. */
  showEvent({ event, data, timestamp }: QmpEvent): string {
    if (this.options.json === true) {
      const { seconds, microseconds } = timestamp;
      return message({ event, ...(data && { data }), timestamp: { seconds, microseconds } });
    }
    return `-- ${event}${data === undefined ? "" : ` ${writeJson(data, "qmp")}`}\n`;
  }
}

function message(value: JsonObject): string {
  return `${writeJson(value)}\n`;
}

/** @throws what is no error of the connection or of QEMU */
function describeError(error: unknown, json: boolean): string {
  if (error instanceof QmpError) {
    const { class: errorClass, message: desc } = error;
    return json ? message({ error: { class: errorClass, desc } }) : `${errorClass}: ${desc}\n`;
  }
  if (error instanceof QmpTimeoutError || error instanceof QmpConnectionError) {
    const described: JsonValue = { class: error.name, desc: error.message };
    return json ? message({ error: described }) : `${error.message}\n`;
  }
  throw error;
}
