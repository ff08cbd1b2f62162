import { statSync } from "node:fs";
import { decode } from "../qapi/load/decode.js";
import { nodeHost } from "../qapi/load/node-host.js";

/** Files on the disk, read again only when they have changed: a schema is read at every key stroke. */
export class DiskFiles {
  private readonly known = new Map<string, { readonly stamp: string; readonly text: string }>();

  /**
   * A file's text, or its bytes where they are no text.
   *
   * @throws Error as the file system's, if it cannot be read
   */
  read(path: string): Uint8Array | string {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    const stamp = `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.text;
    const bytes = nodeHost.read(path);
    const { text, invalid } = decode(bytes);
    if (invalid !== undefined) return bytes;
    this.known.set(path, { stamp, text });
    return text;
  }
}
