import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { SchemaHost } from "./host.js";

/** The real file system; relative paths start at the process's working folder. */
export const nodeHost: SchemaHost = {
  read: (path) => (statSync(path).isFile() ? readFileSync(path) : readStream(path)),
  // POSIX leaves the meaning of exactly two leading slashes open, so Python keeps them.
  absolute: (path) => (/^\/\/(?!\/)/.test(path) ? "/" : "") + resolve(path),
};

/** How much is read from what has no size, such as a pipe or a device without end. */
const LONGEST_STREAM = 64 * 1024 * 1024;

function readStream(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    while (true) {
      const chunk = Buffer.allocUnsafe(65_536);
      const length = readSync(file, chunk);
      if (length === 0) return Buffer.concat(chunks, total);
      total += length;
      if (total > LONGEST_STREAM) throw Object.assign(new Error("file too large"), { code: "EFBIG" });
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}
