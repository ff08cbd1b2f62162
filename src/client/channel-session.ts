import type { JsonObject, JsonValue } from "../json/value.js";
import type { Stream } from "../util/stream-pair.js";
import { Channel, type ChannelOptions } from "./channel.js";
import type { QmpProtocolError } from "./errors.js";
import { readMessage, type Message } from "./message.js";
import type { Request, Session, SessionReceiver } from "./session.js";
import type { WaitOptions } from "./types.js";

/** What connections to QEMU and to a guest agent have in common: a channel, and who hears of it. */
export abstract class ChannelSession implements Session {
  abstract readonly greeting: JsonObject | undefined;
  abstract readonly hasOob: boolean;
  abstract readonly isBusy: boolean;
  protected readonly channel: Channel;

  protected constructor(
    stream: Stream,
    private readonly receiver: SessionReceiver,
    options: ChannelOptions,
  ) {
    const channelReceiver = {
      message: (json: JsonObject) => {
        const message = readMessage(json);
        if (message.kind === "event") receiver.event(message.event);
        else this.receive(message, json);
      },
      sentinel: () => {
        this.receiveSentinel();
      },
      mayForgive: (error: QmpProtocolError) => this.mayForgive(error),
      drain: () => {
        this.drain();
      },
      closed: (error: Error | undefined) => {
        this.end(error);
        this.receiver.closed(error);
      },
    };
    this.channel = new Channel(stream, channelReceiver, options);
  }

  abstract execute(request: Request, options: WaitOptions): Promise<JsonValue>;

  pause(): void {
    this.channel.pause();
  }

  resume(): void {
    this.channel.resume();
  }

  close(): Promise<void> {
    return this.channel.close();
  }

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
  /** Takes the byte 0xFF. */
  protected abstract receiveSentinel(): void;
  /** Whether what is no message may be passed over, up to where the next one is found. */
  protected abstract mayForgive(error: QmpProtocolError): boolean;
  /** The peer takes more. */
  protected abstract drain(): void;
  /** Settles all that waits: the connection has ended, by this error unless on purpose. */
  protected abstract end(error: Error | undefined): void;
}
