import { type Cursor, isSpace } from "./cursor.js";

/** A word keeps this many bytes; the rest of it is read and dropped. */
const MAX_WORD_BYTES = 1023;

const escapes = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

/**
 * Reads one word, skipping space before it: either up to the next space, everything literal, or from `"`
 * to the next unescaped `"`, with the escapes `\n \r \\ \' \"`. A quoted word ends at its closing quote,
 * space or none behind it. Returns undefined at the end of the line, on any other escape, and without a
 * closing quote; the cursor is then of no further use. (QEMU `get_str`.)
 */
export function readWord(cursor: Cursor): string | undefined {
  cursor.skipSpace();
  if (cursor.isAtEnd()) return undefined;
  const word = cursor.peek() === '"' ? readQuoted(cursor) : cursor.takeWhile((byte) => !isSpace(byte));
  return word?.slice(0, MAX_WORD_BYTES);
}

function readQuoted(cursor: Cursor): string | undefined {
  let word = "";
  cursor.at++;
  while (cursor.peek() !== '"') {
    if (cursor.isAtEnd()) return undefined;
    let byte: string | undefined = cursor.peek();
    cursor.at++;
    if (byte === "\\") {
      byte = escapes.get(cursor.peek());
      if (byte === undefined) return undefined;
      cursor.at++;
    }
    if (word.length < MAX_WORD_BYTES) word += byte;
  }
  cursor.at++;
  return word;
}

const MAX_WORDS = 16;

/**
 * Splits a line into words, for help and completion (QEMU `parse_cmdline`). Undefined when a word cannot
 * be read or there are more than sixteen.
 */
export function splitWords(cursor: Cursor): string[] | undefined {
  const words: string[] = [];
  for (;;) {
    cursor.skipSpace();
    if (cursor.isAtEnd()) return words;
    const word = words.length < MAX_WORDS ? readWord(cursor) : undefined;
    if (word === undefined) return undefined;
    words.push(word);
  }
}
