import type { JsonObject, JsonValue } from "../json/value.js";
import { writeJson } from "../json/write.js";
import type { Stream } from "../util/stream-pair.js";
import { Channel, type ChannelOptions, type ChannelReceiver } from "./channel.js";
import { readMessage, type Message } from "./message.js";
import type { QmpEvent, WaitOptions } from "./types.js";

/** A command ready to be sent. */
export interface Request {
  readonly command: string;
  readonly arguments: JsonObject;
  /** Sent past the queue, to be run out of band. */
  readonly isOob?: boolean;
  /** Set for a command that answers only when it fails. */
  readonly hasNoReply?: boolean;
}

/**
 * A command as it goes over the wire.
 *
 * @throws {RangeError} when it nests deeper than QEMU reads
 */
export function writeRequest(request: Request, id?: number): string {
  const message: JsonObject = { [request.isOob === true ? "exec-oob" : "execute"]: request.command };
  if (Object.keys(request.arguments).length > 0) message["arguments"] = request.arguments;
  if (id !== undefined) message["id"] = BigInt(id);
  return writeJson(message, "qmp");
}

/** Who hears of a session. */
export interface SessionReceiver {
  event(event: QmpEvent): void;
  /** It has ended; called once, with what ended it unless it was closed on purpose. */
  closed(error: Error | undefined): void;
}

/** One connection, ready for commands: what those to QEMU and to a guest agent have in common. */
export abstract class Session implements ChannelReceiver {
  /** What QEMU said of itself; a guest agent says nothing. */
  abstract readonly greeting: JsonObject | undefined;
  /** Whether commands may be run out of band. */
  abstract readonly hasOob: boolean;
  /** Whether replies are awaited. */
  abstract readonly isBusy: boolean;
  protected readonly channel: Channel;

  protected constructor(
    stream: Stream,
    private readonly receiver: SessionReceiver,
    options: ChannelOptions,
  ) {
    this.channel = new Channel(stream, this, options);
  }

  /**
   * Sends a command when its turn comes.
   *
   * @returns what it returned
   * @throws {QmpError} when it was refused
   * @throws {QmpTimeoutError} when its time was up; it may have run all the same
   * @throws {QmpConnectionError} when the connection ended first
   */
  abstract execute(request: Request, options: WaitOptions): Promise<JsonValue>;

  /** Stops or goes on reading; see the events' backpressure. */
  pause(): void {
    this.channel.pause();
  }

  resume(): void {
    this.channel.resume();
  }

  close(): Promise<void> {
    return this.channel.close();
  }

  message(json: JsonObject): void {
    const message = readMessage(json);
    if (message.kind === "event") this.receiver.event(message.event);
    else this.receive(message, json);
  }

  closed(error: Error | undefined): void {
    this.end(error);
    this.receiver.closed(error);
  }

  abstract sentinel(): void;
  abstract mayForgive(): boolean;
  abstract drain(): void;

  /** The session once `opening` is done; where that fails, it is closed. */
  protected async opened(opening: Promise<unknown>): Promise<this> {
    try {
      await opening;
      return this;
    } catch (error) {
      void this.close();
      throw error;
    }
  }

  /** Takes a message that is no event. */
  protected abstract receive(message: Exclude<Message, { kind: "event" }>, json: JsonObject): void;
  /** Settles all that waits: the connection has ended, by this error unless on purpose. */
  protected abstract end(error: Error | undefined): void;
}
