import { once } from "node:events";
import type { Server } from "node:net";
import type { Address } from "../util/address.js";
import { invariant } from "../util/invariant.js";
import { type HeldPath, listenAtPath } from "./unix-socket.js";

/**
 * Makes a server listen at an address.
 *
 * @returns what a Unix socket's path is given up by
 * @throws {AddressInUseError} when a Unix socket is somebody else's
 */
export async function startListening(server: Server, address: Address): Promise<HeldPath | undefined> {
  if (address.kind === "unix") return listenAtPath(server, address.path);
  const { host, port } = address;
  server.listen(port, host);
  await once(server, "listening");
  return undefined;
}

/** Where a server listens: the address it was given, with the port it got. */
export function boundAddress(server: Server, address: Address): Address {
  if (address.kind === "unix") return address;
  const bound = server.address();
  invariant(typeof bound === "object" && bound !== null, "a TCP server has a port");
  return { ...address, port: bound.port };
}
