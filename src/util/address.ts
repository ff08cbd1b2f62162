/** Where a QMP socket is. */
export type Address =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** Bytes that a Unix socket's path may have; the system cuts off what is more, and says nothing. */
const maxUnixPath = 107;

/** Text that is no address. */
export class AddressError extends Error {
  override readonly name = "AddressError";
}

/**
 * Reads `unix:PATH`, `tcp:HOST:PORT` or a bare path. An IPv6 host stands in brackets; port 0 lets the
 * system choose.
 *
 * @throws {AddressError} when it is none of these
 */
export function parseAddress(text: string): Address {
  if (text.startsWith("tcp:")) return parseTcp(text);
  const path = text.startsWith("unix:") ? text.slice("unix:".length) : text;
  if (path === "") throw new AddressError(`'${text}' is not an address: unix:PATH, tcp:HOST:PORT or a path`);
  if (Buffer.byteLength(path) > maxUnixPath) {
    throw new AddressError(
      `UNIX socket path '${path}' is too long: it must be less than ${maxUnixPath + 1} bytes`,
    );
  }
  return { kind: "unix", path };
}

function parseTcp(text: string): Address {
  const parts = /^tcp:(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text);
  const port = Number(parts?.[3]);
  const host = parts?.[1] ?? parts?.[2] ?? "";
  if (!(port <= 65535)) throw new AddressError(`'${text}' is not an address of the form tcp:HOST:PORT`);
  return { kind: "tcp", host: host === "" ? "127.0.0.1" : host, port };
}

/** An address as {@link parseAddress} reads it. */
export function formatAddress(address: Address): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `tcp:${host}:${address.port}`;
}
