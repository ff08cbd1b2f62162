import { isAscii, isUtf8 } from "node:buffer";

/** The text that bytes are in UTF-8; undefined where they are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Of ASCII, as most messages are, the text is made in less time.
  if (isAscii(buffer)) return buffer.toString("latin1");
  return isUtf8(buffer) ? buffer.toString("utf8") : undefined;
}
