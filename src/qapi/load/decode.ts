import { decodeUtf8 } from "../../util/decode-utf8.js";

/** A file's text, and where it stopped being text. */
export interface Decoded {
  readonly text: string;
  /** The first byte that is not UTF-8, and the offset in `text` of what stands for it. */
  readonly invalid?: { readonly byte: number; readonly offset: number };
}

/**
 * Decodes a file as Python's text mode does: UTF-8, a byte order mark is a character like any
 * other, and `\r\n` and `\r` are line ends.
 */
export function decode(content: Uint8Array | string): Decoded {
  if (typeof content === "string") return { text: withLineFeeds(content) };
  const text = decodeUtf8(content);
  return text === undefined ? decodeDamaged(content) : { text: withLineFeeds(text) };
}

function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Decodes what is not UTF-8 as a whole. The sign for what is not may also have been written. */
function decodeDamaged(content: Uint8Array): Decoded {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
  let at = 0;
  let byte = 0;
  for (const { index } of text.matchAll(/\ufffd/g)) {
    byte += Buffer.byteLength(text.slice(at, index));
    at = index;
    if (content[byte] !== 0xef || content[byte + 1] !== 0xbf || content[byte + 2] !== 0xbd) break;
  }
  const offset = withLineFeeds(text.slice(0, at)).length;
  return { text: withLineFeeds(text), invalid: { byte: content[byte] ?? 0, offset } };
}
