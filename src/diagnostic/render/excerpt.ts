import { codePointColumns } from "../../util/columns.js";
import type { Span } from "../source.js";

/** A source line as a terminal can show it, and where the marked part stands in it. */
interface Excerpt {
  readonly text: string;
  /** Terminal columns before the mark, and those that it takes up: at least one. */
  readonly before: number;
  readonly marked: number;
}

const TAB_WIDTH = 4;
const CUT = "…";

/** Characters that change how others are shown: combining marks, joiners, directions. */
const COMBINING = /[\p{Mn}\p{Me}]/u;
const FORMAT = /\p{Cf}/u;

/**
 * The line on which a span starts, cut to at most `width` columns around the start. Tabs become
 * spaces; control characters and invisible ones are replaced by visible signs, so that no source
 * text can steer a terminal.
 */
export function excerpt({ file, start, end }: Span, width: number): Excerpt {
  const lineStart = file.lineStart(file.line(start));
  const lineEnd = lineStart + file.lineText(file.line(start)).length;
  // A line may be as long as a file: look only at what could be shown.
  let from = Math.max(lineStart, start - 2 * width);
  let to = Math.min(lineEnd, start + 2 * width);
  if (splitsPair(file.text, from)) from++;
  if (splitsPair(file.text, to)) to--;
  const cells = layOut(file.text.slice(from, to));
  const first = cells.findIndex((cell) => from + cell.at >= start);
  const mark = first === -1 ? cells.length : first;
  const past = cells.findIndex((cell, index) => index > mark && from + cell.at >= end);
  return window(cells, mark, past === -1 ? cells.length : past, width, from > lineStart, to < lineEnd);
}

/** Makes text of unknown origin fit for a terminal; line ends stay. */
export function showText(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      layOut(line)
        .map((cell) => cell.text)
        .join(""),
    )
    .join("\n");
}

interface Cell {
  /** Offset of its first code unit. */
  readonly at: number;
  readonly text: string;
  readonly width: number;
}

function layOut(line: string): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  let column = 0;
  for (const character of line) {
    const cell = { at, ...show(character, column) };
    cells.push(cell);
    at += character.length;
    column += cell.width;
  }
  return cells;
}

function show(character: string, column: number): { text: string; width: number } {
  const code = character.codePointAt(0) ?? 0;
  if (character === "\t") {
    const width = TAB_WIDTH - (column % TAB_WIDTH);
    return { text: " ".repeat(width), width };
  }
  if (code < 0x20) return { text: String.fromCharCode(0x2400 + code), width: 1 };
  if (code < 0x7f) return { text: character, width: 1 };
  if (code < 0xa0 || FORMAT.test(character) || code === 0x2028 || code === 0x2029) {
    return { text: "\ufffd", width: 1 };
  }
  if (COMBINING.test(character)) return { text: character, width: 0 };
  return { text: character, width: codePointColumns(code) };
}

/** Cuts a line so that its mark, or at least the start of it, stays in sight. */
function window(
  cells: readonly Cell[],
  mark: number,
  past: number,
  width: number,
  moreBefore: boolean,
  moreAfter: boolean,
): Excerpt {
  let first = mark;
  let last = mark;
  let used = 0;
  const fits = (cell: Cell | undefined, room: number): cell is Cell =>
    cell !== undefined && used + cell.width <= room;
  while (fits(cells[first - 1], width / 2)) used += cells[--first]?.width ?? 0;
  while (fits(cells[last], width - 2)) used += cells[last++]?.width ?? 0;
  while (fits(cells[first - 1], width - 2)) used += cells[--first]?.width ?? 0;
  const head = first > 0 || moreBefore ? CUT : "";
  const tail = last < cells.length || moreAfter ? CUT : "";
  const shown = cells.slice(first, last);
  return {
    text: head + shown.map((cell) => cell.text).join("") + tail,
    before: head.length + columns(cells.slice(first, mark)),
    marked: Math.max(1, columns(cells.slice(mark, Math.min(past, last)))),
  };
}

function columns(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** Whether an offset lies between the halves of a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
