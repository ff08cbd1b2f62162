/** The only place of the client that knows sockets. */
import { createConnection, type Socket } from "node:net";
import { formatAddress, parseAddress, type Address } from "../util/address.js";
import { LIKELY_TAKEN, QmpConnectionError } from "./errors.js";

/**
 * Opens a socket.
 *
 * @param address as `parseAddress` takes it
 * @throws {AddressError} when it is no address
 * @throws {QmpConnectionError} when nobody listens there
 * @throws the signal's reason
 */
export function openSocket(address: string | Address, signal?: AbortSignal): Promise<Socket> {
  const parsed = typeof address === "string" ? parseAddress(address) : address;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const socket =
      parsed.kind === "unix"
        ? createConnection({ path: parsed.path })
        : createConnection({ host: parsed.host, port: parsed.port });
    const abort = (): void => {
      socket.destroy();
      reject(signal?.reason as Error);
    };
    const fail = (cause: Error): void => {
      signal?.removeEventListener("abort", abort);
      const message = `cannot connect to ${formatAddress(parsed)}: ${describe(cause)}`;
      reject(new QmpConnectionError(message, undefined, false, { cause }));
    };
    signal?.addEventListener("abort", abort, { once: true });
    socket.once("error", fail);
    socket.once("connect", () => {
      signal?.removeEventListener("abort", abort);
      socket.off("error", fail);
      if (parsed.kind === "tcp") socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

/** Of an error of several attempts (IPv6, then IPv4) the message is empty. */
function describe(error: NodeJS.ErrnoException): string {
  const problem = error.message === "" ? (error.code ?? error.name) : error.message;
  return error.code === "EAGAIN" ? `${problem}; ${LIKELY_TAKEN}` : problem;
}

/**
 * Whether an attempt to connect failed because nobody listens (yet), or hung up at once: somebody may come.
 */
export function mayComeUp(error: unknown): boolean {
  const cause: unknown =
    error instanceof QmpConnectionError && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error && "code" in cause) return passing.has(String(cause.code));
  return error instanceof QmpConnectionError;
}

const passing: ReadonlySet<string> = new Set([
  ...["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE", "EAGAIN"],
  ...["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "EAI_AGAIN"],
]);
