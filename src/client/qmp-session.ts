import { member, type JsonObject, type JsonValue } from "../json/value.js";
import { writeJson } from "../json/write.js";
import type { Stream } from "../util/stream-pair.js";
import type { ChannelOptions } from "./channel.js";
import { before } from "./deadline.js";
import { endError, LIKELY_TAKEN, QmpProtocolError, QmpTimeoutError } from "./errors.js";
import { preview } from "./message-framer.js";
import type { Message } from "./message.js";
import { PendingCommands } from "./pending-commands.js";
import { Session, type Request, type SessionReceiver } from "./session.js";
import type { WaitOptions } from "./types.js";

interface QmpSessionOptions extends ChannelOptions {
  /** Whether to ask for out-of-band commands where they are offered. */
  readonly oob: boolean;
}

/** A connection to QEMU's monitor. */
export class QmpSession extends Session {
  private greeted: JsonObject | undefined;
  private onGreeting: (greeting: JsonObject) => void = () => undefined;
  private onEnd: (error: Error) => void = () => undefined;
  private oob = false;
  private readonly pending: PendingCommands;

  private constructor(
    stream: Stream,
    receiver: SessionReceiver,
    private readonly options: QmpSessionOptions,
  ) {
    super(stream, receiver, options);
    this.pending = new PendingCommands(this.channel);
  }

  /**
   * Waits for the greeting and negotiates capabilities.
   *
   * @throws {QmpError} when the negotiation is refused
   * @throws {QmpProtocolError} when the peer says something else than a greeting
   * @throws {QmpTimeoutError} when there is no greeting, as where QEMU's one client is somebody else
   */
  static open(
    stream: Stream,
    receiver: SessionReceiver,
    options: QmpSessionOptions,
    wait: WaitOptions,
  ): Promise<QmpSession> {
    const session = new QmpSession(stream, receiver, options);
    return session.opened(session.negotiate(wait));
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

  private async negotiate(wait: WaitOptions): Promise<void> {
    const offered = member(await this.greetingIn(wait), "capabilities");
    const oob = this.options.oob && Array.isArray(offered) && offered.includes("oob");
    const args: JsonObject = oob ? { enable: ["oob"] } : {};
    await this.execute({ command: "qmp_capabilities", arguments: args }, wait);
    this.oob = oob;
  }

  private async greetingIn(wait: WaitOptions): Promise<JsonObject> {
    const greeted = new Promise<JsonObject>((resolve, reject) => {
      this.onGreeting = resolve;
      this.onEnd = reject;
    });
    try {
      return await before("the greeting of QMP", wait, greeted);
    } catch (error) {
      if (!(error instanceof QmpTimeoutError)) throw error;
      throw new QmpTimeoutError(error.what, error.timeout, LIKELY_TAKEN);
    }
  }

  protected override receive(message: Exclude<Message, { kind: "event" }>, json: JsonObject): void {
    if (message.kind === "greeting") {
      this.greeted ??= message.greeting;
      this.onGreeting(message.greeting);
    } else if (this.greeted === undefined) {
      const said = preview(Buffer.from(writeJson(json, "qmp")));
      this.channel.fail(new QmpProtocolError(`the peer does not greet as QMP does, but says ${said}`));
    } else if (message.kind === "unknown") {
      this.channel.note("passed over a message of a kind unknown to QMP");
    } else {
      this.pending.settle(message);
    }
  }

  override sentinel(): void {
    this.channel.fail(new QmpProtocolError("the peer does not speak QMP: unexpected byte 0xFF"));
  }

  override mayForgive(): boolean {
    return false;
  }

  override drain(): void {
    this.pending.sendNext();
  }

  protected override end(error: Error | undefined): void {
    this.onEnd(endError(error));
    this.pending.abandon(error);
  }
}
