import { createServer, type Socket } from "node:net";
import type { Machine } from "../migration/machine.js";
import { formatAddress, parseAddress } from "../util/address.js";
import type { MachineSettings } from "../migration/create-machine.js";
import type { JsonValue } from "../json/value.js";
import type { Schema } from "../qapi/schema/model.js";
import type { Fault, InjectedRequest } from "../qmp/connection.js";
import type { Qapi } from "../visitor/qapi.js";
import { createStandIn } from "./create-stand-in.js";
import { serveStream } from "./serve-stream.js";
import { boundAddress, startListening } from "./listen.js";

/** Answers commands in place of a QEMU, each typed by the schema; what is returned must fit it. */
export type Handlers<Commands> = {
  readonly [Name in keyof Commands]?: (
    args: Given<Commands[Name], "arguments">,
  ) => Answer<Given<Commands[Name], "returns">>;
};

type Given<Types, Key extends string> = Types extends Readonly<Record<Key, infer Value>> ? Value : unknown;
type Answer<Value> = Value | Promise<Value>;

/** Which QEMU is stood in for, where it is not our machine alone. */
export interface StandInSettings<Commands = unknown, Events = unknown> {
  /** The `qapi` of a generated library, or a schema that `readSchema` read. Default: our machine's own. */
  readonly schema?: Qapi<Commands, Events> | Schema | undefined;
  readonly handlers?: Handlers<Commands> | undefined;
  /** Recorded conversations: their messages, or the text of a log. Needs `schema`. */
  readonly replies?: string | Iterable<JsonValue> | undefined;
  /** What is answered where nothing else is known; default `example`, the smallest value of the type. */
  readonly answer?: "example" | "error" | undefined;
  /** What shall go wrong with a command, for tests of clients. */
  readonly inject?: ((request: InjectedRequest) => Fault | undefined) | undefined;
}

export interface ServeOptions<Commands = unknown, Events = unknown>
  extends MachineSettings, StandInSettings<Commands, Events> {
  /** `unix:PATH`, `tcp:HOST:PORT` (port 0: any free one) or a path. */
  readonly listen: string;
}

/** A QMP server that runs. */
export interface RunningServer<Events = unknown> {
  /** Where it listens, as `listen` was given, with the port it got. */
  readonly address: string;
  /** The machine behind it. */
  readonly machine: Machine;
  /** Resolves when the server has ended, by `close` or because a client said `quit`. */
  readonly closed: Promise<void>;
  /**
   * Sends an event to every client that has negotiated.
   *
   * @throws {HandlerValueError} when the schema has no such event, or its data does not fit
   */
  emit<Name extends keyof Events & string>(event: Name, data?: Events[Name]): void;
  /** Ends it: nobody can connect any more, connections are closed, a Unix socket is removed. */
  close(): Promise<void>;
}

/** How long a client may take for what it has not read when the server ends. */
const patienceMs = 250;

/**
 * Starts a stand-in for a QEMU: a machine behind a QMP server, for any number of clients at once.
 *
 * @throws {Refusal} when a start value cannot be set
 * @throws {AddressError} when the address is none
 * @throws {AddressInUseError} when a Unix socket is somebody else's
 */
export async function serve<Commands = unknown, Events = unknown>({
  listen,
  ...settings
}: ServeOptions<Commands, Events>): Promise<RunningServer<Events>> {
  const address = parseAddress(listen);
  const { machine, emulator, emit } = await createStandIn(settings);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A connection that breaks is closed, and that is all there is to do.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    void serveStream(emulator, { input: socket, output: socket }).finally(() => socket.end());
  });
  const held = await startListening(server, address);

  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  const close = async (): Promise<void> => {
    machine.close();
    await held?.release();
    server.close();
    for (const socket of sockets) {
      socket.destroySoon();
      // One that does not read its last reply is not waited for.
      setTimeout(() => socket.destroy(), patienceMs).unref();
    }
    await closed;
  };
  emulator.onQuit(() => {
    // The reply to `quit` is written first.
    setImmediate(() => void close());
  });
  return { address: formatAddress(boundAddress(server, address)), machine, emit, closed, close };
}
