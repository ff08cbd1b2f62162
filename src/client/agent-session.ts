import type { JsonValue } from "../json/value.js";
import type { Stream } from "../util/stream-pair.js";
import type { ChannelOptions } from "./channel.js";
import { Deadline } from "./deadline.js";
import { lostConnection, QmpError } from "./errors.js";
import type { Message } from "./message.js";
import { Session, writeRequest, type Request, type SessionReceiver } from "./session.js";
import type { WaitOptions } from "./types.js";

/** Ends what the agent may have been told by halves before. */
const sentinel = Uint8Array.of(0xff);

/** Until a synchronisation is sent again, in ms: at first, and at most while there is no sign of life. */
const FIRST_PATIENCE = 250;
const LONGEST_PATIENCE = 1000;

/** Who waits for the next reply. */
interface Waiter {
  readonly command: string;
  readonly resolve: (value: JsonValue) => void;
  readonly reject: (error: Error) => void;
}

/** A synchronisation under way. */
interface Sync {
  /** Those sent; the reply to the last is the last that will come. */
  readonly ids: bigint[];
  command: "guest-sync-delimited" | "guest-sync";
  patience: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * A connection to a guest agent. There is no greeting, and old agents drop ids, so one command is under
 * way at a time and the next reply is its own. Where that is in doubt, at the start and after a command
 * that was given up, `guest-sync-delimited` finds the place in the conversation again; an agent that does not
 * know it is asked by `guest-sync`. What is said while no agent runs in the guest may be lost, so it is said
 * again until there is an answer.
 */
export class AgentSession extends Session {
  readonly greeting = undefined;
  readonly hasOob = false;
  private waiter: Waiter | undefined;
  /** A reply may come that nobody waits for. */
  private needsSync = true;
  private sync: Sync | undefined;
  /** Resolves when all commands so far are done. */
  private turns: Promise<void> = Promise.resolve();
  private ended: { readonly cause: Error | undefined } | undefined;

  /**
   * Waits until the agent answers.
   *
   * @throws {QmpTimeoutError} when it does not, as where none runs in the guest
   */
  static open(
    stream: Stream,
    receiver: SessionReceiver,
    options: ChannelOptions,
    wait: WaitOptions,
  ): Promise<AgentSession> {
    const session = new AgentSession(stream, receiver, options);
    return session.opened(session.inTurn("the guest agent", wait, (signal) => session.synchronise(signal)));
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
  private synchronise(signal: AbortSignal): Promise<JsonValue> {
    const sync: Sync = {
      ids: [],
      command: "guest-sync-delimited",
      patience: FIRST_PATIENCE,
      timer: undefined,
    };
    // One that is given up goes on being forgiving until the next takes its place.
    this.sync = sync;
    const answer = this.answer(sync.command, signal, () => {
      this.sendSync(sync);
    });
    const stop = (): void => {
      clearTimeout(sync.timer);
    };
    answer.then(stop, stop);
    return answer;
  }

  private sendSync(sync: Sync): void {
    const id = BigInt(Math.floor(Math.random() * 2 ** 48));
    sync.ids.push(id);
    this.channel.isFindingPlace = true;
    this.channel.send(writeRequest({ command: sync.command, arguments: { id } }), sentinel);
    this.awaitSync(sync);
  }

  private awaitSync(sync: Sync): void {
    clearTimeout(sync.timer);
    sync.timer = setTimeout(() => {
      sync.patience = Math.max(sync.patience, Math.min(2 * sync.patience, LONGEST_PATIENCE));
      this.sendSync(sync);
    }, sync.patience);
  }

  /** Sends a command and waits for the next reply; from then on until it comes, the place is in doubt. */
  private exchange(request: Request, signal: AbortSignal): Promise<JsonValue> {
    const { command, hasNoReply = false } = request;
    const text = writeRequest(request);
    if (!hasNoReply)
      return this.answer(command, signal, () => {
        this.channel.send(text);
      });
    if (this.ended !== undefined) return Promise.reject(lostConnection(this.ended.cause, command));
    this.needsSync = true;
    this.channel.send(text);
    return Promise.resolve({});
  }

  private answer(command: string, signal: AbortSignal, send: () => void): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      if (this.ended !== undefined) throw lostConnection(this.ended.cause, command);
      const abort = (): void => {
        this.waiter = undefined;
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      this.needsSync = true;
      this.waiter = { command, resolve, reject };
      send();
    });
  }

  protected override receive(message: Exclude<Message, { kind: "event" }>): void {
    if (this.sync !== undefined) {
      this.receiveSync(message, this.sync);
      return;
    }
    const { waiter } = this;
    if (waiter === undefined || (message.kind !== "return" && message.kind !== "error")) {
      this.passOver();
      return;
    }
    this.settle();
    if (message.kind === "return") waiter.resolve(message.value);
    else waiter.reject(new QmpError(message.description, message.errorClass, waiter.command, undefined));
  }

  private receiveSync(message: Exclude<Message, { kind: "event" }>, sync: Sync): void {
    const { waiter } = this;
    if (message.kind === "return" && message.value === sync.ids.at(-1)) {
      this.settle();
      this.sync = undefined;
      this.channel.isFindingPlace = false;
      waiter?.resolve(message.value);
      return;
    }
    this.passOver();
    if (waiter === undefined) return;
    if (message.kind === "return" && sync.ids.some((id) => id === message.value)) {
      // It lives and is slow: the reply to the last will come, if it is not asked ever more meanwhile.
      sync.patience *= 2;
      this.awaitSync(sync);
    } else if (
      message.kind === "error" &&
      message.errorClass === "CommandNotFound" &&
      sync.command === "guest-sync-delimited"
    ) {
      // Whether it is about this one or an earlier command: every agent knows the other.
      sync.command = "guest-sync";
      this.sendSync(sync);
    }
  }

  /** The reply that was waited for has come. */
  private settle(): void {
    this.waiter = undefined;
    this.needsSync = false;
  }

  private passOver(): void {
    this.channel.note("passed over a message that nobody waits for");
  }

  override sentinel(): void {
    // It has ended whatever was begun before it; what follows is a message, whole, over several lines if it likes.
    this.channel.isFindingPlace = false;
  }

  // What is left over from an earlier conversation need not be whole.
  override mayForgive(): boolean {
    return this.sync !== undefined;
  }

  override drain(): void {
    // One command at a time needs no queue.
  }

  protected override end(cause: Error | undefined): void {
    this.ended = { cause };
    const { waiter } = this;
    this.waiter = undefined;
    waiter?.reject(lostConnection(cause, waiter.command, true));
  }
}
