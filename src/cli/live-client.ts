import { createInterface } from "node:readline";
import { parseAddress } from "../util/address.js";
import { connect, QmpError, type ConnectOptions, type QmpClient } from "../client/index.js";
import { writeJson } from "../json/index.js";
import type { LiveQapi } from "../live-schema/live-qapi.js";
import { SchemaSourceError } from "../schema-source/source-form.js";
import type { LineShell } from "../terminal/line-shell.js";
import { member } from "../json/value.js";
import type { CliContext } from "./context.js";
import type { ExitStatus } from "./exit-status.js";
import { tell } from "./tell.js";

/** What commands that connect have in common. */
export interface ConnectionOptions {
  /** `--wait`: how long to keep trying while nobody listens yet, in ms. */
  readonly wait?: number | undefined;
}

/**
 * Does something with a live QEMU.
 *
 * @param use is given a signal that tells of the connection's end
 */
export async function withClient(
  address: string,
  options: ConnectOptions,
  context: CliContext,
  use: (client: QmpClient, closed: AbortSignal) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const { signal } = context;
  const closed = new AbortController();
  const onState: ConnectOptions["onState"] = ({ state }) => {
    if (state === "closed") closed.abort();
  };
  let client: QmpClient | undefined;
  try {
    const { qemuOptions } = parseAddress(address);
    if (qemuOptions !== undefined) {
      tell(`note: '${qemuOptions}' after the address is for QEMU's own -qmp, and left out`, context);
    }
    client = await connect(address, { ...options, signal, onState });
    return await use(client, closed.signal);
  } finally {
    await client?.close();
  }
}

/** What stands above the first prompt. */
export function greetingOf({ greeting }: QmpClient): string {
  const qemu = member(member(greeting, "version"), "qemu");
  const version = ["major", "minor", "micro"].map((part) => member(qemu, part));
  const isKnown = version.every((part) => typeof part === "bigint");
  const who = greeting === undefined ? "the guest agent" : isKnown ? `QEMU ${version.join(".")}` : "QEMU";
  return `Connected to ${who} - type 'help' for more information`;
}

/** What a QEMU says of itself; undefined where it does not, or, which is told, in no form that is known. */
export async function askSchema(
  client: QmpClient,
  context?: Pick<CliContext, "stderr">,
): Promise<LiveQapi | undefined> {
  try {
    const entries = await client.executeRaw("query-qmp-schema");
    const [{ introspectedSchema }, { liveQapi }] = await Promise.all([
      import("../schema-source/introspected-schema.js"),
      import("../live-schema/live-qapi.js"),
    ]);
    return liveQapi(introspectedSchema("query-qmp-schema", writeJson(entries)));
  } catch (error) {
    if (error instanceof QmpError) return undefined;
    if (!(error instanceof SchemaSourceError)) throw error;
    if (context !== undefined) tell(`note: nothing is checked: ${error.message}`, context);
    return undefined;
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
  const last = shell.end?.();
  if (last === undefined) return isWell;
  stdout.write(last.output);
  return isWell && !last.failed;
}

/** The commands that a guest agent has; none where it does not say. */
export async function askAgent(client: QmpClient): Promise<readonly string[]> {
  try {
    const list = member(await client.executeRaw("guest-info"), "supported_commands");
    const names = Array.isArray(list) ? list.map((each) => member(each, "name")) : [];
    return names.filter((name) => typeof name === "string");
  } catch (error) {
    if (error instanceof QmpError) return [];
    throw error;
  }
}
