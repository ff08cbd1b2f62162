import { once } from "node:events";
import { readLogText } from "../../conformance/read-log.js";
import type { JsonValue } from "../../json/value.js";
import { createStandIn } from "../../server/create-stand-in.js";
import { append } from "../../util/lists.js";
import { DocumentError } from "../../document/document-error.js";
import { readText } from "../read-file.js";
import { keepStdinFor } from "../take-stdin.js";
import { serveStream } from "../../server/serve-stream.js";
import type { StandInSettings } from "../../server/create-stand-in.js";
import { type RunningServer, serve } from "../../server/serve.js";
import { UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { readSchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { tell } from "../tell.js";
import { machineFailure, machineSettings, type MachineFlags } from "../machine-settings.js";

interface QmpServeOptions extends MachineFlags, Partial<SchemaOptions> {
  /** `--schema SCHEMA`: stand in for the QEMU of this schema. */
  readonly schema?: string;
  /** `--replies FILE…`: logs whose replies are given again. */
  readonly replies?: readonly string[];
  readonly answer?: "example" | "error";
  readonly wait?: number;
  /** Serve one client over stdin and stdout. */
  readonly stdio?: boolean;
  /** Path of a Unix socket to listen on. */
  readonly socket?: string;
  /** `HOST:PORT` to listen on. */
  readonly tcp?: string;
}

/**
 * `qapi qmp serve`: the machine behind a QMP server. Over stdio it ends with its input; a socket is served
 * until a client says `quit` or a signal comes, and its address is told on stderr.
 */
export async function qmpServe(options: QmpServeOptions, context: CliContext): Promise<ExitStatus> {
  const { socket, tcp } = options;
  const ways = [options.stdio === true, socket !== undefined, tcp !== undefined].filter(Boolean).length;
  if (ways !== 1) throw new UsageError("say where to serve: one of --stdio, --socket, --tcp");
  // Asked for before the address is told: whoever waits for that may end the server at once.
  const { signal } = context;
  try {
    if (options.stdio === true)
      keepStdinFor("a client's messages", [options.schema, ...(options.replies ?? [])]);
    const standIn = await standInSettings(options, context);
    if (options.stdio === true) return await serveStdio(options, standIn, context);
    const listen = socket === undefined ? `tcp:${tcp ?? ""}` : `unix:${socket}`;
    const server = await serve({ ...machineSettings(options, context), ...standIn, listen });
    tell(`serving at ${server.address}`, context);
    return await untilSignal(server, signal);
  } catch (error) {
    throw machineFailure(error, context);
  }
}

/** What is said of the QEMU to stand in for. */
async function standInSettings(
  {
    schema: source,
    replies = [],
    answer = "example",
    diagnostics = "pretty",
    docRules = "lenient",
    wait,
  }: QmpServeOptions,
  context: CliContext,
): Promise<StandInSettings> {
  if (source === undefined) {
    if (replies.length > 0) throw new UsageError("--replies needs --schema: it says what the replies are of");
    return {};
  }
  const schema = await readSchema(source, { diagnostics, docRules, wait }, context);
  const recorded: JsonValue[] = [];
  for (const path of replies) append(recorded, await messagesIn(path, context));
  return { schema, answer, ...(replies.length > 0 && { replies: recorded }) };
}

async function messagesIn(path: string, context: CliContext): Promise<JsonValue[]> {
  const messages: JsonValue[] = [];
  for (const { message, fault } of readLogText(await readText(path, context))) {
    if (fault !== undefined) throw new DocumentError(path, [{ message: fault.message, at: fault }]);
    if (message !== undefined) messages.push(message);
  }
  if (messages.length === 0) throw new DocumentError(path, [{ message: "holds no messages" }]);
  return messages;
}

async function serveStdio(
  options: QmpServeOptions,
  standIn: StandInSettings,
  context: CliContext,
): Promise<ExitStatus> {
  const { stdin, stdout, signal } = context;
  const settings = machineSettings(options, context);
  const { emulator } = await createStandIn({ ...settings, ...standIn });
  const stop = (): void => {
    stdin.destroy();
  };
  emulator.onQuit(() => setImmediate(stop));
  signal.addEventListener("abort", stop);
  await serveStream(emulator, { input: stdin, output: stdout });
  emulator.machine.close();
  if (emulator.hasCrashed) return ExitStatus.failed;
  return signal.aborted ? ExitStatus.interrupted : ExitStatus.ok;
}

/** A signal is the usual end of a server, and no failure. */
async function untilSignal(server: RunningServer, signal: AbortSignal): Promise<ExitStatus> {
  if (!signal.aborted) await Promise.race([server.closed, once(signal, "abort")]);
  await server.close();
  return ExitStatus.ok;
}
