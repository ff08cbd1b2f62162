import { createInterface } from "node:readline";
import { AddressError } from "../util/address.js";
import {
  connect,
  QmpConnectionError,
  QmpError,
  QmpProtocolError,
  QmpTimeoutError,
  type ConnectOptions,
  type QmpClient,
} from "../client/index.js";
import type { LineShell } from "../shell/line-shell.js";
import { SchemaIndex } from "../shell/schema-index.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";

/**
 * Does something with a live QEMU. What goes wrong with the connection is told on stderr.
 *
 * @param use is given a signal that tells of the connection's end
 */
export async function withClient(
  address: string,
  options: ConnectOptions,
  context: CliContext,
  use: (client: QmpClient, closed: AbortSignal) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const { signal, stderr } = context;
  const closed = new AbortController();
  const onState: ConnectOptions["onState"] = ({ state }) => {
    if (state === "closed") closed.abort();
  };
  let client: QmpClient | undefined;
  try {
    client = await connect(address, { ...options, signal, onState });
    return await use(client, closed.signal);
  } catch (error) {
    if (signal.aborted) return ExitStatus.interrupted;
    const status = statusOf(error);
    if (status === undefined) throw error;
    stderr.write(`qapi: ${(error as Error).message}\n`);
    return status;
  } finally {
    await client?.close();
  }
}

function statusOf(error: unknown): ExitStatus | undefined {
  if (error instanceof AddressError) return ExitStatus.usage;
  const kinds = [QmpError, QmpConnectionError, QmpProtocolError, QmpTimeoutError];
  return kinds.some((kind) => error instanceof kind) ? ExitStatus.failed : undefined;
}

/** What a QEMU says of itself; undefined where it does not. */
export async function askSchema(client: QmpClient): Promise<SchemaIndex | undefined> {
  try {
    return new SchemaIndex(await client.executeRaw("query-qmp-schema"));
  } catch (error) {
    if (error instanceof QmpError) return undefined;
    throw error;
  }
}

/**
 * Runs lines that nobody types at a terminal, until they end or the connection does.
 *
 * @param lines those of stdin where undefined
 * @returns whether all went well
 */
export async function runLines(
  shell: LineShell,
  lines: readonly string[] | undefined,
  { stdin, stdout, signal }: CliContext,
  closed: AbortSignal,
): Promise<boolean> {
  let isWell = true;
  const ended = AbortSignal.any([signal, closed]);
  for await (const line of lines ?? createInterface({ input: stdin, crlfDelay: Infinity, signal: ended })) {
    if (ended.aborted) break;
    const { output, failed, ended: hasQuit = false } = await shell.run(line);
    stdout.write(output);
    if (failed) isWell = false;
    if (hasQuit) break;
  }
  return isWell;
}
