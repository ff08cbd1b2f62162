import type { Address } from "../util/address.js";
import type { Qapi } from "../visitor/qapi.js";
import { AgentSession } from "./agent-session.js";
import type { LogRecord } from "./channel.js";
import { schemaCodec, untypedCodec, type Codec } from "./codec.js";
import { EventFeed } from "./event-feed.js";
import { Link, type ConnectionState, type LinkOptions, type ReconnectOptions } from "./link.js";
import { QmpClient } from "./qmp-client.js";
import { QmpSession } from "./qmp-session.js";
import type { Stream } from "../util/stream-pair.js";
import { openSocket } from "./transport.js";

/**
 * What to connect to: an address (`unix:PATH`, `tcp:HOST:PORT`, `HOST:PORT` or a path), a stream or pair of
 * streams that is open, or a function that opens one, anew for each connection.
 */
export type ConnectTarget = string | Address | Stream | ((signal: AbortSignal) => Promise<Stream>);

/** How a QEMU is reached, and for how long. */
export interface ConnectOptions {
  /** What a command may take, in ms, unless it says otherwise; default 60,000, `Infinity` for no limit. */
  readonly timeout?: number;
  /** What each step of connecting may take, in ms: the socket, the greeting, the negotiation; default 10,000. */
  readonly connectTimeout?: number;
  /**
   * How long to keep trying while nobody listens yet, in ms: there is no socket, it refuses, or it hangs up
   * before it has greeted. Whoever is there has as long to answer, if that is longer than `connectTimeout`.
   * Default 0, `Infinity` for no limit. A stream is not opened again.
   */
  readonly waitFor?: number;
  /** Gives up connecting. */
  readonly signal?: AbortSignal;
  /** Whether out-of-band commands are asked for where QEMU offers them; default true. */
  readonly oob?: boolean;
  /** Connect again whenever the connection is lost; default not. Needs an address or a function. */
  readonly reconnect?: boolean | ReconnectOptions;
  /** The peer is a guest agent. */
  readonly agent?: boolean;
  /**
   * Whether what comes must fit the schema to the last. By default members, values and tags that it does
   * not know are let through, and members that it demands may be missing (and are `undefined`), since QEMU
   * may be newer or older than the schema.
   */
  readonly strict?: boolean;
  /** Without a schema: integers as `number`, where one that does not fit exactly is an error. */
  readonly integers?: "bigint" | "number";
  /** So many events are kept until somebody asks for events, the latest; default 1,000. */
  readonly history?: number;
  /** A longer message ends the connection, in bytes; default 256 MiB. */
  readonly maxMessageBytes?: number;
  /** Sees every message as it is on the wire, secrets included. */
  readonly log?: (record: LogRecord) => void;
  /** Sees the connection come and go. */
  readonly onState?: (state: ConnectionState) => void;
}

/** The same for a client that is typed by a generated library. */
export interface TypedConnectOptions<Commands, Events> extends ConnectOptions {
  /** The value `qapi` of a generated library: what commands and events are made of. */
  readonly schema: Qapi<Commands, Events>;
}

/**
 * Connects to QEMU's monitor and negotiates; with a schema, the client is typed and checks by it.
 *
 * @throws {AddressError} when the address is none
 * @throws {QmpConnectionError} when nobody is there, or goes before QMP is under way
 * @throws {QmpTimeoutError} when there is no greeting: QEMU serves one client of a socket at a time
 * @throws {QmpProtocolError} when the peer does not speak QMP
 * @throws {QmpError} when it refuses the negotiation
 * @throws {RangeError} when a time, or a figure of `reconnect`, is negative or not a number
 * @throws {TypeError} when a stream is to be connected to again
 */
export function connect<Commands, Events>(
  target: ConnectTarget,
  options: TypedConnectOptions<Commands, Events>,
): Promise<QmpClient<Commands, Events>>;
export function connect(
  target: ConnectTarget,
  options?: ConnectOptions & { readonly schema?: undefined },
): Promise<QmpClient>;
export async function connect(
  target: ConnectTarget,
  options: ConnectOptions & { readonly schema?: Qapi<unknown, unknown> | undefined } = {},
): Promise<QmpClient> {
  if (options.reconnect !== undefined && options.reconnect !== false && isStream(target))
    throw new TypeError("a stream cannot be connected to again: give an address or a function");
  const { schema, strict = false, integers = "bigint", history = 1000, timeout = 60_000 } = options;
  const { waitFor = 0 } = options;
  if (!(waitFor >= 0)) throw new RangeError(`waitFor cannot be ${waitFor} ms`);
  const { reconnect } = options;
  if (typeof reconnect === "object") {
    for (const [name, value] of Object.entries(reconnect))
      if (!(value === undefined || value >= 0)) throw new RangeError(`reconnect.${name} cannot be ${value}`);
  }
  const codec: Codec = schema === undefined ? untypedCodec(integers) : schemaCodec(schema, strict);
  const feed = new EventFeed(codec, history);
  const link = new Link({ ...linkOptions(target, options), feed });
  await link.connect(options.signal, waitFor);
  return new QmpClient(link, codec, feed, timeout);
}

function linkOptions(target: ConnectTarget, options: ConnectOptions): Omit<LinkOptions, "feed"> {
  const { agent = false, oob = true, log, reconnect = false, maxMessageBytes = 2 ** 28 } = options;
  const channel = { maxMessageBytes, log };
  return {
    openStream: opener(target),
    canReopen: !isStream(target),
    openSession: (stream, receiver, wait) =>
      agent
        ? AgentSession.open(stream, receiver, channel, wait)
        : QmpSession.open(stream, receiver, { ...channel, oob }, wait),
    connectTimeout: options.connectTimeout ?? 10_000,
    reconnect: reconnect === false ? undefined : reconnect === true ? {} : reconnect,
    onState: options.onState ?? (() => undefined),
  };
}

function opener(target: ConnectTarget): LinkOptions["openStream"] {
  if (typeof target === "function") return target;
  if (typeof target === "string" || "kind" in target) return (signal) => openSocket(target, signal);
  return () => Promise.resolve(target);
}

function isStream(target: ConnectTarget): target is Stream {
  return typeof target === "object" && !("kind" in target);
}
