import { tokensOf } from "../../qapi/parse/tokens.js";
import { unitsOf } from "../units.js";
import type { Cursor } from "./navigate.js";

/** A pair of brackets around a place, or within such a pair. */
export interface Bracket {
  readonly bracket: "{" | "[";
  /** The key that it is the value of; in a list, the list's. */
  readonly key: string;
  /** The keys that it has, behind the place too where it stands right around it. */
  readonly keys: string[];
  /** What of it is closed before the place: texts and objects by their keys, a list's texts by their numbers. */
  readonly texts: Map<string, string>;
  readonly objects: Map<string, Bracket>;
}

/** Where in an expression a place is. */
export interface CompletionContext {
  /** The brackets around it, the outermost first. */
  readonly around: readonly Bracket[];
  /** The key whose value is wanted. */
  readonly key: string;
  readonly isKey: boolean;
  /** Whether the place is in quotes already. */
  readonly isQuoted: boolean;
}

/** Reads the expression around a place, as far as it is typed. */
export function completionContext({ parsed, file, offset }: Cursor): CompletionContext {
  const around: Bracket[] = [];
  let key = "";
  let isAfterColon = false;
  let isQuoted = false;
  /** Behind the place: the depth against it, and a text that may be a key. */
  let depth = 0;
  let later: string | undefined;
  const unit = unitsOf(parsed).findLast(
    ({ start, kind }) => start < offset && (kind === "expression" || kind === "broken"),
  );
  if (unit === undefined) return { around, key, isKey: false, isQuoted };
  for (const token of tokensOf(file, unit.start)) {
    if (token.start >= unit.end) break;
    const char = file.text.charAt(token.start);
    const text = char === "'" ? file.text.slice(token.start + 1, token.end - 1) : undefined;
    const top = around.at(-1);
    if (token.start >= offset) {
      if (char === "{" || char === "[") depth++;
      else if (char === "}" || char === "]") depth--;
      if (depth < 0) break;
      if (char === ":" && depth === 0 && later !== undefined) top?.keys.push(later);
      later = text;
      continue;
    }
    const isWhole = char !== "'" || /^'[^\n]*'$/.test(file.text.slice(token.start, token.end));
    isQuoted =
      char === "'" && (token.end > offset || !isWhole) && file.line(token.start) === file.line(offset);
    if (token.end > offset || !isWhole) continue;
    if (char === "{" || char === "[") {
      const own = top?.bracket === "[" ? top.key : key;
      const bracket: Bracket = { bracket: char, key: own, keys: [], texts: new Map(), objects: new Map() };
      top?.objects.set(top.bracket === "[" ? String(top.objects.size) : key, bracket);
      around.push(bracket);
      [key, isAfterColon] = ["", false];
    } else if (char === "}" || char === "]") {
      around.pop();
      isAfterColon = false;
    } else if (char === ":") isAfterColon = true;
    else if (char === ",") isAfterColon = false;
    else if (text !== undefined && top?.bracket === "[") top.texts.set(String(top.texts.size), text);
    else if (text !== undefined && isAfterColon) top?.texts.set(key, text);
    else if (text !== undefined && top !== undefined) {
      key = text;
      top.keys.push(key);
    }
  }
  return { around, key, isKey: around.at(-1)?.bracket === "{" && !isAfterColon, isQuoted };
}
