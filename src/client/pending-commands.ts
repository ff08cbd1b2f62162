import type { JsonValue } from "../json/value.js";
import type { Channel } from "./channel.js";
import { Deadline } from "./deadline.js";
import { lostConnection, QmpConnectionError, QmpError, QmpProtocolError } from "./errors.js";
import type { Message } from "./message.js";
import { writeRequest, type Request } from "./session.js";
import type { WaitOptions } from "./types.js";

/** In-band commands that may be under way at once: QEMU stops reading at more (its QMP specification). */
const MAX_IN_FLIGHT = 8;

interface Entry {
  readonly id: number;
  readonly request: Request;
  /** As it is sent; written early, since that may fail. */
  readonly text: string;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: Deadline;
}

type Reply = Extract<Message, { kind: "return" | "error" }>;

/**
 * The commands of one connection: those that wait for their turn, and those that wait for their replies,
 * which are found by id. A command that is given up keeps its place among those under way until its reply
 * comes: QEMU is still busy with it.
 */
export class PendingCommands {
  private nextId = 1;
  private readonly queue = new Set<Entry>();
  private readonly sent = new Map<number, Entry>();
  private inFlight = 0;
  private isEnded = false;

  constructor(private readonly channel: Channel) {}

  /** Whether replies are awaited. */
  get isBusy(): boolean {
    return this.sent.size > 0 || this.queue.size > 0;
  }

  async add(request: Request, options: WaitOptions): Promise<JsonValue> {
    const id = this.nextId++;
    const reply = await this.ask(id, request, options);
    if (reply.kind === "return") return reply.value;
    // Thrown here, its stack leads to who asked.
    throw new QmpError(reply.description, reply.errorClass, request.command, id);
  }

  /** Sends what may be sent now. */
  sendNext(): void {
    for (const entry of this.queue) {
      if (this.inFlight >= MAX_IN_FLIGHT || this.channel.isFull) return;
      this.queue.delete(entry);
      this.inFlight++;
      this.send(entry);
    }
  }

  /** Hands a reply to the command it belongs to. */
  settle(reply: Reply): void {
    const entry = this.entryOf(reply);
    if (entry === undefined) return;
    this.sent.delete(entry.id);
    entry.deadline.clear();
    if (entry.request.isOob !== true) this.inFlight--;
    entry.resolve(reply);
    this.sendNext();
  }

  /** The connection has ended: nothing will be answered any more. */
  abandon(cause: Error | undefined): void {
    this.isEnded = true;
    const end = (entry: Entry, wasSent: boolean): void => {
      entry.deadline.clear();
      entry.reject(lostConnection(cause, entry.request.command, wasSent));
    };
    for (const entry of this.sent.values()) end(entry, true);
    for (const entry of this.queue) end(entry, false);
    this.sent.clear();
    this.queue.clear();
  }

  private ask(id: number, request: Request, options: WaitOptions): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.isEnded) throw new QmpConnectionError("there is no connection", request.command);
      const text = writeRequest(request, id);
      const deadline = new Deadline(request.command, options, (reason) => {
        // Once sent it stays until its reply comes.
        this.queue.delete(entry);
        reject(reason);
      });
      const entry: Entry = { id, request, text, resolve, reject, deadline };
      if (request.isOob === true) {
        this.send(entry);
      } else {
        this.queue.add(entry);
        this.sendNext();
      }
    });
  }

  private send(entry: Entry): void {
    this.sent.set(entry.id, entry);
    this.channel.send(entry.text);
  }

  /** Whose reply it is; undefined when it is nobody's, or cannot be told. */
  private entryOf({ id, kind }: Reply): Entry | undefined {
    const entry = id === undefined ? this.onlyOne() : this.sent.get(Number(typeof id === "bigint" ? id : -1));
    if (entry !== undefined) return entry;
    if (id === undefined && this.sent.size > 0) {
      // One of several commands has been answered and will never be again: which one is unknown.
      this.channel.fail(
        new QmpProtocolError(`the peer sent ${kind === "error" ? "an error" : "a reply"} without id`),
      );
    } else {
      this.channel.note("passed over a reply to no command under way");
    }
    return undefined;
  }

  private onlyOne(): Entry | undefined {
    if (this.sent.size !== 1) return undefined;
    const [entry] = this.sent.values();
    return entry;
  }
}
