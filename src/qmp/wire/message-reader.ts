import type { JsonValue } from "../../json/value.js";
import { Lexer, MAX_TOKEN_BYTES, type Token } from "./lexer.js";
import { decodeModifiedUtf8 } from "./modified-utf8.js";
import { parseTokens, WireError } from "./parser.js";

/** Tokens of one message, and open brackets: QEMU's own limits. */
const MAX_TOKENS = 2 * 2 ** 20;
const MAX_NESTING = 1024;
const TOO_MANY_BYTES = "JSON token size limit exceeded";

/** About what a token takes beside its text, in bytes. */
const TOKEN_OVERHEAD = 64;

/**
 * Cuts a stream of bytes into JSON values, as QEMU's monitor does (`json-streamer.c`). No separator is
 * needed: a value is complete when its brackets balance. A fault is told as soon as it is seen, drops
 * what was read of the message, and reading goes on.
 */
export class MessageReader {
  private readonly lexer = new Lexer({
    token: (token) => {
      this.token(token);
    },
    stray: (text) => {
      this.stray(text);
    },
    tooLong: () => {
      this.emit(new WireError(TOO_MANY_BYTES));
    },
  });
  private tokens: Token[] = [];
  private tokenBytes = 0;
  private braces = 0;
  private brackets = 0;

  /** @param receive takes each value, or what was wrong instead */
  constructor(private readonly receive: (message: JsonValue | WireError) => void) {}

  /** About how much is held of a message that is not complete, in bytes. */
  get pendingBytes(): number {
    return this.lexer.pendingBytes + this.tokenBytes + this.tokens.length * TOKEN_OVERHEAD;
  }

  feed(chunk: Uint8Array): void {
    this.lexer.feed(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1"));
  }

  private token(token: Token): void {
    this.count(token);
    const excess = this.excess(token);
    if (excess !== undefined) {
      this.emit(new WireError(excess));
      return;
    }
    this.tokens.push(token);
    this.tokenBytes += token.text.length;
    const open = this.braces > 0 || this.brackets > 0;
    if (open && this.braces >= 0 && this.brackets >= 0) return;
    this.emit(this.parse());
  }

  private stray(text: string): void {
    // C's end of string cuts the message at a NUL.
    const shown = decodeModifiedUtf8(text.split("\0", 1)[0] ?? "");
    this.emit(new WireError(`JSON parse error, stray '${shown}'`));
  }

  private count({ kind }: Token): void {
    if (kind === "{") this.braces++;
    else if (kind === "}") this.braces--;
    else if (kind === "[") this.brackets++;
    else if (kind === "]") this.brackets--;
  }

  private excess(token: Token): string | undefined {
    if (this.tokenBytes + token.text.length + 1 > MAX_TOKEN_BYTES) return TOO_MANY_BYTES;
    if (this.tokens.length + 1 > MAX_TOKENS) return "JSON token count limit exceeded";
    if (this.braces + this.brackets > MAX_NESTING) return "JSON nesting depth limit exceeded";
    return undefined;
  }

  private parse(): JsonValue | WireError {
    try {
      return parseTokens(this.tokens);
    } catch (error) {
      if (error instanceof WireError) return error;
      throw error;
    }
  }

  private emit(message: JsonValue | WireError): void {
    this.tokens = [];
    this.tokenBytes = 0;
    this.braces = 0;
    this.brackets = 0;
    this.receive(message);
  }
}
