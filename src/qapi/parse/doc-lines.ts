import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { Lexer } from "./lexer.js";
import { codePoints, indentation, isSpace, offsetAfter } from "./python-text.js";
import { Token } from "./token.js";

const LITERAL_START = /^(?:\.\. +qmp-example)? *::$/;
const LONG_LINE_OF_URL = /^ *(?:https?|ftp):\/\/[^ ]*$/;
const LONGEST_LINE = 70;

/** Where a sentence may end, in a whole file. */
const ONE_SPACE = /[.!?] [A-Z0-9(]/g;
/** The same after `e.g.` and the number of a list item, which end no sentence. */
const ONE_SPACE_OR_EXEMPT = /(?:(?<![\p{L}\p{N}_])e\.g\.|^ *\p{Nd}\.|(?<mark>[.!?])) [A-Z0-9(]/gu;

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const COLON = 0x3a;

/**
 * The lines of a file's doc comments, one comment after the other; a line is given by where its text
 * starts and ends. Problems of a single line are reported when the line is reached.
 */
export class DocLines {
  /** Offset of the current line's comment mark. */
  mark = 0;
  /** Where the current line's text starts, the comment mark and a space taken off. */
  start = 0;
  /** Where it ends, white space taken off. */
  end = 0;
  /** The code of the first character of its text; -1 if there is no text. */
  first = -1;
  private readonly text: string;
  private readonly strict: boolean;
  /** Offset of the next line. */
  private next = 0;
  private literal = false;
  private literalIndent = 0;
  private broken = false;
  /** The first place, from the current line on, where a sentence may end with one space after it. */
  private suspect = -1;

  constructor(
    readonly lexer: Lexer,
    readonly problems: Problems,
  ) {
    this.text = lexer.file.text;
    this.strict = problems.docRules === "strict";
  }

  /** Begins with the comment whose first line is the lexer's current token. */
  open(): void {
    const { start, end } = this.lexer;
    this.mark = start;
    this.start = this.end = end;
    this.first = -1;
    this.next = end + 1;
    this.literal = false;
    this.broken = false;
  }

  /**
   * Goes to the next line. There is none after the last, when the lexer is at the line that closes the
   * comment or at what stands in its stead.
   */
  advance(): boolean {
    const { text, next } = this;
    // Nearly all lines are `# …` or `#`, with the mark in front.
    const end = text.charCodeAt(next) === Token.comment ? text.indexOf("\n", next) : -1;
    const second = text.charCodeAt(next + 1);
    if (end !== -1 && (second === SPACE || second === LINE_FEED)) {
      this.set(next, second === SPACE ? next + 2 : end, end);
    } else if (!this.advanceWithCare()) {
      return false;
    }
    if (this.strict && (this.literal || this.mayBeOdd())) this.checkFormat();
    return true;
  }

  get isBlank(): boolean {
    return this.first === -1;
  }

  /** How much white space the current line starts with. */
  get indentation(): number {
    if (!isSpace(this.first)) return 0;
    let at = this.start + 1;
    while (at < this.end && isSpace(this.text.charCodeAt(at))) at++;
    return at - this.start;
  }

  /** The current line's text. */
  get line(): string {
    return this.text.slice(this.start, this.end);
  }

  /** The place of the current line, with its mark. */
  get wholeSpan(): Span {
    return this.lexer.span(this.mark, Math.max(this.end, this.mark + 1));
  }

  /** The place of a stretch of the current line's text, by offsets in the file. */
  span(start = this.start, end = this.end): Span {
    return this.lexer.span(Math.min(start, this.end), Math.min(end, this.end));
  }

  private set(mark: number, start: number, end: number): void {
    const { text } = this;
    let last = end;
    while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
    this.mark = mark;
    this.start = start;
    this.end = last;
    this.first = start === last ? -1 : text.charCodeAt(start);
    this.next = end + 1;
  }

  private advanceWithCare(): boolean {
    const { lexer, problems, text } = this;
    lexer.seek(this.next - 1);
    lexer.next(true);
    while (lexer.kind === Token.fault) {
      if (!this.broken) lexer.reportFault(problems);
      this.broken = true;
      lexer.skipLine();
      lexer.next(true);
    }
    if (lexer.kind !== Token.comment) {
      if (!this.broken) problems.report("doc-without-end", lexer.span(), []);
      return false;
    }
    const { start, end } = lexer;
    if (text.startsWith("##", start)) {
      if (end !== start + 2) problems.report("doc-end-junk", lexer.span(), []);
      return false;
    }
    const isText = end === start + 1 || text.startsWith("# ", start);
    if (!isText) problems.report("doc-missing-space", lexer.span(), []);
    this.set(start, Math.min(isText ? start + 2 : start + 1, end), end);
    return true;
  }

  /** Whether the current line may start a literal block, or break a rule of format. */
  private mayBeOdd(): boolean {
    const { text, start, end } = this;
    if (this.suspect < start) {
      ONE_SPACE.lastIndex = start;
      this.suspect = ONE_SPACE.test(text) ? ONE_SPACE.lastIndex : text.length + 1;
    }
    return this.suspect <= end || end - start > LONGEST_LINE - 2 || text.charCodeAt(end - 1) === COLON;
  }

  /** Literal blocks end where the indentation gets less than that of their first line. */
  private checkFormat(): void {
    const { text, start, end } = this;
    if (text.charCodeAt(end - 1) === COLON && LITERAL_START.test(this.line)) {
      this.literal = true;
      this.literalIndent = 0;
    } else if (this.literal && start !== end) {
      const indent = indentation(this.line);
      if (this.literalIndent === 0) this.literalIndent = indent;
      else if (indent < this.literalIndent) this.literal = false;
    }
    if (this.literal) return;
    if (end - start > LONGEST_LINE - 2) this.checkLength(this.line);
    this.checkSentences(this.line);
  }

  private checkLength(line: string): void {
    if (codePoints(line) <= LONGEST_LINE - 2 || LONG_LINE_OF_URL.test(line)) return;
    const surplus = this.start + offsetAfter(line, 0, LONGEST_LINE - 2);
    this.problems.report("doc-line-too-long", this.span(surplus), [], { anchor: this.wholeSpan });
  }

  /** One problem for each line will do. */
  private checkSentences(line: string): void {
    const { lexer } = this;
    for (const match of line.matchAll(ONE_SPACE_OR_EXEMPT)) {
      if (match.groups?.["mark"] === undefined) continue;
      // QEMU counts from the start of the source line as if the comment mark stood there.
      const lineStart = lexer.file.lineStart(lexer.file.line(this.mark));
      const before = codePoints(line.slice(0, match.index));
      const anchor = offsetAfter(lexer.file.text, lineStart, before + 3);
      const gap = this.start + match.index + 1;
      this.problems.report("doc-sentence-spacing", this.span(gap, gap + 1), [], {
        anchor: lexer.span(anchor, anchor),
      });
      return;
    }
  }
}
