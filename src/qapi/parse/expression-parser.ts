import { parse, SyntaxError, type Expectation } from "../../../generated/grammar/qapi.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import { InternalError, invariant } from "../../util/invariant.js";
import type { Value } from "../ast/expression.js";
import type { Lexer } from "./lexer.js";
import { NESTING_LIMIT, Token, TokenBuffer } from "./token.js";
import { ValueBuilder } from "./value-builder.js";

/**
 * How many tokens of a file are read a second time, in search of further problems. Bounds the time
 * for a file in which bracket after bracket is left open.
 */
const READ_AGAIN_LIMIT = 5_000_000;

/** QEMU's words for the sets of tokens that can stand at a place, by their characters in order. */
const expectedWords: Readonly<Record<string, string>> = {
  "'[b{": "'{', '[', string, or boolean",
  "'[]b{": "'{', '[', ']', string, or boolean",
  "'}": "string or '}'",
  "'": "string",
  ":": "':'",
  ",}": "',' or '}'",
  ",]": "',' or ']'",
};

/**
 * Parses top-level expressions one at a time, in files that have something wrong or unusual in them:
 * what is wrong in one is reported before the next is read.
 */
export class ExpressionParser {
  private readonly tokens = new TokenBuffer();
  private readAgain = 0;

  constructor(
    private readonly lexer: Lexer,
    private readonly problems: Problems,
  ) {}

  /**
   * Parses the expression that starts at the lexer's current token, and leaves the lexer at the
   * token after it. After an error of syntax, that is a token which likely starts something new,
   * and the result is undefined.
   */
  parse(): Value | undefined {
    const { lexer, tokens } = this;
    const tooDeep = this.collect();
    const build = new ValueBuilder(lexer.file, tokens);
    const text = tokens.toString();
    try {
      // Every action of the grammar gives what the builder made.
      const [value] = parse(text, { build, startRule: "Quick" }) as [Value];
      if (build.foundDuplicate) this.reportDuplicates(build, tokens.length);
      return value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { offset, expected } = diagnose(text, build);
      this.reportFailure(build, offset, expected, tooDeep);
      this.recover();
      return undefined;
    }
  }

  /**
   * Reads tokens until every bracket is closed, or none can be any more. Which bracket closes which
   * is not looked at: where that is wrong, so is the syntax, at the latest at that bracket.
   *
   * @returns the place of the first bracket beyond the nesting limit; its token is then a fault
   */
  private collect(): Span | undefined {
    const { lexer, tokens } = this;
    tokens.clear();
    let depth = 0;
    do {
      const { kind } = lexer;
      if (kind === Token.openObject || kind === Token.openList) {
        depth++;
        if (depth > NESTING_LIMIT) {
          tokens.push(Token.fault, lexer.start, lexer.end);
          return lexer.span();
        }
      } else if (kind === Token.closeObject || kind === Token.closeList) {
        depth--;
      }
      tokens.push(kind, lexer.start, kind === Token.comment ? lexer.start + 2 : lexer.end);
      if (kind === Token.comment || kind === Token.end || kind === Token.fault) return undefined;
      lexer.next();
    } while (depth > 0);
    return undefined;
  }

  /** Reports what the grammar stumbled over, and duplicate keys before that. */
  private reportFailure(
    build: ValueBuilder,
    at: number,
    expected: readonly Expectation[],
    tooDeep: Span | undefined,
  ): void {
    const { lexer, problems, tokens } = this;
    const fault = tokens.kind(at) === Token.fault;
    this.reportDuplicates(build, fault ? at : at + 1);
    if (!fault) problems.report("unexpected-token", build.span(at), [wordsFor(expected)]);
    else if (tooDeep === undefined) lexer.reportFault(problems);
    else problems.report("nesting-too-deep", tooDeep, [NESTING_LIMIT]);
  }

  /**
   * Goes on after the start of an expression that went wrong, reading what follows again: where a
   * bracket was left open, the error shows definitions later.
   */
  private recover(): void {
    const { lexer, tokens } = this;
    this.readAgain += tokens.length;
    if (this.readAgain > READ_AGAIN_LIMIT) lexer.skipAll();
    else lexer.skipToLikelyStart(tokens.start(0) + 1);
    lexer.next();
  }

  /**
   * Reports the duplicate keys among the first `count` tokens, which must follow the grammar. QEMU finds
   * a duplicate once it has read the first token of the value, so a key counts only if that is among them.
   */
  private reportDuplicates(build: ValueBuilder, count: number): void {
    const { tokens, problems } = this;
    const open: Map<string, number>[] = [];
    for (let at = 0; at < count && !problems.full; at++) {
      const kind = tokens.kind(at);
      if (kind === Token.openObject || kind === Token.openList) open.push(new Map());
      else if (kind === Token.closeObject || kind === Token.closeList) open.pop();
      else if (kind === Token.string && at + 2 < count && tokens.kind(at + 1) === Token.colon) {
        const key = build.text(at);
        const first = open.at(-1)?.get(key);
        if (first === undefined) open.at(-1)?.set(key, at);
        else {
          const notes = [{ message: "first given here", span: build.span(first) }];
          problems.report("duplicate-key", build.span(at), [key], { anchor: build.span(at + 2), notes });
        }
      }
    }
  }
}

/** Where an expression that does not follow the grammar goes wrong, and what was expected there. */
function diagnose(text: string, build: ValueBuilder): { offset: number; expected: readonly Expectation[] } {
  try {
    parse(text, { build, startRule: "Careful" });
  } catch (error) {
    if (error instanceof SyntaxError)
      return { offset: error.location.start.offset, expected: error.expected };
    throw error;
  }
  throw new InternalError("an expression follows the grammar only at second sight");
}

function wordsFor(expected: readonly Expectation[]): string {
  const characters = new Set(expected.map((item) => (item.type === "literal" ? item.text : item.type)));
  const words = expectedWords[[...characters].sort().join("")];
  invariant(words !== undefined, `no words for what the grammar expects: ${[...characters].join(" ")}`);
  return words;
}
