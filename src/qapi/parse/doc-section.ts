import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { type DocSection, type DocSectionKind, sectionWords } from "../ast/doc.js";
import type { DocLines } from "./doc-lines.js";
import { isSpace, trimEnd } from "./python-text.js";
import { Token } from "./token.js";

const SPACE = 0x20;

/** A section as offsets into its file, which grow with the lines that are added to it. */
export class SourceDocSection implements DocSection, Span {
  readonly file: SourceFile;
  start: number;
  end: number;
  /** Whether blank lines in a row count as one: they set apart paragraphs that are read one by one. */
  inParagraphs = false;
  /** Whether its only text is not indented, which strict rules do not take for its text. */
  isUnindented = false;
  /** Whether a line was added, even if it was blank. */
  hasLine = false;
  private textStart = -1;

  /** @param lines at the section's first line */
  constructor(
    readonly kind: DocSectionKind,
    readonly name: string | undefined,
    readonly heading: string | undefined,
    lines: DocLines,
  ) {
    this.file = lines.lexer.file;
    this.start = lines.mark;
    this.end = lines.end;
  }

  get span(): Span {
    return this;
  }

  get hasText(): boolean {
    return this.textStart !== -1;
  }

  /** Adds the current line, or what of it starts at an offset. */
  append(lines: DocLines, from = lines.start): void {
    this.hasLine = true;
    if (from >= lines.end) return;
    if (this.textStart === -1) this.textStart = from;
    this.end = lines.end;
  }

  get text(): string {
    const { textStart, end } = this;
    if (textStart === -1) return "";
    const { text } = this.file;
    const lines: string[] = [];
    let at = textStart;
    while (at < end) {
      const feed = text.indexOf("\n", at);
      const lineEnd = feed === -1 || feed > end ? end : feed;
      if (at === textStart) lines.push(trimEnd(text, at, lineEnd));
      else this.addLine(lines, at, lineEnd);
      at = lineEnd + 1;
    }
    return lines.join("\n");
  }

  /** Takes in a line of the source, if it is one of the comment. */
  private addLine(lines: string[], lineStart: number, lineEnd: number): void {
    const { text } = this.file;
    let mark = lineStart;
    while (mark < lineEnd && isSpace(text.charCodeAt(mark))) mark++;
    if (mark === lineEnd || text.charCodeAt(mark) !== Token.comment) return;
    const start = text.charCodeAt(mark + 1) === SPACE ? mark + 2 : mark + 1;
    const line = trimEnd(text, Math.min(start, lineEnd), lineEnd);
    if (line === "" && this.inParagraphs && lines.at(-1) === "") return;
    lines.push(line);
  }

  /** Reports that the section lacks the text that it must have. */
  check(problems: Problems): void {
    const { kind, name, heading } = this;
    if (this.hasText || (kind === "plain" && heading === undefined)) return;
    const tag = name === undefined ? (heading ?? sectionWords[kind]) : `@${name}`;
    const code = this.isUnindented ? "doc-section-unindented" : "doc-section-empty";
    problems.report(code, this, [tag, heading ?? sectionWords[kind]]);
  }
}
