import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { mayComeUp, openSocket } from "../client/transport.js";
import type { SchemaChecker } from "../conformance/schema-checker.js";
import { boundAddress, startListening } from "../server/listen.js";
import { type Address, formatAddress } from "../util/address.js";
import { Inspector, type InspectionReceiver } from "./inspector.js";
import { passOn } from "./pass-on.js";

interface ProxyOptions {
  /** Where the QEMU, or its guest agent, listens. */
  readonly address: Address;
  /** Where clients connect. */
  readonly listen: Address;
  /** What both sides are held to. */
  readonly checker: SchemaChecker;
  readonly receiver: InspectionReceiver;
  /** How long a client's turn waits for a QEMU that does not listen yet, in ms; default 0. */
  readonly waitFor?: number | undefined;
}

/** A proxy that runs. */
export interface RunningProxy {
  /** Where it listens, with the port it got. */
  readonly address: string;
  /** Resolves when the QEMU has ended; with what went wrong when it could never be reached. */
  readonly ended: Promise<Error | undefined>;
  /** Ends it: connections are closed, a Unix socket is removed. */
  close(): Promise<void>;
}

/** How many clients may wait for their turn; QEMU itself lets one wait. */
const MOST_WAITING = 64;
/** How long a QEMU that may have ended is looked at, and how long a connection must last, in ms. */
const LOOK_MS = 300;
const LOOKS = 10;

/**
 * Sits between clients and a QEMU. Clients have their turn one after another, as with QEMU itself; the bytes of
 * both sides pass as they come.
 *
 * @throws {AddressInUseError} when a Unix socket is somebody else's
 */
export async function startProxy({
  address,
  listen,
  checker,
  receiver,
  waitFor = 0,
}: ProxyOptions): Promise<RunningProxy> {
  const stop = new AbortController();
  const waiting: Socket[] = [];
  const open = new Set<Socket>();
  let isBusy = false;
  const isStopping = (): boolean => stop.signal.aborted;
  let wasReached = false;
  let problem: Error | undefined;
  let tellEnd = (): void => undefined;
  const ended = new Promise<Error | undefined>((resolve) => {
    tellEnd = () => {
      resolve(wasReached ? undefined : problem);
    };
  });

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    open.add(client);
    client.on("error", () => client.destroy());
    client.on("close", () => open.delete(client));
    if (waiting.length >= MOST_WAITING || isStopping()) {
      client.destroy();
      return;
    }
    waiting.push(client);
    void takeTurns();
  });

  async function takeTurns(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let client = waiting.shift(); client !== undefined; client = waiting.shift()) {
      if (client.destroyed) continue;
      if (!(await serveClient(client))) {
        tellEnd();
        break;
      }
    }
    isBusy = false;
  }

  /** @returns whether the QEMU is still there */
  async function serveClient(client: Socket): Promise<boolean> {
    const peer = await reach(client);
    if (peer === undefined) {
      const isGone = client.destroyed;
      client.destroy();
      return isStopping() || isGone ? true : isThere();
    }
    wasReached = true;
    open.add(peer);
    peer.on("close", () => open.delete(peer));
    const inspector = new Inspector(checker, receiver);
    const first = await passOn(client, peer, inspector);
    if (isStopping()) return true;
    if (inspector.mayHaveEnded) return isThere({ mayStillEnd: true });
    return first === "server" ? isThere() : true;
  }

  /** A QEMU that has a client already lets us wait. */
  async function reach(client: Socket): Promise<Socket | undefined> {
    const deadline = performance.now() + waitFor;
    while (!client.destroyed && !isStopping()) {
      try {
        return await openSocket(address, stop.signal);
      } catch (error) {
        problem = error instanceof Error ? error : undefined;
        const mayTry = isFull(error) || (mayComeUp(error) && performance.now() < deadline);
        if (isStopping() || !mayTry) return undefined;
        await delay(50);
      }
    }
    return undefined;
  }

  /**
   * Whether somebody still listens, and does not hang up. Who was told to end may yet do it after the first look;
   * a client that waits is not kept waiting for that.
   */
  async function isThere({ mayStillEnd = false } = {}): Promise<boolean> {
    let lasts = false;
    for (let look = 0; look < LOOKS && !isStopping(); look++) {
      try {
        const probe = await openSocket(address, stop.signal);
        lasts = await doesLast(probe);
        probe.destroy();
        if (lasts && (!mayStillEnd || waiting.length > 0)) return true;
        if (lasts) await delay(LOOK_MS);
      } catch (error) {
        if (isStopping() || isFull(error)) return true;
        if (mayComeUp(error)) return false;
        throw error;
      }
    }
    return lasts || isStopping();
  }

  const held = await startListening(server, listen);
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  return {
    address: formatAddress(boundAddress(server, listen)),
    ended,
    close: async () => {
      stop.abort();
      await held?.release();
      server.close();
      for (const socket of open) socket.destroySoon();
      setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, LOOK_MS).unref();
      await closed;
    },
  };
}

/** Whether a peer says something, or at least does not hang up for a while. */
function doesLast(socket: Socket): Promise<boolean> {
  return Promise.race([
    once(socket, "data").then(() => true),
    once(socket, "close").then(() => false),
    delay(LOOK_MS, true, { ref: false }),
  ]).catch(() => false);
}

function isFull(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "EAGAIN";
}
