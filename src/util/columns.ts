import { eastAsianWidth } from "get-east-asian-width";

let segmenter: Intl.Segmenter | undefined;
const PRINTABLE_ASCII = /^[ -~]*$/;
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

/** How many columns of a terminal a text fills: wide letters and emoji take two, combining marks none. */
export function textColumns(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes(text)) columns += graphemeColumns(segment);
  return columns;
}

/** As much of the beginning of a text as fits so many columns. */
export function cutToColumns(text: string, columns: number): string {
  if (text.length <= columns && PRINTABLE_ASCII.test(text)) return text;
  const [first = ""] = textRows(text, columns);
  return textColumns(first) <= columns ? first : "";
}

/** A line of text as a terminal of so many columns shows it, row by row; an empty line is one row. */
export function textRows(line: string, columns: number): string[] {
  // Without this the first answer of a monitor would wait for the engine's tables of Unicode.
  if (columns >= 1 && PRINTABLE_ASCII.test(line)) return asciiRows(line, Math.floor(columns));
  const rows: string[] = [];
  let row = "";
  let filled = 0;
  for (const { segment } of graphemes(line)) {
    const width = graphemeColumns(segment);
    if (filled + width > columns && row !== "") {
      rows.push(row);
      row = "";
      filled = 0;
    }
    row += segment;
    filled += width;
  }
  return [...rows, row];
}

function asciiRows(line: string, columns: number): string[] {
  const rows = [line.slice(0, columns)];
  for (let at = columns; at < line.length; at += columns) rows.push(line.slice(at, at + columns));
  return rows;
}

/** How many columns a code point fills by itself: two where it is wide, one otherwise. */
export function codePointColumns(codePoint: number): 1 | 2 {
  return eastAsianWidth(codePoint);
}

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

function graphemeColumns(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return EMOJI.test(grapheme) ? 2 : codePointColumns(grapheme.codePointAt(0) ?? 0);
}
