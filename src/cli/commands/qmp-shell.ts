import { readFile } from "node:fs/promises";
import { parseJson, type JsonValue } from "../../json/index.js";
import type { QmpClient } from "../../client/index.js";
import { MonitorShell } from "../../shell/monitor-shell.js";
import { QmpShell } from "../../shell/qmp-shell.js";
import { SchemaIndex } from "../../shell/schema-index.js";
import { Terminal } from "../../shell/terminal.js";
import { decideConditions } from "../../visitor/introspection.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { lineHistory } from "../line-history.js";
import { askSchema, runLines, withClient } from "../live-client.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";

export interface QmpShellOptions extends SchemaOptions {
  /** A QAPI schema, or what `query-qmp-schema` returned, in place of what the QEMU says of itself. */
  readonly schema?: string;
  /** Lines are the human monitor's. */
  readonly hmp?: boolean;
  /** Print one message of JSON a line. */
  readonly json?: boolean;
}

/**
 * `qapi qmp shell ADDRESS`: talk QMP to a live QEMU. On a terminal there is a prompt; lines from elsewhere
 * are run one after the other, and the exit status tells whether one was refused.
 */
export async function qmpShell(
  address: string,
  options: QmpShellOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const given = options.schema === undefined ? undefined : await readSchema(options.schema, options, context);
  if (given === "bad") return ExitStatus.failed;
  return withClient(address, {}, context, async (client, closed) =>
    talk(client, given ?? (await askSchema(client)), options, context, closed),
  );
}

async function talk(
  client: QmpClient,
  schema: SchemaIndex | undefined,
  { hmp = false, json = false }: QmpShellOptions,
  context: CliContext,
  closed: AbortSignal,
): Promise<ExitStatus> {
  const { stdin, stdout, env, signal } = context;
  const qmp = new QmpShell({ client, schema, json });
  const shell = hmp ? await MonitorShell.open(client, schema) : qmp;
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    if (!hmp) client.onRawEvent((event) => stdout.write(qmp.showEvent(event)));
    const isWell = await runLines(shell, undefined, context, closed);
    if (signal.aborted) return ExitStatus.interrupted;
    return isWell ? ExitStatus.ok : ExitStatus.failed;
  }
  const history = lineHistory(hmp ? "hmp-history" : "qmp-history", env);
  const lines = await history.read();
  const terminal = new Terminal({ input: stdin, output: stdout, shell, history: lines, signal: closed });
  client.onRawEvent((event) => {
    terminal.notice(qmp.showEvent(event));
  });
  await history.write(await terminal.converse());
  return ExitStatus.ok;
}

async function readSchema(
  path: string,
  options: SchemaOptions,
  context: CliContext,
): Promise<SchemaIndex | "bad"> {
  const entries = await readEntries(path, options, context);
  return entries === undefined ? "bad" : new SchemaIndex(entries);
}

/** What `query-qmp-schema` would return; undefined when the schema has problems, which are told. */
async function readEntries(
  path: string,
  options: SchemaOptions,
  context: CliContext,
): Promise<JsonValue | undefined> {
  const text = await readFile(path, "utf8");
  // A QAPI schema never begins with a list.
  if (text.trimStart().startsWith("[")) return parseJson(text);
  const [{ compileSchema }, { introspect }] = await Promise.all([
    import("../../qapi/index.js"),
    import("../../codegen/emit/introspect.js"),
  ]);
  const { diagnostics, schema } = compileSchema(path, { docRules: options.docRules });
  if (schema !== undefined) return decideConditions(introspect(schema, { unmask: false }), undefined);
  reportDiagnostics([diagnostics], options.diagnostics, context);
  return undefined;
}
