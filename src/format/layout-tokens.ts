import { isSpace, trimEnd } from "../qapi/parse/python-text.js";

/** A token as layout sees it: comments count, white space does not. */
export interface LayoutToken {
  readonly kind: "punctuation" | "scalar" | "comment";
  /** As in the file; a comment without white space at its end. */
  readonly text: string;
  readonly start: number;
  /** Whether a line end stands between the token before and this one. */
  readonly startsLine: boolean;
}

const PATTERN = /[{}[\]:,]|'(?:[^'\\\n]|\\.)*'|true|false|#[^\n]*/y;

/**
 * The tokens of a stretch of a schema that parses.
 *
 * @throws RangeError where no token is, which is a bug of the caller's
 */
export function layoutTokens(text: string, start: number, end: number): LayoutToken[] {
  const tokens: LayoutToken[] = [];
  let startsLine = true;
  let at = start;
  while (at < end) {
    if (isSpace(text.charCodeAt(at))) {
      startsLine ||= text.charAt(at) === "\n";
      at++;
      continue;
    }
    PATTERN.lastIndex = at;
    const [match] = PATTERN.exec(text) ?? [];
    if (match === undefined) throw new RangeError(`no token at offset ${at}`);
    const token = { kind: kindOf(match), text: trimEnd(match, 0, match.length), start: at, startsLine };
    if (token.text === "," || token.text === ":") joinToValue(tokens, token);
    else tokens.push(token);
    startsLine = false;
    at += match.length;
  }
  return tokens;
}

/** What follows a value stands right behind it, before comments that have come between. */
function joinToValue(tokens: LayoutToken[], token: LayoutToken): void {
  let index = tokens.length;
  while (tokens[index - 1]?.kind === "comment") index--;
  tokens.splice(index, 0, index === tokens.length ? token : { ...token, startsLine: false });
}

function kindOf(text: string): LayoutToken["kind"] {
  if (text.startsWith("#")) return "comment";
  return "{}[]:,".includes(text) ? "punctuation" : "scalar";
}
