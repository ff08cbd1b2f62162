import type { Writable } from "node:stream";
import type { StreamPair } from "../util/stream-pair.js";
import type { Emulator } from "./emulator.js";

/**
 * Requests taken at once, in bytes: few enough that their replies cannot pile up before it is seen that
 * the client does not read them.
 */
const bytesAtOnce = 512;

/** A client that leaves this much unread, in bytes, is let go. */
const maxUnread = 16 * 2 ** 20;

/**
 * Serves one QMP client over a pair of streams until its input ends, either stream fails, or the client
 * has fallen too far behind; the emulator's end is the caller's affair. A client that does not read its
 * replies is not read from either.
 */
export async function serveStream(emulator: Emulator, { input, output }: StreamPair): Promise<void> {
  const gone = new AbortController();
  const drop = (): void => {
    gone.abort();
    input.destroy();
  };
  output.on("error", drop);
  const connection = emulator.qmp.connect((line) => {
    if (gone.signal.aborted) return;
    output.write(line, "utf8");
    if (output.writableLength > maxUnread) drop();
  });
  try {
    for await (const chunk of input as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < chunk.length && !gone.signal.aborted; at += bytesAtOnce) {
        connection.receive(chunk.subarray(at, at + bytesAtOnce));
        if (output.writableNeedDrain) await drained(output);
      }
    }
  } catch {
    // A connection that breaks is a client that has gone.
  } finally {
    emulator.qmp.disconnect(connection);
    output.off("error", drop);
  }
}

/** Waits until a stream takes more, or will never again. */
function drained(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ["drain", "error", "close"]) output.off(event, done);
      resolve();
    };
    for (const event of ["drain", "error", "close"]) output.on(event, done);
  });
}
