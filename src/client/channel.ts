import { constants } from "node:buffer";
import { JsonError } from "../json/error.js";
import { parseJson } from "../json/parse.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";
import { decodeUtf8 } from "../util/decode-utf8.js";
import { invariant } from "../util/invariant.js";
import { callBack } from "./call-back.js";
import { QmpProtocolError } from "./errors.js";
import { MessageFramer, preview } from "./message-framer.js";
import { asPair, type Stream, type StreamPair } from "../util/stream-pair.js";

/** What a client tells of its conversation: every message as it is on the wire, and what is worth a note. */
export type LogRecord =
  | { readonly kind: "send" | "receive"; readonly text: string }
  | { readonly kind: "note"; readonly text: string };

export interface ChannelOptions {
  /** A longer message ends the connection; in bytes. What no string can hold, some 512 MiB, does so anyway. */
  readonly maxMessageBytes: number;
  readonly log?: ((record: LogRecord) => void) | undefined;
}

/** Who takes what comes through a {@link Channel}. */
export interface ChannelReceiver {
  message(message: JsonObject): void;
  /** The byte 0xFF came. */
  sentinel(): void;
  /** What came is no message. Where this returns true, all up to the next 0xFF is passed over. */
  mayForgive(): boolean;
  /** The peer takes more. */
  drain(): void;
  /** There is no connection any more; called once, with what ended it unless it was closed on purpose. */
  closed(error: Error | undefined): void;
}

/** How long a peer may take for what it has not read when the connection is closed, in ms. */
const PATIENCE_MS = 1000;

/** JSON messages over a pair of streams. */
export class Channel {
  private readonly streams: StreamPair;
  private readonly framer: MessageFramer;
  private isOpen = true;

  constructor(
    stream: Stream,
    private readonly receiver: ChannelReceiver,
    private readonly options: ChannelOptions,
  ) {
    this.streams = asPair(stream);
    this.framer = new MessageFramer(
      {
        line: (bytes) => this.takeLine(bytes),
        frame: (bytes) => {
          this.take(bytes);
        },
        sentinel: () => {
          if (this.isOpen) receiver.sentinel();
        },
        fault: (problem) => {
          this.fault(new QmpProtocolError(`the peer does not speak QMP: ${problem}`));
        },
      },
      Math.min(options.maxMessageBytes, constants.MAX_STRING_LENGTH),
    );
    this.listen();
  }

  /** Whether the peer has not taken all it was sent. */
  get isFull(): boolean {
    return this.streams.output.writableNeedDrain;
  }

  /**
   * @param text one message
   * @param prefix bytes that go before it
   */
  send(text: string, prefix?: Uint8Array): void {
    this.log("send", text);
    if (prefix !== undefined) this.streams.output.write(prefix);
    this.streams.output.write(`${text}\n`, "utf8");
  }

  /** Whether what comes may be the rest of what was begun earlier, which then ends with its line. */
  set isFindingPlace(value: boolean) {
    this.framer.isFindingPlace = value;
  }

  /** Stops reading, until {@link resume}. */
  pause(): void {
    this.streams.input.pause();
  }

  resume(): void {
    if (this.isOpen && this.streams.input.isPaused()) this.streams.input.resume();
  }

  note(text: string): void {
    this.log("note", text);
  }

  /** Ends the connection; resolves when what was sent is on its way and the streams are let go. */
  async close(): Promise<void> {
    if (!this.finish(undefined)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.streams.output.once("error", done);
      this.streams.output.once("close", done);
      this.streams.output.end(done);
    });
    this.streams.input.destroy();
    if (!this.streams.output.writableFinished) this.streams.output.destroy();
  }

  /** Ends the connection at once, for this reason. */
  fail(error: Error): void {
    if (!this.finish(error)) return;
    this.streams.input.destroy();
    this.streams.output.destroy();
  }

  private log(kind: LogRecord["kind"], text: string): void {
    const { log } = this.options;
    if (log !== undefined) {
      callBack(() => {
        log({ kind, text });
      });
    }
  }

  private listen(): void {
    const { input, output } = this.streams;
    input.on("data", (chunk: Uint8Array | string) => {
      if (this.isOpen) this.framer.feed(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    });
    const gone = (): void => {
      this.fail(new Error("the peer has closed the connection"));
    };
    const broken = (error: Error): void => {
      this.fail(error);
    };
    input.on("end", gone);
    for (const stream of new Set([input, output])) stream.on("close", gone).on("error", broken);
    if (input.destroyed || input.readableEnded || output.destroyed) queueMicrotask(gone);
    output.on("drain", () => {
      if (this.isOpen) this.receiver.drain();
    });
  }

  private take(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    const message = this.read(bytes);
    if (message instanceof QmpProtocolError) this.fault(message);
    else this.receiver.message(message);
  }

  /** A line, if it is a message. */
  private takeLine(bytes: Uint8Array): boolean {
    if (!this.isOpen) return true;
    const text = decodeUtf8(bytes);
    if (text === undefined) return false;
    const value = parsed(text);
    if (value instanceof JsonError || !isJsonObject(value)) return false;
    this.log("receive", text.trim());
    this.receiver.message(value);
    return true;
  }

  private read(bytes: Uint8Array): JsonObject | QmpProtocolError {
    const text = decodeUtf8(bytes);
    if (text === undefined) return new QmpProtocolError(`the peer sent what is no UTF-8: ${preview(bytes)}`);
    this.log("receive", text);
    const value = parsed(text);
    if (value instanceof JsonError) {
      const problem = `${value.message}: ${preview(bytes)}`;
      return new QmpProtocolError(`the peer sent what is no JSON, ${problem}`, { cause: value });
    }
    // What begins with a brace is an object.
    invariant(isJsonObject(value), "a frame holds an object");
    return value;
  }

  private fault(error: QmpProtocolError): void {
    if (this.isOpen && !this.receiver.mayForgive()) this.fail(error);
  }

  private finish(error: Error | undefined): boolean {
    if (!this.isOpen) return false;
    this.isOpen = false;
    this.receiver.closed(error);
    return true;
  }
}

function parsed(text: string): JsonValue | JsonError {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
}
