import { once } from "node:events";
import { createMachine } from "../../migration/create-machine.js";
import { AddressError } from "../../util/address.js";
import { Emulator } from "../../server/emulator.js";
import { serveStream } from "../../server/serve-stream.js";
import { type RunningServer, serve } from "../../server/serve.js";
import { AddressInUseError } from "../../server/unix-socket.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { describeMachineError, machineSettings, type MachineFlags } from "../machine-settings.js";

export interface QmpServeOptions extends MachineFlags {
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
  if (ways !== 1) {
    context.stderr.write("qapi: say where to serve: one of --stdio, --socket, --tcp\n");
    return ExitStatus.usage;
  }
  try {
    if (options.stdio === true) return await serveStdio(options, context);
    const listen = socket === undefined ? `tcp:${tcp ?? ""}` : `unix:${socket}`;
    const server = await serve({ ...machineSettings(options, context), listen });
    context.stderr.write(`qapi: serving at ${server.address}\n`);
    return await untilSignal(server, context);
  } catch (error) {
    const { message, status } = describeFailure(error);
    context.stderr.write(`qapi: ${message}\n`);
    return status;
  }
}

async function serveStdio(options: QmpServeOptions, context: CliContext): Promise<ExitStatus> {
  const { stdin, stdout, signal } = context;
  const settings = machineSettings(options, context);
  const emulator = new Emulator(createMachine(settings), settings);
  const stop = (): void => {
    stdin.destroy();
  };
  emulator.onQuit(() => setImmediate(stop));
  signal.addEventListener("abort", stop);
  await serveStream(emulator, { input: stdin, output: stdout });
  emulator.machine.close();
  return signal.aborted ? ExitStatus.interrupted : ExitStatus.ok;
}

/** A signal is the usual end of a server, and no failure. */
async function untilSignal(server: RunningServer, { signal }: CliContext): Promise<ExitStatus> {
  if (!signal.aborted) await Promise.race([server.closed, once(signal, "abort")]);
  await server.close();
  return ExitStatus.ok;
}

function describeFailure(error: unknown): { message: string; status: ExitStatus } {
  if (error instanceof AddressError) return { message: error.message, status: ExitStatus.usage };
  if (error instanceof AddressInUseError) return { message: error.message, status: ExitStatus.failed };
  return describeMachineError(error);
}
