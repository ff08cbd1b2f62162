/** A file's text, and where it stopped being text. */
export interface Decoded {
  readonly text: string;
  /** The first byte that is not UTF-8, and the offset in `text` of what stands for it. */
  readonly invalid?: { readonly byte: number; readonly offset: number };
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const tolerant = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Decodes a file as Python's text mode does: UTF-8, a byte order mark is a character like any
 * other, and `\r\n` and `\r` are line ends.
 */
export function decode(content: Uint8Array | string): Decoded {
  if (typeof content === "string") return { text: withLineFeeds(content) };
  try {
    return { text: withLineFeeds(strict.decode(content)) };
  } catch {
    const valid = validLength(content);
    return {
      text: withLineFeeds(tolerant.decode(content)),
      invalid: {
        byte: content[valid] ?? 0,
        offset: withLineFeeds(tolerant.decode(content.subarray(0, valid))).length,
      },
    };
  }
}

function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The length of the longest start of `bytes` that is UTF-8; `bytes` as a whole is not. */
function validLength(bytes: Uint8Array): number {
  let low = 0; // so many bytes hold no error, though the last character may be cut off
  let high = bytes.length + 1; // so many do; one past the end stands for a cut at the very end
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) low = middle;
    else high = middle;
  }
  let length = low;
  while (!decodes(bytes.subarray(0, length), false)) length--;
  return length;
}

function decodes(bytes: Uint8Array, mayEndEarly: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: mayEndEarly });
    return true;
  } catch {
    return false;
  }
}
