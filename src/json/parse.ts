import { JsonError } from "./error.js";
import { noteFraction } from "./number-spelling.js";
import { parseQuickly } from "./parse-quickly.js";
import { positionIn } from "./position.js";
import { setMember, type JsonObject, type JsonValue } from "./value.js";

/** Brackets that may be open at once; QEMU's own limit (`MAX_NESTING` of its JSON parser). */
export const MAX_DEPTH = 1024;

/** Characters an integer may have: far beyond 64 bits, yet within the range of a double. */
const MAX_INTEGER_LENGTH = 300;

/** An integer literal this short is exact as a `number`, from which a `bigint` is made faster. */
const SAFE_INTEGER_LENGTH = 15;

/** How JSON is read where its standard leaves it open. */
export interface ParseOptions {
  /** What a second key of the same name does to an object: it wins (the default), or is an error. */
  readonly duplicateKeys?: "last" | "refuse";
}

/**
 * Reads one JSON text (RFC 8259) without losing anything: integers of any size are exact.
 *
 * @throws {JsonError} when the text is not JSON, nests deeper than {@link MAX_DEPTH}, or holds a
 *   number without a value here (beyond the range of a double, an integer of hundreds of digits)
 */
export function parseJson(text: string, options: ParseOptions = {}): JsonValue {
  if (options.duplicateKeys === "refuse") return new Parser(text, true).document();
  return parseQuickly(text, MAX_DEPTH) ?? new Parser(text, false).document();
}

/** One JSON text of several in a row, and where it stands: offsets in UTF-16 code units, `end` exclusive. */
export interface JsonStretch {
  readonly value: JsonValue;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the first JSON text at an offset or, past blanks, after it, whatever follows; undefined where only blanks are
 * left.
 *
 * @throws {JsonError} as {@link parseJson} does
 */
export function parseNextJson(
  text: string,
  from: number,
  options: ParseOptions = {},
): JsonStretch | undefined {
  return new Parser(text, options.duplicateKeys === "refuse", from).next();
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Recursive descent over UTF-16 code units; `at` is the next one to look at. */
class Parser {
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly refuseDuplicates: boolean,
    private at = 0,
  ) {}

  document(): JsonValue {
    this.skipBlanks();
    const value = this.value();
    this.skipBlanks();
    if (this.at < this.text.length) this.fail("expected the end of the text");
    return value;
  }

  next(): JsonStretch | undefined {
    this.skipBlanks();
    const start = this.at;
    if (start === this.text.length) return undefined;
    const value = this.value();
    return { value, start, end: this.at };
  }

  private value(): JsonValue {
    const code = this.text.charCodeAt(this.at);
    switch (code) {
      case QUOTE:
        return this.string();
      case OPEN_BRACE:
        return this.object();
      case OPEN_BRACKET:
        return this.list();
      default:
        return code === MINUS || isDigit(code) ? this.number() : this.keyword();
    }
  }

  private object(): JsonObject {
    const object: JsonObject = {};
    this.open();
    if (this.text.charCodeAt(this.at) === CLOSE_BRACE) return this.close(object);
    for (;;) {
      const keyAt = this.at;
      if (this.text.charCodeAt(keyAt) !== QUOTE) this.fail("expected a key in double quotes");
      const key = this.string();
      if (this.refuseDuplicates && Object.hasOwn(object, key))
        this.fail(`duplicate key ${JSON.stringify(key)}`, keyAt);
      this.skipBlanks();
      if (this.text.charCodeAt(this.at) !== COLON) this.fail("expected ':' after the key");
      this.at++;
      this.skipBlanks();
      const value = this.value();
      if (key === "__proto__") setMember(object, key, value);
      else object[key] = value;
      if (typeof value === "number" && Number.isInteger(value)) noteFraction(object, key, value);
      this.skipBlanks();
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_BRACE) return this.close(object);
      if (code !== COMMA) this.fail("expected ',' or '}'");
      this.at++;
      this.skipBlanks();
    }
  }

  private list(): JsonValue[] {
    const list: JsonValue[] = [];
    this.open();
    if (this.text.charCodeAt(this.at) === CLOSE_BRACKET) return this.close(list);
    for (;;) {
      const value = this.value();
      if (typeof value === "number" && Number.isInteger(value)) noteFraction(list, list.length, value);
      list.push(value);
      this.skipBlanks();
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_BRACKET) return this.close(list);
      if (code !== COMMA) this.fail("expected ',' or ']'");
      this.at++;
      this.skipBlanks();
    }
  }

  private open(): void {
    if (++this.depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`);
    this.at++;
    this.skipBlanks();
  }

  private close<T>(value: T): T {
    this.depth--;
    this.at++;
    return value;
  }

  private string(): string {
    const { text } = this;
    const start = this.at + 1;
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return text.slice(start, at);
      }
      // A control character, or NaN past the end of the text.
      if (code === BACKSLASH || !(code >= SPACE)) return this.escapedString(start, at);
    }
  }

  /** The rest of a string from the first character on that is no plain one. */
  private escapedString(start: number, first: number): string {
    const { text } = this;
    const pieces = [text.slice(start, first)];
    let plain = first;
    for (let at = first; ;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        pieces.push(text.slice(plain, at));
        return pieces.join("");
      }
      if (code === BACKSLASH) {
        pieces.push(text.slice(plain, at));
        const character = text.charAt(at + 1);
        if (character === "u") {
          const digits = text.slice(at + 2, at + 6);
          if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("expected four hexadecimal digits after '\\u'", at);
          pieces.push(String.fromCharCode(Number.parseInt(digits, 16)));
          at += 6;
        } else {
          const meaning = escapes.get(character);
          if (meaning === undefined) this.fail("unknown escape in a string", at);
          pieces.push(meaning);
          at += 2;
        }
        plain = at;
      } else if (code >= SPACE) {
        at++;
      } else if (at < text.length) {
        this.fail("control character in a string", at);
      } else {
        this.fail("string without an end", start - 1);
      }
    }
  }

  private number(): bigint | number {
    const { text } = this;
    const start = this.at;
    let at = start;
    if (text.charCodeAt(at) === MINUS) at++;
    const first = text.charCodeAt(at);
    if (!isDigit(first)) this.fail("expected a digit", at);
    let magnitude = first - ZERO;
    at++;
    for (let code = text.charCodeAt(at); isDigit(code); code = text.charCodeAt(at)) {
      if (first === ZERO) this.fail("leading zero", start);
      magnitude = magnitude * 10 + (code - ZERO);
      at++;
    }
    const code = text.charCodeAt(at);
    if (code === DOT || code === LOWER_E || code === UPPER_E) return this.fraction(start, at);
    this.at = at;
    if (at - start <= SAFE_INTEGER_LENGTH)
      return BigInt(text.charCodeAt(start) === MINUS ? -magnitude : magnitude);
    if (at - start > MAX_INTEGER_LENGTH)
      this.fail(`integer of more than ${MAX_INTEGER_LENGTH} digits`, start);
    return BigInt(text.slice(start, at));
  }

  /** A number whose integer part ends at `at`. */
  private fraction(start: number, at: number): number {
    const { text } = this;
    if (text.charCodeAt(at) === DOT) at = this.digits(at + 1);
    if (text.charCodeAt(at) === LOWER_E || text.charCodeAt(at) === UPPER_E) {
      at++;
      const sign = text.charCodeAt(at);
      at = this.digits(sign === PLUS || sign === MINUS ? at + 1 : at);
    }
    const value = Number(text.slice(start, at));
    if (!Number.isFinite(value)) this.fail("number too large for a double", start);
    this.at = at;
    return value;
  }

  /** The end of a run of digits that must not be empty. */
  private digits(at: number): number {
    if (!isDigit(this.text.charCodeAt(at))) this.fail("expected a digit", at);
    while (isDigit(this.text.charCodeAt(at))) at++;
    return at;
  }

  private keyword(): JsonValue {
    if (this.skip("null")) return null;
    if (this.skip("true")) return true;
    if (this.skip("false")) return false;
    return this.fail("expected a value");
  }

  private skip(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private skipBlanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== NEWLINE && code !== RETURN && code !== TAB) return;
      this.at++;
    }
  }

  private fail(problem: string, at = this.at): never {
    const what = at < this.text.length ? problem : `${problem}, found the end of the text`;
    const { line, column } = positionIn(this.text, at);
    throw new JsonError(what, at, line, column);
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
