import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { isSpace } from "./python-text.js";
import { Token } from "./token.js";

const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

/** What ends a run of stray text, white space aside. */
const STRUCTURAL = "[]{}:,'";

/** Where top-level expressions and doc comments usually start. */
const LIKELY_START = /^(?:\{|##)/gm;

/**
 * Reads a schema file token by token. `kind`, `start` and `end` describe the current token; there
 * is none before the first call of `next`.
 *
 * The file's last line counts as ended even if its line end is missing, and the end of the file is
 * on that line, not after it: that is where QEMU reports what is missing at the end.
 */
export class Lexer {
  kind: Token = Token.end;
  start = 0;
  end = 0;
  private readonly text: string;
  private reportOnce: ((problems: Problems) => void) | undefined;

  constructor(readonly file: SourceFile) {
    this.text = file.text;
  }

  /**
   * Goes on to the next token. Comments are skipped unless they start with `##` or `comments` asks
   * for all of them.
   */
  next(comments = false): void {
    const { text } = this;
    let at = this.end;
    while (true) {
      const code = at < text.length ? text.charCodeAt(at) : LINE_FEED;
      switch (code) {
        case LINE_FEED:
          if (at + 1 >= text.length) {
            this.set(Token.end, at, at);
            return;
          }
          at++;
          break;
        case Token.openObject:
        case Token.closeObject:
        case Token.openList:
        case Token.closeList:
        case Token.colon:
        case Token.comma:
          this.set(code, at, at + 1);
          return;
        case Token.string:
          this.string(at);
          return;
        case Token.comment: {
          const end = this.lineEnd(at);
          if (comments || text.charCodeAt(at + 1) === Token.comment) {
            this.set(Token.comment, at, end);
            return;
          }
          at = end;
          break;
        }
        default:
          if (isSpace(code)) {
            at++;
          } else if (text.startsWith("true", at)) {
            this.set(Token.boolean, at, at + 4);
            return;
          } else if (text.startsWith("false", at)) {
            this.set(Token.boolean, at, at + 5);
            return;
          } else {
            this.stray(at);
            return;
          }
      }
    }
  }

  span(start = this.start, end = this.end): Span {
    return { file: this.file, start, end };
  }

  /** If the current token is a fault, reports it, once. */
  reportFault(problems: Problems): void {
    this.reportOnce?.(problems);
    this.reportOnce = undefined;
  }

  /** Goes to an offset; `next` reads on from there. */
  seek(at: number): void {
    this.end = at;
  }

  /** Skips the rest of the current token's line; `next` reads on from there. */
  skipLine(): void {
    this.end = this.lineEnd(this.start);
  }

  /** Skips the rest of the file. */
  skipAll(): void {
    this.end = this.text.length;
  }

  /**
   * Skips to a line, at `from` or after it, that looks like the start of an expression or a doc
   * comment; `next` reads on from there.
   */
  skipToLikelyStart(from: number): void {
    LIKELY_START.lastIndex = from;
    this.end = LIKELY_START.exec(this.text)?.index ?? this.text.length;
  }

  private set(kind: Token, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.reportOnce = undefined;
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end === -1 ? this.text.length : end;
  }

  private codeAt(at: number): number {
    return at < this.text.length ? this.text.charCodeAt(at) : LINE_FEED;
  }

  /** The character at `at`, which may take two code units. */
  private character(at: number): string {
    return String.fromCodePoint(this.text.codePointAt(at) ?? LINE_FEED);
  }

  /** Strings hold printable ASCII; the only escape is `\\`. */
  private string(start: number): void {
    let at = start + 1;
    while (true) {
      const code = this.codeAt(at);
      if (code === Token.string) {
        this.set(Token.string, start, at + 1);
        return;
      }
      if (code === BACKSLASH && this.codeAt(at + 1) === BACKSLASH) at++;
      else if (code < 0x20 || code >= 0x7f || code === BACKSLASH) break;
      at++;
    }
    this.badString(start, at);
  }

  /** A string that goes wrong at `at`. */
  private badString(start: number, at: number): void {
    this.set(Token.fault, start, at);
    const anchor = this.span();
    const escape = this.codeAt(at) === BACKSLASH;
    if (this.codeAt(escape ? at + 1 : at) === LINE_FEED) {
      this.reportOnce = (problems) => {
        problems.report("unterminated-string", anchor, []);
      };
    } else if (escape) {
      const character = this.character(at + 1);
      const span = this.span(at, at + 1 + character.length);
      this.reportOnce = (problems) => {
        problems.report("unknown-escape", span, [character], { anchor });
      };
    } else {
      const span = this.span(at, at + this.character(at).length);
      this.reportOnce = (problems) => {
        problems.report("funny-character", span, [], { anchor });
      };
    }
  }

  /** A run of stray text goes on to the next structural character, quote or white space. */
  private stray(start: number): void {
    const { text } = this;
    let end = start + 1;
    while (!isSpace(this.codeAt(end)) && !STRUCTURAL.includes(text.charAt(end))) end++;
    this.set(Token.fault, start, end);
    const span = this.span();
    this.reportOnce = (problems) => {
      problems.report("stray-text", span, [text.slice(start, end)]);
    };
  }
}
