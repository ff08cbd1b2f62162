/** The only place of the client that knows sockets. */
import { createConnection, type Socket } from "node:net";
import { formatAddress, parseAddress, type Address } from "../util/address.js";
import { QmpConnectionError } from "./errors.js";

/**
 * Opens a socket.
 *
 * @param address `unix:PATH`, `tcp:HOST:PORT` or a path
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
      const message = `cannot connect to ${formatAddress(parsed)}: ${cause.message}`;
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
