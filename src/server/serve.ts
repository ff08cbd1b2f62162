import { createServer, type Socket } from "node:net";
import type { Machine } from "../migration/machine.js";
import { formatAddress, parseAddress } from "../util/address.js";
import type { MachineSettings } from "../migration/create-machine.js";
import { createStandIn, type StandInSettings } from "./create-stand-in.js";
import type { ClosedHandlers, EventArguments, UntypedCommands, UntypedEvents } from "./handlers.js";
import { serveStream } from "./serve-stream.js";
import { boundAddress, startListening } from "./listen.js";

/** What is served, and where. */
export interface ServeOptions<Commands = UntypedCommands, Events = UntypedEvents>
  extends MachineSettings, StandInSettings<Commands, Events> {
  /** `unix:PATH`, `tcp:HOST:PORT` (port 0: any free one) or a path. */
  readonly listen: string;
}

/** A QMP server that runs. */
export interface RunningServer<Events = UntypedEvents> {
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
  emit<Name extends keyof Events & string>(event: Name, ...data: EventArguments<Events[Name]>): void;
  /** Ends it: nobody can connect any more, connections are closed, a Unix socket is removed. */
  close(): Promise<void>;
}

/** How long a client may take for what it has not read when the server ends. */
const PATIENCE_MS = 250;

/**
 * Starts a stand-in for a QEMU: a machine behind a QMP server, for any number of clients at once.
 *
 * @throws {Refusal} when a start value cannot be set
 * @throws {AddressError} when the address is none
 * @throws {AddressInUseError} when a Unix socket is somebody else's
 */
export async function serve<Commands = UntypedCommands, Events = UntypedEvents, Given = unknown>({
  listen,
  ...settings
}: ServeOptions<Commands, Events> & {
  readonly handlers?: (Given & ClosedHandlers<Commands, Given>) | undefined;
}): Promise<RunningServer<Events>> {
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
  // One that cannot be taken in, as for want of descriptors, has to come again: no more is lost.
  server.on("error", () => undefined);

  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  const close = async (): Promise<void> => {
    machine.close();
    await held?.release();
    server.close();
    for (const socket of sockets) {
      socket.destroySoon();
      // One that does not read its last reply is not waited for.
      setTimeout(() => socket.destroy(), PATIENCE_MS).unref();
    }
    await closed;
  };
  emulator.onQuit(() => {
    // The reply to `quit` is written first.
    setImmediate(() => void close());
  });
  return { address: formatAddress(boundAddress(server, address)), machine, emit, closed, close };
}
