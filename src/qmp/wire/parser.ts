import { type JsonObject, type JsonValue, setMember } from "../../json/value.js";
import type { Token, TokenKind } from "./lexer.js";
import { decodeCharacters, decodeModifiedUtf8, isCharacter } from "./modified-utf8.js";
import { TextBuilder } from "../../util/text-builder.js";

/** Input that is not the JSON QEMU takes; the message is QEMU's. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/**
 * Builds a value from the tokens of one message (`json_parser_parse`). Integers that fit neither int64
 * nor uint64 become doubles, as QEMU has them.
 *
 * @param tokens with balanced brackets, or ending at a surplus one
 * @throws {WireError} at the first fault
 */
export function parseTokens(tokens: readonly Token[]): JsonValue {
  return new Parser(tokens).value();
}

/** More digits than these are beyond 64 bits, and need no converting to be seen so. */
const MAX_INTEGER_LENGTH = 20;
const MIN_INT64 = -(1n << 63n);
const MAX_UINT64 = (1n << 64n) - 1n;

class Parser {
  private next = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  value(): JsonValue {
    const { kind, text } = this.take();
    switch (kind) {
      case "{":
        return this.object();
      case "[":
        return this.list();
      case "string":
        return unquote(text);
      case "integer":
        return toInteger(text);
      case "float":
        return Number(text);
      case "keyword":
        return toKeyword(text);
      default:
        throw syntax("expecting value");
    }
  }

  private object(): JsonObject {
    const object: JsonObject = {};
    if (this.takeIf("}")) return object;
    do {
      this.pair(object);
    } while (!this.endOrComma("}", "expected separator in dict"));
    return object;
  }

  private pair(object: JsonObject): void {
    const key = this.value();
    if (typeof key !== "string") throw syntax("key is not a string in object");
    if (this.take().kind !== ":") throw syntax("missing : in object pair");
    const value = this.value();
    if (Object.hasOwn(object, key)) throw syntax("duplicate key");
    setMember(object, key, value);
  }

  private list(): JsonValue[] {
    const list: JsonValue[] = [];
    if (this.takeIf("]")) return list;
    do {
      list.push(this.value());
    } while (!this.endOrComma("]", "expected separator in list"));
    return list;
  }

  private endOrComma(end: TokenKind, otherwise: string): boolean {
    const { kind } = this.take();
    if (kind !== end && kind !== ",") throw syntax(otherwise);
    return kind === end;
  }

  private takeIf(kind: TokenKind): boolean {
    if (this.tokens[this.next]?.kind !== kind) return false;
    this.next++;
    return true;
  }

  private take(): Token {
    const token = this.tokens[this.next++];
    if (token === undefined) throw syntax("premature EOI");
    return token;
  }
}

function syntax(problem: string): WireError {
  return new WireError(`JSON parse error, ${problem}`);
}

function toInteger(text: string): bigint | number {
  if (text.length <= MAX_INTEGER_LENGTH) {
    const value = BigInt(text);
    if (value >= MIN_INT64 && value <= MAX_UINT64) return value;
  }
  return Number(text);
}

function toKeyword(text: string): null | boolean {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  throw syntax(`invalid keyword '${text}'`);
}

const LETTER_U = 0x75;

const simpleEscapes = new Map([
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** The text of a string token. */
function unquote(token: string): string {
  const last = token.length - 1;
  let at = token.indexOf("\\");
  if (at < 0) return characters(token.slice(1, last));

  const text = new TextBuilder();
  let start = 1;
  for (; at >= 0; at = token.indexOf("\\", start)) {
    if (at > start) text.add(characters(token.slice(start, at)));
    const { codePoint, end } = readEscape(token, at);
    text.addCodePoint(codePoint);
    start = end;
  }
  text.add(characters(token.slice(start, last)));
  return text.toString();
}

function characters(bytes: string): string {
  const text = decodeCharacters(bytes);
  if (text === undefined) throw syntax("invalid UTF-8 sequence in string");
  return text;
}

/** What the escape at `at` stands for, and where it ends. */
function readEscape(token: string, at: number): { codePoint: number; end: number } {
  if (token.charCodeAt(at + 1) === LETTER_U) return readUnicodeEscape(token, at);
  const letter = token.charAt(at + 1);
  const character = simpleEscapes.get(letter);
  if (character === undefined) throw syntax("invalid escape sequence in string");
  return { codePoint: character.charCodeAt(0), end: at + 2 };
}

function readUnicodeEscape(token: string, at: number): { codePoint: number; end: number } {
  let codePoint = hexAt(token, at + 2);
  let end = at + 6;
  const isLeading = codePoint !== undefined && codePoint >= 0xd800 && codePoint <= 0xdbff;
  if (codePoint !== undefined && isLeading && token.startsWith("\\u", end)) {
    const trailing = hexAt(token, end + 2);
    if (trailing !== undefined && trailing >= 0xdc00 && trailing <= 0xdfff) {
      codePoint = 0x10000 + ((codePoint & 0x3ff) << 10) + (trailing & 0x3ff);
      end += 6;
    } else {
      codePoint = undefined;
    }
  }
  if (codePoint === undefined || !isCharacter(codePoint)) {
    // Six bytes are shown, be the closing quote among them.
    throw syntax(`${decodeModifiedUtf8(token.slice(at, end))} is not a valid Unicode character`);
  }
  return { codePoint, end };
}

function hexAt(token: string, at: number): number | undefined {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const digit = hexDigit(token.charCodeAt(i));
    if (digit === undefined) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  // The letters' cases differ in one bit.
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}
