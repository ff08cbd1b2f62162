import { escapeControls } from "./escape-controls.js";

/** Where a QMP socket is. */
export type Address = (
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
) & {
  /** What stood after it that means something to QEMU's own `-qmp` alone: `,server=on,wait=off`. */
  readonly qemuOptions?: string;
};

/** Bytes that a Unix socket's path may have; the system cuts off what is more, and says nothing. */
export const MAX_UNIX_PATH = 107;

/** Text that is no address. */
export class AddressError extends Error {
  override readonly name = "AddressError";
}

/**
 * Reads `unix:PATH`, `tcp:HOST:PORT`, `HOST:PORT` or a bare path. An IPv6 host stands in brackets; port 0 lets
 * the system choose; what has a slash in it is a path. Options that QEMU's own `-qmp` takes may follow, as in
 * `unix:/tmp/vm,server=on,wait=off`: they are told apart and mean nothing here.
 *
 * @throws {AddressError} when it is none of these
 */
export function parseAddress(text: string): Address {
  const options = QEMU_OPTIONS.exec(text)?.[0] ?? "";
  const place = options === "" ? text : text.slice(0, -options.length).replaceAll(",,", ",");
  const address = parsePlace(place);
  return options === "" ? address : { ...address, qemuOptions: options };
}

/** Options of a socket character device in QEMU, with which `-qmp` is told how to listen or to connect. */
const QEMU_OPTIONS =
  /(?:(?<!,),(?:server|nowait|wait|delay|nodelay|reconnect(?:-ms)?|telnet|tn3270|websocket|ipv4|ipv6|to|logfile|logappend|mux|abstract|tight|tls-creds|tls-authz|fd|id|mode|pretty)(?:=[^,]*)?)+$/;

const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:/[\]]*)):(\d{1,5})$/;

function parsePlace(text: string): Address {
  const isTcp = text.startsWith("tcp:");
  const [, bracketed, name = bracketed, digits] =
    HOST_AND_PORT.exec(isTcp ? text.slice("tcp:".length) : text) ?? [];
  if (name !== undefined && Number(digits) <= 65535) {
    return { kind: "tcp", host: name === "" ? "127.0.0.1" : name, port: Number(digits) };
  }
  if (isTcp || name !== undefined)
    throw new AddressError(`${quoted(text)} is not an address of the form tcp:HOST:PORT`);
  const path = text.startsWith("unix:") ? text.slice("unix:".length) : text;
  if (path === "") {
    throw new AddressError(
      `${quoted(text)} is not an address: unix:PATH, tcp:HOST:PORT, HOST:PORT or a path`,
    );
  }
  if (Buffer.byteLength(path) > MAX_UNIX_PATH) {
    throw new AddressError(
      `UNIX socket path ${quoted(path)} is too long: it must be less than ${MAX_UNIX_PATH + 1} bytes`,
    );
  }
  return { kind: "unix", path };
}

function quoted(text: string): string {
  return `'${escapeControls(text)}'`;
}

/** An address as {@link parseAddress} reads it. */
export function formatAddress(address: Address): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `tcp:${host}:${address.port}`;
}
