import { isAscii, isUtf8, transcode } from "node:buffer";

/** Bytes that are decoded at once: what lies between them and their text takes as much memory. */
const PIECE_BYTES = 65_536;

/** From here on the way round by UTF-16 is the shorter one. */
const LONG_BYTES = 256;

/** The text that bytes are in UTF-8; undefined where they are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Of ASCII, as most texts are, a string is made in less time.
  if (isAscii(buffer)) return buffer.toString("latin1");
  if (!isUtf8(buffer)) return undefined;
  if (buffer.length < LONG_BYTES) return buffer.toString("utf8");
  const pieces: string[] = [];
  for (let at = 0; at < buffer.length;) {
    let end = Math.min(at + PIECE_BYTES, buffer.length);
    while (isContinuation(buffer[end])) end--;
    pieces.push(decodePiece(buffer.subarray(at, end)));
    at = end;
  }
  return pieces.join("");
}

/** V8 makes a string from UTF-8 that is no ASCII ten times as slowly as from UTF-16, into which Node turns it fast. */
function decodePiece(piece: Buffer): string {
  return isLatin1(piece)
    ? transcode(piece, "utf8", "latin1").toString("latin1")
    : transcode(piece, "utf8", "utf16le").toString("utf16le");
}

/** Whether UTF-8 holds nothing beyond U+00FF, of which a string takes a byte for each. */
function isLatin1(utf8: Buffer): boolean {
  return utf8.every((byte) => byte <= 0xc3);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
