import { locate } from "../evolution/path/locate.js";
import { parsePathQuery } from "../evolution/path/path-query.js";
import { replyView } from "../evolution/path/reply-view.js";
import type { SchemaView } from "../evolution/path/schema-view.js";
import type { JsonObject, JsonValue } from "../json/value.js";
import type { NamedCommand } from "../visitor/qapi.js";
import { callBack } from "./call-back.js";
import { type Codec, type CommandRef, nameOf, plainArguments } from "./codec.js";
import { before } from "./deadline.js";
import type { Arrival, EventFeed, Subscriber } from "./event-feed.js";
import { EventQueue } from "./event-queue.js";
import { QmpConnectionError, QmpSchemaError } from "./errors.js";
import type { Link } from "./link.js";
import type {
  ArgumentsOf,
  EventOf,
  ExecuteRest,
  NameOf,
  PlainObject,
  QmpEvent,
  ReturnsOf,
  UntypedCommands,
  UntypedEvents,
  WaitOptions,
} from "./types.js";

/** Which events are wanted; all that the schema knows unless names are given. */
export interface EventFilter<Events, Name extends NameOf<Events>> {
  readonly names?: readonly Name[] | undefined;
  /** A further condition. */
  readonly where?: ((event: EventOf<Events, Name>) => boolean) | undefined;
}

/** Which events are taken, and for how long. */
export interface EventsOptions<Events, Name extends NameOf<Events>> extends EventFilter<Events, Name> {
  /** Ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** So many events may wait to be taken, else the iteration fails; default 65,536. */
  readonly limit?: number | undefined;
}

const DEFAULT_LIMIT = 65_536;

/**
 * A client of QEMU's monitor, made by `connect`.
 *
 * @typeParam Commands what goes and comes with each command, as a generated library has it
 * @typeParam Events what each event brings
 */
export class QmpClient<Commands = UntypedCommands, Events = UntypedEvents> {
  /** What the QEMU at the other end told of itself, and over which connection. */
  private own: { readonly session: Link["current"]; readonly view: Promise<SchemaView<string>> } | undefined;

  /** For `connect` alone. */
  constructor(
    private readonly link: Link,
    private readonly codec: Codec,
    private readonly feed: EventFeed,
    /** What a command may take unless it says otherwise, in ms. */
    private readonly timeout: number,
  ) {}

  /** The `QMP` member of QEMU's greeting; undefined of a guest agent, and while there is no connection. */
  get greeting(): JsonObject | undefined {
    return this.link.current?.greeting;
  }

  get isConnected(): boolean {
    return this.link.current !== undefined;
  }

  /** Whether commands may be run out of band: QEMU has offered it and the client has not declined. */
  get hasOob(): boolean {
    return this.link.current?.hasOob === true;
  }

  /**
   * Runs a command, given by its name or as a generated library exports it: checks and encodes its arguments, waits for the reply, decodes it. At most eight are
   * under way at once; further ones wait their turn. A command that is given up is not taken back: it may
   * have run.
   *
   * @throws {QmpSchemaError} when the arguments do not fit (nothing is sent), or the reply does not
   * @throws {QmpError} when QEMU refuses it
   * @throws {QmpTimeoutError} when there is no answer in time
   * @throws {QmpConnectionError} when the connection is lost or closed
   * @throws the signal's reason
   */
  execute<Arguments, Returns>(
    command: NamedCommand<string, Arguments, Returns>,
    ...rest: ExecuteRest<Arguments>
  ): Promise<Returns>;
  execute<Name extends NameOf<Commands>>(
    command: Name,
    ...rest: ExecuteRest<ArgumentsOf<Commands, Name>>
  ): Promise<ReturnsOf<Commands, Name>>;
  async execute(command: CommandRef, args?: unknown, options: WaitOptions = {}): Promise<unknown> {
    return this.run(command, args, options, false);
  }

  /** Runs a command out of band, past all that wait: `execute` otherwise. */
  executeOob<Arguments, Returns>(
    command: NamedCommand<string, Arguments, Returns>,
    ...rest: ExecuteRest<Arguments>
  ): Promise<Returns>;
  executeOob<Name extends NameOf<Commands>>(
    command: Name,
    ...rest: ExecuteRest<ArgumentsOf<Commands, Name>>
  ): Promise<ReturnsOf<Commands, Name>>;
  async executeOob(command: CommandRef, args?: unknown, options: WaitOptions = {}): Promise<unknown> {
    return this.run(command, args, options, true);
  }

  /**
   * Runs a command that the schema need not know. Nothing is checked or decoded: integers come as
   * `bigint`.
   *
   * @throws {TypeError} when the arguments have no exact form in JSON
   */
  async executeRaw(command: string, args?: PlainObject, options: WaitOptions = {}): Promise<JsonValue> {
    const request = { command, arguments: plainArguments(args) };
    return this.link.execute(request, { timeout: this.timeout, ...options });
  }

  /**
   * Whether this QEMU has what a path names, in libvirt's grammar: `migrate/arg-type/channels` for a
   * member, `+x` for a branch, `^x` for a value, `$x` for a feature, `*x` for an optional member. The
   * QEMU is asked for its schema once a connection.
   *
   * @throws {PathQueryError} for what is no path
   */
  async supports(query: string, options: WaitOptions = {}): Promise<boolean> {
    const path = parsePathQuery(query);
    return locate(await this.ownSchema(options), path) !== undefined;
  }

  private ownSchema(options: WaitOptions): Promise<SchemaView<string>> {
    const session = this.link.current;
    if (this.own !== undefined && this.own.session === session) return this.own.view;
    const view = this.executeRaw("query-qmp-schema", undefined, options).then(replyView);
    this.own = { session, view };
    // What was not answered is asked again.
    view.catch(() => {
      if (this.own?.view === view) this.own = undefined;
    });
    return view;
  }

  /**
   * Events as they come, until the client is closed. Those from before anybody asked for events come
   * first. An iterator that is not used up ends with `return()`, as leaving a loop does; if nobody takes
   * its events, the connection is held back, and past `limit` the iteration fails with a
   * {@link QmpOverflowError}.
   *
   * It fails with a {@link QmpConnectionError} when the connection is lost for good, and with a
   * {@link QmpSchemaError} at an event whose data do not fit the schema.
   */
  events<Name extends NameOf<Events> = NameOf<Events>>(
    options: EventsOptions<Events, Name> = {},
  ): AsyncIterableIterator<EventOf<Events, Name>, undefined> {
    const { signal, limit = DEFAULT_LIMIT, ...filter } = options;
    const pick = this.picker(filter);
    const onRoom = (): void => {
      this.link.regulate();
    };
    const onAbort = (): void => {
      queue.end(signal?.reason as Error);
    };
    const queue = new EventQueue<EventOf<Events, Name>>(limit, onRoom, () => {
      signal?.removeEventListener("abort", onAbort);
      this.feed.unsubscribe(subscriber);
    });
    const subscriber: Subscriber = {
      get isFull() {
        return queue.isFull;
      },
      take: (arrival) => {
        try {
          const event = pick(arrival);
          if (event !== undefined) queue.push(event);
        } catch (error) {
          queue.end(error as Error);
        }
      },
      end: (error) => {
        queue.end(error);
      },
    };
    if (signal?.aborted === true) {
      queue.end(signal.reason as Error);
    } else {
      signal?.addEventListener("abort", onAbort, { once: true });
      this.feed.subscribe(subscriber);
    }
    return queue;
  }

  /**
   * Calls back at each event. One whose data do not fit the schema is not told: only iterators and
   * `onRawEvent` see it.
   *
   * @returns what ends it
   */
  onEvent<Name extends NameOf<Events> = NameOf<Events>>(
    listener: (event: EventOf<Events, Name>) => void,
    filter: EventFilter<Events, Name> = {},
  ): () => void {
    const pick = this.picker(filter);
    return this.listen((arrival) => {
      let event: EventOf<Events, Name> | undefined;
      try {
        event = pick(arrival);
      } catch (error) {
        if (error instanceof QmpSchemaError) return;
        throw error;
      }
      if (event !== undefined) listener(event);
    });
  }

  /** Calls back at every event, known to the schema or not, with its data as it came. */
  onRawEvent(listener: (event: QmpEvent) => void): () => void {
    return this.listen(({ raw }) => {
      listener(raw);
    });
  }

  /**
   * Waits for an event. Ask before causing it:
   *
   *     const stopped = client.waitForEvent({ names: ["STOP"] });
   *     await client.execute("stop");
   *     await stopped;
   *
   * @throws {QmpTimeoutError} when it does not come in time (default: the client's)
   * @throws as iterating over {@link events} does
   */
  waitForEvent<Name extends NameOf<Events>>(
    filter: EventFilter<Events, Name>,
    options: WaitOptions = {},
  ): Promise<EventOf<Events, Name>> {
    const events = this.events<Name>(filter);
    const first = events.next().then(({ value }) => {
      if (value === undefined) throw new QmpConnectionError("the client was closed");
      return value;
    });
    const what = filter.names?.join(" or ") ?? "an event";
    const waiting = before(what, { timeout: this.timeout, ...options }, first).finally(() => {
      void events.return?.();
    });
    // It may fail before anybody has come to wait for it: that is no failure of the process.
    waiting.catch(() => undefined);
    return waiting;
  }

  /**
   * Resolves when there is a connection, at once unless it is being made again.
   *
   * @throws {QmpConnectionError} when there will be none any more
   */
  ready(options: WaitOptions = {}): Promise<void> {
    return this.link.ready(options);
  }

  /**
   * Ends the connection. Commands under way fail with a {@link QmpConnectionError}, iterations over events
   * end.
   */
  close(): Promise<void> {
    return this.link.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async run(
    command: CommandRef,
    args: unknown,
    options: WaitOptions,
    isOob: boolean,
  ): Promise<unknown> {
    const name = nameOf(command);
    if (isOob && this.isConnected && !this.hasOob)
      throw new QmpConnectionError(`${name}: QEMU was not asked for out-of-band commands`, name);
    const request = {
      command: name,
      arguments: this.codec.encodeArguments(command, args),
      isOob,
      hasNoReply: this.codec.hasNoReply(command),
    };
    const value = await this.link.execute(request, { timeout: this.timeout, ...options });
    return this.codec.decodeReturn(command, value);
  }

  private listen(take: (arrival: Arrival) => void): () => void {
    const subscriber: Subscriber = {
      isFull: false,
      take: (arrival) => {
        callBack(() => {
          take(arrival);
        });
      },
      end: () => undefined,
    };
    this.feed.subscribe(subscriber);
    return () => {
      this.feed.unsubscribe(subscriber);
    };
  }

  /** Decodes an arrival if it is wanted. */
  private picker<Name extends NameOf<Events>>({
    names,
    where,
  }: EventFilter<Events, Name>): (arrival: Arrival) => EventOf<Events, Name> | undefined {
    const wanted = names === undefined ? undefined : new Set<string>(names);
    return ({ raw, decode }) => {
      if (wanted?.has(raw.event) === false) return undefined;
      // The codec of a client is that of the schema that typed it.
      const event = decode() as EventOf<Events, Name> | undefined;
      return event !== undefined && where?.(event) === false ? undefined : event;
    };
  }
}
