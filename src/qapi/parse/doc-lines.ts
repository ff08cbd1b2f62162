import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { Lexer } from "./lexer.js";
import { codePoints, indentation, offsetAfter, trimEnd } from "./python-text.js";
import { Token } from "./token.js";

const literalStart = /^(?:\.\. +qmp-example)? *::$/;
const longLineOfUrl = /^ *(?:https?|ftp):\/\/[^ ]*$/;
const longestLine = 70;

const oneSpace = /[.!?] [A-Z0-9(]/;
/** The same after `e.g.` and the number of a list item, which end no sentence. */
const oneSpaceOrExempt = /(?:(?<![\p{L}\p{N}_])e\.g\.|^ *\p{Nd}\.|(?<mark>[.!?])) [A-Z0-9(]/gu;

/**
 * The lines of one doc comment, without the comment marks. Problems of a single line are reported
 * when the line is reached.
 */
export class DocLines {
  private literal = false;
  private literalIndent = 0;
  private broken = false;

  /** @param lexer at the line that opens the comment */
  constructor(
    private readonly lexer: Lexer,
    private readonly problems: Problems,
  ) {}

  /**
   * The next line, white space at its end removed; undefined after the last, when the lexer is at
   * the line that closes the comment or at what stands in its stead.
   */
  advance(): string | undefined {
    const line = this.read();
    if (line !== undefined) this.checkFormat(line);
    return line;
  }

  /** The place of the current line, with its mark; or of a stretch of its text. */
  span(from?: number, to?: number): Span {
    const { lexer } = this;
    if (from === undefined || to === undefined) return lexer.span();
    const text = Math.min(lexer.start + 2, lexer.end);
    return lexer.span(Math.min(text + from, lexer.end), Math.min(text + to, lexer.end));
  }

  private read(): string | undefined {
    const { lexer, problems } = this;
    lexer.next(true);
    while (lexer.kind === Token.fault) {
      if (!this.broken) lexer.reportFault(problems);
      this.broken = true;
      lexer.skipLine();
      lexer.next(true);
    }
    if (lexer.kind !== Token.comment) {
      if (!this.broken) problems.report("doc-without-end", lexer.span(), []);
      return undefined;
    }
    const { start, end } = lexer;
    const { text } = lexer.file;
    if (end === start + 1) return "";
    if (text.startsWith("##", start)) {
      if (end !== start + 2) problems.report("doc-end-junk", lexer.span(), []);
      return undefined;
    }
    if (text.startsWith("# ", start)) return trimEnd(text, start + 2, end);
    problems.report("doc-missing-space", lexer.span(), []);
    return trimEnd(text, start + 1, end);
  }

  /** Literal blocks end where the indentation gets less than that of their first line. */
  private checkFormat(line: string): void {
    if (line.endsWith("::") && literalStart.test(line)) {
      this.literal = true;
      this.literalIndent = 0;
    } else if (this.literal && line !== "") {
      const indent = indentation(line);
      if (this.literalIndent === 0) this.literalIndent = indent;
      else if (indent < this.literalIndent) this.literal = false;
    }
    if (this.literal) return;
    if (line.length > longestLine - 2) this.checkLength(line);
    if (oneSpace.test(line)) this.checkSentences(line);
  }

  private checkLength(line: string): void {
    if (codePoints(line) <= longestLine - 2 || longLineOfUrl.test(line)) return;
    this.problems.report(
      "doc-line-too-long",
      this.span(offsetAfter(line, 0, longestLine - 2), line.length),
      [],
      {
        anchor: this.span(),
      },
    );
  }

  /** One problem for each line will do. */
  private checkSentences(line: string): void {
    const { lexer } = this;
    for (const match of line.matchAll(oneSpaceOrExempt)) {
      if (match.groups?.["mark"] === undefined) continue;
      // QEMU counts from the start of the source line as if the comment mark stood there.
      const lineStart = lexer.file.lineStart(lexer.file.line(lexer.start));
      const before = codePoints(line.slice(0, match.index));
      const anchor = offsetAfter(lexer.file.text, lineStart, before + 3);
      this.problems.report("doc-sentence-spacing", this.span(match.index + 1, match.index + 2), [], {
        anchor: lexer.span(anchor, anchor),
      });
      return;
    }
  }
}
