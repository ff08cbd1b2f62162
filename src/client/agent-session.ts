import type { JsonObject, JsonValue } from "../json/value.js";
import { Channel, type ChannelOptions } from "./channel.js";
import { Deadline } from "./deadline.js";
import { QmpConnectionError, QmpError } from "./errors.js";
import { readMessage } from "./message.js";
import { writeRequest, type Request, type Session, type SessionReceiver } from "./session.js";
import type { Stream } from "../util/stream-pair.js";
import type { WaitOptions } from "./types.js";

/** Ends what the agent may have been told by halves before. */
const sentinel = Uint8Array.of(0xff);

/** Who waits for the next reply. */
interface Waiter {
  readonly command: string;
  readonly resolve: (value: JsonValue) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A connection to a guest agent. There is no greeting, and old agents drop ids, so one command is under
 * way at a time and the next reply is its own. Where that is in doubt, at the start and after a command
 * that was given up, `guest-sync-delimited` finds the place in the conversation again.
 */
export class AgentSession implements Session {
  readonly greeting = undefined;
  readonly hasOob = false;
  private readonly channel: Channel;
  private waiter: Waiter | undefined;
  /** A reply may come that nobody waits for. */
  private needsSync = true;
  /** The synchronisation under way, and whether the byte before its reply has come. */
  private sync: { readonly id: bigint; isDelimited: boolean } | undefined;
  /** Resolves when all commands so far are done. */
  private turns: Promise<void> = Promise.resolve();
  private ended: { readonly why: string; readonly cause: Error | undefined } | undefined;

  private constructor(
    stream: Stream,
    private readonly receiver: SessionReceiver,
    options: ChannelOptions,
  ) {
    const channelReceiver = {
      message: (message: JsonObject) => {
        this.receive(message);
      },
      sentinel: () => {
        if (this.sync !== undefined) this.sync.isDelimited = true;
      },
      // What is left over from an earlier conversation need not be whole.
      mayForgive: () => this.sync !== undefined,
      drain: () => undefined,
      closed: (error: Error | undefined) => {
        this.end(error);
      },
    };
    this.channel = new Channel(stream, channelReceiver, options);
  }

  /**
   * Waits until the agent answers.
   *
   * @throws {QmpTimeoutError} when it does not, as where none runs in the guest
   */
  static async open(
    stream: Stream,
    receiver: SessionReceiver,
    options: ChannelOptions,
    wait: WaitOptions,
  ): Promise<AgentSession> {
    const session = new AgentSession(stream, receiver, options);
    try {
      await session.inTurn("the guest agent", wait, (signal) => session.synchronise(signal));
      return session;
    } catch (error) {
      void session.close();
      throw error;
    }
  }

  get isBusy(): boolean {
    return this.waiter !== undefined;
  }

  execute(request: Request, options: WaitOptions): Promise<JsonValue> {
    return this.inTurn(request.command, options, async (signal) => {
      if (this.needsSync) await this.synchronise(signal);
      return this.exchange(request, signal);
    });
  }

  pause(): void {
    this.channel.pause();
  }

  resume(): void {
    this.channel.resume();
  }

  close(): Promise<void> {
    return this.channel.close();
  }

  /** Runs `work` when all before it is done, unless it is given up first; the signal is its own. */
  private inTurn(
    what: string,
    options: WaitOptions,
    work: (signal: AbortSignal) => Promise<JsonValue>,
  ): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const deadline = new Deadline(what, options, (reason) => {
        over.abort(reason);
        reject(reason);
      });
      const run = async (): Promise<void> => {
        if (over.signal.aborted) return;
        await work(over.signal).then(resolve, reject);
        deadline.clear();
      };
      this.turns = this.turns.then(run);
    });
  }

  /** Makes sure that the next reply is the next command's. */
  private async synchronise(signal: AbortSignal): Promise<JsonValue> {
    const id = BigInt(Math.floor(Math.random() * 2 ** 48));
    this.sync = { id, isDelimited: false };
    return this.exchange({ command: "guest-sync-delimited", arguments: { id } }, signal, sentinel);
  }

  /** Sends a command and waits for the next reply; from then on until it comes, the place is in doubt. */
  private exchange(request: Request, signal: AbortSignal, prefix?: Uint8Array): Promise<JsonValue> {
    const { command, hasNoReply = false } = request;
    return new Promise((resolve, reject) => {
      const text = writeRequest(request);
      if (this.ended !== undefined) throw this.connectionError(command, false);
      signal.addEventListener("abort", () => {
        this.waiter = undefined;
        reject(signal.reason as Error);
      });
      this.needsSync = true;
      this.channel.send(text, prefix);
      if (hasNoReply) resolve({});
      else this.waiter = { command, resolve, reject };
    });
  }

  private receive(json: JsonObject): void {
    const message = readMessage(json);
    if (message.kind === "event") {
      this.receiver.event(message.event);
      return;
    }
    const { waiter, sync } = this;
    const isReply = message.kind === "return" || message.kind === "error";
    const isOfSync = sync?.isDelimited === true && message.kind === "return" && message.value === sync.id;
    if (!isReply || waiter === undefined || (sync !== undefined && !isOfSync)) {
      if (sync !== undefined) sync.isDelimited = false;
      this.channel.note("passed over a message that nobody waits for");
      return;
    }
    this.sync = undefined;
    this.waiter = undefined;
    this.needsSync = false;
    if (message.kind === "return") waiter.resolve(message.value);
    else waiter.reject(new QmpError(message.description, message.errorClass, waiter.command, undefined));
  }

  private end(cause: Error | undefined): void {
    this.ended = { why: cause?.message ?? "the connection was closed", cause };
    const { waiter } = this;
    this.waiter = undefined;
    waiter?.reject(this.connectionError(waiter.command, true));
    this.receiver.closed(cause);
  }

  private connectionError(command: string, wasSent: boolean): QmpConnectionError {
    const { why = "", cause } = this.ended ?? {};
    return new QmpConnectionError(`${command}: ${why}`, command, wasSent, { cause });
  }
}
