import type { Readable, Writable } from "node:stream";
import type { Connection } from "../qmp/connection.js";
import type { StreamPair } from "../util/stream-pair.js";
import type { BoundedClient } from "./client-bounds.js";
import type { Emulator } from "./emulator.js";

/**
 * Requests taken at once, in bytes: few enough that their replies cannot pile up before it is seen that
 * the client does not read them.
 */
const BYTES_AT_ONCE = 512;

/** A client that leaves this much of events unread, in bytes, is let go. */
const MAX_UNREAD_EVENTS = 16 * 2 ** 20;

/**
 * Serves one QMP client over a pair of streams until its input ends, either stream fails, or the client
 * has fallen too far behind; the emulator's end is the caller's affair. A client that does not read its
 * replies is not read from either.
 */
export async function serveStream(emulator: Emulator, streams: StreamPair): Promise<void> {
  const client = new StreamClient(emulator, streams);
  emulator.bounds.add(client);
  try {
    await client.serve();
  } catch {
    // A connection that breaks is a client that has gone.
  } finally {
    emulator.bounds.remove(client);
    client.end();
  }
}

class StreamClient implements BoundedClient {
  private readonly input: Readable;
  private readonly output: Writable;
  private readonly connection: Connection;
  private isGone = false;
  private isAnswering = true;
  /** Events sent since all had been read, in bytes. */
  private unreadEvents = 0;

  constructor(
    private readonly emulator: Emulator,
    { input, output }: StreamPair,
  ) {
    this.input = input;
    this.output = output;
    output.on("error", this.drop);
    output.on("drain", this.forgetEvents);
    this.connection = emulator.qmp.connect(
      (line) => {
        this.send(line);
      },
      () => {
        // What has been sent goes first.
        this.output.end();
        this.drop();
      },
    );
    this.isAnswering = false;
  }

  get pendingBytes(): number {
    return this.connection.pendingBytes;
  }

  get unreadBytes(): number {
    return this.output.writableLength;
  }

  readonly drop = (): void => {
    this.isGone = true;
    this.input.destroy();
  };

  async serve(): Promise<void> {
    for await (const chunk of this.input as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < chunk.length && !this.isGone; at += BYTES_AT_ONCE) {
        this.isAnswering = true;
        this.connection.receive(chunk.subarray(at, at + BYTES_AT_ONCE));
        this.isAnswering = false;
        if (this.output.writableNeedDrain) await drained(this.output, this.input);
        const turn = this.emulator.bounds.received(this);
        if (turn !== undefined) await turn;
      }
    }
  }

  end(): void {
    this.emulator.qmp.disconnect(this.connection);
    this.output.off("error", this.drop);
    this.output.off("drain", this.forgetEvents);
  }

  private readonly forgetEvents = (): void => {
    this.unreadEvents = 0;
  };

  /** A reply of any length waits for its reader, who gets no other before; events come unasked. */
  private send(line: string): void {
    if (this.isGone) return;
    if (this.unreadBytes === 0) this.forgetEvents();
    // QEMU's JSON is ASCII.
    this.output.write(line, "latin1");
    if (!this.isAnswering) this.unreadEvents += line.length;
    if (this.unreadEvents > MAX_UNREAD_EVENTS) this.drop();
    this.emulator.bounds.sent(this);
  }
}

/** Waits until a stream takes more, or will never again, or there is no need: what is asked for was let go. */
function drained(output: Writable, input: Readable): Promise<void> {
  return new Promise((resolve) => {
    const outputEvents = ["drain", "error", "close"];
    const done = (): void => {
      for (const event of outputEvents) output.off(event, done);
      input.off("close", doneIfCut);
      resolve();
    };
    const doneIfCut = (): void => {
      if (!input.readableEnded) done();
    };
    for (const event of outputEvents) output.on(event, done);
    input.on("close", doneIfCut);
  });
}
