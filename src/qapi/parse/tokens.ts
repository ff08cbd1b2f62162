import type { SourceFile } from "../../diagnostic/source.js";
import { Lexer } from "./lexer.js";
import { Token } from "./token.js";

/** A token of a file with its place: offsets in UTF-16 code units, `end` exclusive. */
interface PlacedToken {
  /** The character that stands for its kind; see {@link Token}. */
  readonly kind: Token;
  readonly start: number;
  readonly end: number;
}

/**
 * Every token of a file in order, comments (one a line, doc comments too) and text that is no token
 * among them. What is between two tokens is white space.
 *
 * @param from an offset between two tokens
 */
export function* tokensOf(file: SourceFile, from = 0): Generator<PlacedToken, void, undefined> {
  const lexer = new Lexer(file);
  lexer.seek(from);
  while (true) {
    lexer.next(true);
    const { kind, start, end } = lexer;
    if (kind === Token.end) return;
    yield { kind, start, end };
  }
}
