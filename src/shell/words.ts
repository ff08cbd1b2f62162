import { splitOption } from "../util/option-text.js";

/** A part of a line: offsets in UTF-16 code units, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Word extends Place {
  readonly text: string;
}

/**
 * The words of a line, parted by blanks outside of quotes, brackets and braces. What is left open goes on
 * to the end of the line.
 */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let start: number | undefined;
  let quote = "";
  let depth = 0;
  for (let at = 0; at <= line.length; at++) {
    const character = line.charAt(at);
    const isBlank = character === "" || (character.trim() === "" && quote === "" && depth === 0);
    if (isBlank) {
      if (start !== undefined) words.push({ start, end: at, text: line.slice(start, at) });
      start = undefined;
      continue;
    }
    start ??= at;
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
      if (at >= line.length) words.push({ start, end: line.length, text: line.slice(start) });
    } else if (isQuote(line, at, start, depth)) {
      quote = character;
    } else if (character === "{" || character === "[") {
      depth++;
    } else if (character === "}" || character === "]") {
      depth = Math.max(0, depth - 1);
    }
  }
  return words;
}

/** A word at its first `=`; without one it is a key that has no value yet. */
export function splitAssignment(word: string): [key: string, value: string] {
  return splitOption(word) ?? [word, ""];
}

/** A quote opens inside JSON, or where a value begins: an apostrophe in a word is one. */
function isQuote(line: string, at: number, start: number, depth: number): boolean {
  const character = line.charAt(at);
  if (character === '"') return depth > 0 || at === start || line.charAt(at - 1) === "=";
  return character === "'" && (depth > 0 || at === start || line.charAt(at - 1) === "=");
}
