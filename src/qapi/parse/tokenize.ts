import { NESTING_LIMIT, Token, type TokenBuffer } from "./token.js";

/**
 * The next token, after blanks and comments: a string, punctuation, a boolean, or the line that opens
 * a doc comment. By its last character one can tell which. Text that calls for a closer look does not
 * match: other white space, what strings cannot hold, hundreds of comments in a row.
 */
const ORDINARY = /[ \t\n]*(?:#(?!#)[^\n]*\n[ \t\n]*){0,500}(?:'[ -&(-[\]-~]*'|[{}[\]:,]|true|false|##\n)/y;

/**
 * Finds the tokens of a whole file in one pass, as long as they are ordinary: what `Lexer` finds one
 * by one, but for doc comments, which count as one token each. Doc comments are taken to end where
 * a line is `##`; who reads them will know better.
 *
 * @returns how far it came: what is left has no token, or one that needs `Lexer`'s care
 */
export function tokenize(text: string, tokens: TokenBuffer): number {
  tokens.clear();
  let depth = 0;
  for (let at = 0; ;) {
    ORDINARY.lastIndex = at;
    if (!ORDINARY.test(text)) return at;
    let end = ORDINARY.lastIndex;
    const kind = text.charCodeAt(end - 1);
    switch (kind) {
      case Token.string:
        tokens.push(kind, text.lastIndexOf("'", end - 2), end);
        break;
      case LINE_FEED: {
        const start = end - 3;
        const close = text.indexOf("\n##\n", start + 2);
        if (close === -1) return at;
        end = close + 3;
        tokens.push(Token.comment, start, end);
        break;
      }
      case LETTER_E:
        tokens.push(Token.boolean, text.charCodeAt(end - 2) === LETTER_U ? end - 4 : end - 5, end);
        break;
      case Token.openObject:
      case Token.openList:
        depth++;
        if (depth > NESTING_LIMIT) return at;
        tokens.push(kind, end - 1, end);
        break;
      case Token.closeObject:
      case Token.closeList:
        depth--;
        tokens.push(kind, end - 1, end);
        break;
      default:
        tokens.push(kind, end - 1, end);
    }
    at = end;
  }
}

const LINE_FEED = 0x0a;
const LETTER_E = 0x65;
const LETTER_U = 0x75;
