import { SourceFile } from "../diagnostic/source.js";
import { trimEnd } from "../qapi/parse/python-text.js";
import { Token } from "../qapi/parse/token.js";
import { tokensOf } from "../qapi/parse/tokens.js";

/** A token as layout sees it: comments count, white space does not. */
export interface LayoutToken {
  readonly kind: "code" | "comment";
  /** As in the file; a comment without white space at its end. */
  readonly text: string;
  readonly start: number;
  /** Whether a line end stands between the token before and this one. */
  readonly startsLine: boolean;
}

/**
 * The tokens of a stretch of a schema that parses.
 *
 * @throws RangeError where no token is, which is a bug of the caller's
 */
export function layoutTokens(text: string, start: number, end: number): LayoutToken[] {
  const tokens: LayoutToken[] = [];
  let last = start;
  for (const { kind, start: at, end: tokenEnd } of tokensOf(new SourceFile("", text), start)) {
    if (at >= end) break;
    if (kind === Token.fault) throw new RangeError(`no token at offset ${at}`);
    const startsLine = tokens.length === 0 || text.slice(last, at).includes("\n");
    const token: LayoutToken = {
      kind: kind === Token.comment ? "comment" : "code",
      text: trimEnd(text, at, tokenEnd),
      start: at,
      startsLine,
    };
    if (kind === Token.comma || kind === Token.colon) joinToValue(tokens, token);
    else tokens.push(token);
    last = tokenEnd;
  }
  return tokens;
}

/** What follows a value stands right behind it, before comments that have come between. */
function joinToValue(tokens: LayoutToken[], token: LayoutToken): void {
  let index = tokens.length;
  while (tokens[index - 1]?.kind === "comment") index--;
  tokens.splice(index, 0, index === tokens.length ? token : { ...token, startsLine: false });
}
