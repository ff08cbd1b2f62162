import { Token, type TokenBuffer } from "./token.js";

/**
 * The duplicate keys among the first `count` tokens of an expression, which must follow the
 * grammar, in reading order. QEMU finds a duplicate once it has read the first token of the value,
 * so a key counts only if that token is among the `count`.
 *
 * @returns the tokens of the key, and of that which the same object gave first
 */
export function* duplicateKeys(
  tokens: TokenBuffer,
  count: number,
  text: (token: number) => string,
): Generator<{ readonly key: number; readonly first: number }> {
  const open: Map<string, number>[] = [];
  for (let at = 0; at < count; at++) {
    switch (tokens.kind(at)) {
      case Token.openObject:
      case Token.openList:
        open.push(new Map());
        break;
      case Token.closeObject:
      case Token.closeList:
        open.pop();
        break;
      case Token.string: {
        if (at + 2 >= count || tokens.kind(at + 1) !== Token.colon) break;
        const keys = open.at(-1);
        const first = keys?.get(text(at));
        if (first === undefined) keys?.set(text(at), at);
        else yield { key: at, first };
        break;
      }
      default:
    }
  }
}
