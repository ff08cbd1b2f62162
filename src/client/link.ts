import type { JsonValue } from "../json/value.js";
import { callBack } from "./call-back.js";
import { before, pause } from "./deadline.js";
import { endError, QmpConnectionError } from "./errors.js";
import type { EventFeed } from "./event-feed.js";
import type { Request, Session, SessionReceiver } from "./session.js";
import { asPair, type Stream } from "../util/stream-pair.js";
import { mayComeUp } from "./transport.js";
import type { WaitOptions } from "./types.js";

/** When to try again after a connection was lost: `initialDelay`, then `factor` times as long each time. */
export interface ReconnectOptions {
  /** In ms; default 100. */
  readonly initialDelay?: number;
  /** In ms; default 10,000. */
  readonly maxDelay?: number;
  /** Default 2. */
  readonly factor?: number;
  /** So many failures in a row end it; default: none do. */
  readonly attempts?: number;
}

/** What becomes of a client's connection. */
export type ConnectionState =
  | { readonly state: "connected" }
  /** Commands are refused; another attempt is made after `delay` ms. */
  | {
      readonly state: "reconnecting";
      readonly error: Error;
      readonly attempt: number;
      readonly delay: number;
    }
  /** For good; without an error it was closed on purpose. */
  | { readonly state: "closed"; readonly error: Error | undefined };

export interface LinkOptions {
  readonly openStream: (signal: AbortSignal) => Promise<Stream>;
  /** Whether `openStream` opens another each time. */
  readonly canReopen: boolean;
  readonly openSession: (stream: Stream, receiver: SessionReceiver, wait: WaitOptions) => Promise<Session>;
  readonly feed: EventFeed;
  /** What each step of connecting may take, in ms. */
  readonly connectTimeout: number;
  readonly reconnect: ReconnectOptions | undefined;
  readonly onState: (state: ConnectionState) => void;
}

/** Pauses between attempts at a first connection that is waited for, in ms. */
const FIRST_DELAY = 20;
const LONGEST_DELAY = 250;

/** A connection that may be lost and found again. Nothing that was sent is ever sent again by it. */
export class Link {
  private session: Session | undefined;
  private isPaused = false;
  private ended: { readonly error: Error | undefined } | undefined;
  private readonly stop = new AbortController();
  private readonly waiters = new Set<() => void>();

  constructor(private readonly options: LinkOptions) {}

  /** The connection at hand. */
  get current(): Session | undefined {
    return this.session;
  }

  /**
   * Makes the first connection.
   *
   * @param waitFor how long to try again while nobody listens, in ms; whoever does listen has as long to answer
   */
  async connect(signal: AbortSignal | undefined, waitFor: number): Promise<void> {
    const deadline = performance.now() + waitFor;
    try {
      for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
        const left = deadline - performance.now();
        const error = await this.attempt(signal, left).then(
          () => undefined,
          (reason: unknown) => ({ reason }),
        );
        if (error === undefined) return;
        if (left <= 0 || !this.options.canReopen || !mayComeUp(error.reason)) throw error.reason;
        await pause(Math.min(delay, left), this.signalWith(signal));
      }
    } catch (error) {
      this.finish(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  execute(request: Request, options: WaitOptions): Promise<JsonValue> {
    const { command } = request;
    if (this.session === undefined) {
      const { error } = this.ended ?? {};
      const why = this.ended === undefined ? "not connected at the moment" : (error?.message ?? "closed");
      return Promise.reject(new QmpConnectionError(`${command}: ${why}`, command, false, { cause: error }));
    }
    const reply = this.session.execute(request, options);
    this.regulate();
    return reply;
  }

  /**
   * Resolves as soon as there is a connection.
   *
   * @throws {QmpConnectionError} when there will be none any more
   */
  async ready(options: WaitOptions): Promise<void> {
    while (this.session === undefined) {
      if (this.ended !== undefined) throw endError(this.ended.error);
      let wake: () => void = () => undefined;
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
        this.waiters.add(resolve);
      });
      await before("a connection", options, changed).finally(() => this.waiters.delete(wake));
    }
  }

  /**
   * Stops reading while every subscriber of events has had enough, so that the peer waits too; but never
   * while a reply is awaited, or who is to take the events might be waiting for just that.
   */
  regulate(): void {
    if (this.session === undefined) return;
    const shouldPause = this.options.feed.isFull && !this.session.isBusy;
    if (shouldPause === this.isPaused) return;
    this.isPaused = shouldPause;
    if (shouldPause) this.session.pause();
    else this.session.resume();
  }

  async close(): Promise<void> {
    this.stop.abort(new QmpConnectionError("the client was closed"));
    await this.session?.close();
    this.finish(undefined);
  }

  private signalWith(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.stop.signal : AbortSignal.any([this.stop.signal, signal]);
  }

  /** @param patience what who listens may take to answer, in ms, where that is longer than the usual time */
  private async attempt(signal?: AbortSignal, patience = 0): Promise<void> {
    const { openStream, openSession, feed, connectTimeout } = this.options;
    const wait = { timeout: connectTimeout, signal: this.signalWith(signal) };
    const stream = await open(openStream, wait);
    const life: { session?: Session; end?: { readonly error: Error | undefined } } = {};
    const receiver: SessionReceiver = {
      event: (event) => {
        feed.publish(event);
        this.regulate();
      },
      closed: (error) => {
        life.end = { error };
        if (life.session !== undefined && life.session === this.session) this.lose(error);
      },
    };
    life.session = await openSession(stream, receiver, {
      ...wait,
      timeout: Math.max(connectTimeout, patience),
    });
    // It may have ended between its opening and now.
    if (life.end !== undefined) throw endError(life.end.error);
    this.session = life.session;
    this.isPaused = false;
    this.tell({ state: "connected" });
    this.wake();
  }

  private lose(error: Error | undefined): void {
    this.session = undefined;
    const { reconnect } = this.options;
    if (reconnect === undefined || this.stop.signal.aborted) this.finish(error);
    else void this.retry(reconnect, endError(error));
  }

  private async retry(reconnect: ReconnectOptions, lost: Error): Promise<void> {
    const { initialDelay = 100, maxDelay = 10_000, factor = 2, attempts = Infinity } = reconnect;
    let error = lost;
    let delay = initialDelay;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      this.tell({ state: "reconnecting", error, attempt, delay });
      try {
        await pause(delay, this.stop.signal);
        await this.attempt();
        return;
      } catch (reason) {
        if (this.stop.signal.aborted) return;
        if (reason instanceof Error) error = reason;
      }
      delay = Math.min(maxDelay, delay * factor);
    }
    this.finish(error);
  }

  private finish(error: Error | undefined): void {
    if (this.ended !== undefined) return;
    const reason = this.stop.signal.aborted ? undefined : endError(error);
    this.ended = { error: reason };
    this.tell({ state: "closed", error: reason });
    this.options.feed.end(reason);
    this.wake();
  }

  private tell(state: ConnectionState): void {
    callBack(() => {
      this.options.onState(state);
    });
  }

  private wake(): void {
    for (const waiter of this.waiters) waiter();
  }
}

/** Opens a stream in time; one that comes too late is let go. */
function open(
  openStream: (signal: AbortSignal) => Promise<Stream>,
  wait: WaitOptions & { readonly signal: AbortSignal },
): Promise<Stream> {
  const late = new AbortController();
  const opening = openStream(AbortSignal.any([wait.signal, late.signal]));
  return before("a connection", wait, opening, (reason) => {
    late.abort(reason);
    opening.then(
      (stream) => {
        const { input, output } = asPair(stream);
        input.destroy();
        output.destroy();
      },
      () => undefined,
    );
  });
}
