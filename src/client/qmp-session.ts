import type { JsonObject, JsonValue } from "../json/value.js";
import { Channel, type ChannelOptions } from "./channel.js";
import { before } from "./deadline.js";
import { QmpConnectionError, QmpProtocolError } from "./errors.js";
import { member, readMessage } from "./message.js";
import { PendingCommands } from "./pending-commands.js";
import type { Request, Session, SessionReceiver } from "./session.js";
import type { Stream } from "../util/stream-pair.js";
import type { WaitOptions } from "./types.js";

export interface QmpSessionOptions extends ChannelOptions {
  /** Whether to ask for out-of-band commands where they are offered. */
  readonly oob: boolean;
}

/** A connection to QEMU's monitor. */
export class QmpSession implements Session {
  private greeted: JsonObject | undefined;
  private onGreeting: (greeting: JsonObject) => void = () => undefined;
  private onEnd: (error: Error) => void = () => undefined;
  private oob = false;
  private readonly channel: Channel;
  private readonly pending: PendingCommands;

  private constructor(
    stream: Stream,
    private readonly receiver: SessionReceiver,
    private readonly options: QmpSessionOptions,
  ) {
    const channelReceiver = {
      message: (message: JsonObject) => {
        this.receive(message);
      },
      sentinel: () => {
        this.channel.fail(new QmpProtocolError("the peer does not speak QMP: unexpected byte 0xFF"));
      },
      mayForgive: () => false,
      drain: () => {
        this.pending.sendNext();
      },
      closed: (error: Error | undefined) => {
        this.end(error);
      },
    };
    this.channel = new Channel(stream, channelReceiver, options);
    this.pending = new PendingCommands(this.channel);
  }

  /**
   * Waits for the greeting and negotiates capabilities.
   *
   * @throws {QmpError} when the negotiation is refused
   * @throws {QmpTimeoutError} when there is no greeting, as where QEMU's one client is somebody else
   */
  static async open(
    stream: Stream,
    receiver: SessionReceiver,
    options: QmpSessionOptions,
    wait: WaitOptions,
  ): Promise<QmpSession> {
    const session = new QmpSession(stream, receiver, options);
    try {
      await session.negotiate(wait);
      return session;
    } catch (error) {
      void session.close();
      throw error;
    }
  }

  get greeting(): JsonObject | undefined {
    return this.greeted;
  }

  get hasOob(): boolean {
    return this.oob;
  }

  get isBusy(): boolean {
    return this.pending.isBusy;
  }

  execute(request: Request, options: WaitOptions): Promise<JsonValue> {
    return this.pending.add(request, options);
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

  private async negotiate(wait: WaitOptions): Promise<void> {
    const greeted = new Promise<JsonObject>((resolve, reject) => {
      this.onGreeting = resolve;
      this.onEnd = reject;
    });
    const greeting = await before("the greeting of QMP", wait, greeted);
    const offered = member(greeting, "capabilities");
    const oob = this.options.oob && Array.isArray(offered) && offered.includes("oob");
    const args: JsonObject = oob ? { enable: ["oob"] } : {};
    await this.execute({ command: "qmp_capabilities", arguments: args }, wait);
    this.oob = oob;
  }

  private receive(json: JsonObject): void {
    const message = readMessage(json);
    switch (message.kind) {
      case "event":
        this.receiver.event(message.event);
        break;
      case "return":
      case "error":
        this.pending.settle(message);
        break;
      case "greeting":
        this.greeted ??= message.greeting;
        this.onGreeting(message.greeting);
        break;
      case "unknown":
        this.channel.note("passed over a message of a kind unknown to QMP");
    }
  }

  private end(error: Error | undefined): void {
    const why = error?.message ?? "the connection was closed";
    this.onEnd(connectionError(why, error));
    this.pending.abandon(why, error);
    this.receiver.closed(error);
  }
}

/** An error as a caller sees it: a fault of the protocol as such, anything else as the connection's end. */
function connectionError(why: string, cause: Error | undefined): Error {
  return cause instanceof QmpProtocolError ? cause : new QmpConnectionError(why, undefined, false, { cause });
}
