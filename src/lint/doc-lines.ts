import type { SourceFile, Span } from "../diagnostic/source.js";
import { indentation } from "../qapi/parse/python-text.js";

/** A line of a documentation comment. */
export interface DocLine {
  /** Its text after the mark and a blank; empty for a bare mark. */
  readonly text: string;
  readonly file: SourceFile;
  /** Where the text starts in the file, and where the line ends. */
  readonly start: number;
  readonly end: number;
  /** Whether it belongs to an example or another literal block, or opens one. */
  readonly isLiteral: boolean;
}

/** The lines between the two that open and close a comment. */
export function docLines({ file, start, end }: Span): DocLine[] {
  const lines: DocLine[] = [];
  /** Indentation of what opened a literal block; lines that are indented by more belong to it. */
  let literalFrom: number | undefined;
  let at = file.text.indexOf("\n", start) + 1;
  while (at > 0 && at < end) {
    const newline = file.text.indexOf("\n", at);
    const lineEnd = newline === -1 ? file.text.length : newline;
    const mark = at + (/^\s*/.exec(file.text.slice(at, lineEnd))?.[0].length ?? 0);
    if (file.text.startsWith("##", mark) || lineEnd > end) break;
    const textStart = Math.min(lineEnd, mark + (file.text.charAt(mark + 1) === " " ? 2 : 1));
    const text = file.text.slice(textStart, lineEnd).trimEnd();
    const indent = indentation(text);
    if (text !== "" && literalFrom !== undefined && indent <= literalFrom) literalFrom = undefined;
    const opens = literalFrom === undefined && /(?:^|[^:])::$/.test(text);
    if (opens) literalFrom = indent;
    lines.push({ text, file, start: textStart, end: lineEnd, isLiteral: literalFrom !== undefined });
    at = lineEnd + 1;
  }
  return lines;
}

/** A stretch of a line's text. */
export function spanIn({ file, start }: DocLine, from: number, to: number): Span {
  return { file, start: start + from, end: start + to };
}

/** A line from its mark to its end. */
export function lineSpan({ file, start, text }: DocLine): Span {
  return { file, start, end: start + text.length };
}
