import { SourceFile } from "../diagnostic/source.js";
import { formatDoc } from "./format-doc.js";
import { formatExpression } from "./format-expression.js";
import { layoutTokens } from "./layout-tokens.js";
import { schemaUnits, type SchemaUnit } from "./schema-units.js";

/** How a schema file is to be laid out. */
export interface FormatOptions {
  /** Leave expressions and plain comments as they are. */
  readonly docsOnly?: boolean;
  /** Break lines anew: members and entries one a line, enums filled. */
  readonly strict?: boolean;
  /** Fill the prose of doc comments anew. */
  readonly reflow?: boolean;
  /**
   * Only definitions and doc comments that touch these lines, counted from 1, both ends included. Line ends
   * are then those of the file, as with `docsOnly`.
   */
  readonly lines?: readonly LineRange[];
}

export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A part of a formatted file: what stands before a unit, and the unit itself line by line. */
export interface FormattedPart {
  readonly unit: SchemaUnit;
  readonly before: string;
  readonly lines: readonly string[];
}

/** A file taken apart, each part laid out or, where that is not asked for, as it was. */
export interface FormattedParts {
  readonly parts: readonly FormattedPart[];
  readonly end: string;
}

/**
 * Lays out a schema file that parses. Doing so again changes nothing; what the schema means stays.
 *
 * @param text of the whole file
 * @returns the text of the whole file
 */
export function formatSchema(text: string, options: FormatOptions = {}): string {
  const { parts, end } = formatParts(text, options);
  return parts.map(({ before, lines }) => before + lines.join("\n")).join("") + end;
}

/** The same, for printers of their own. */
export function formatParts(text: string, options: FormatOptions): FormattedParts {
  const isPart = options.lines !== undefined || options.docsOnly === true;
  const lineEnd = isPart && /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
  const units = schemaUnits(text);
  const isTouched = touchedUnits(text, units, options.lines);
  const isWanted = (unit: SchemaUnit): boolean =>
    isTouched(unit) && (options.docsOnly !== true || unit.kind === "doc");
  const parts = units.map((unit, index): FormattedPart => {
    const last = units[index - 1];
    const follows = last !== undefined && isWanted(last) && isDocOf(text, last, unit);
    const before =
      isWanted(unit) || follows
        ? separator(last, unit, text).replaceAll("\n", lineEnd)
        : text.slice(last?.end ?? 0, unit.start);
    const lines = isWanted(unit)
      ? formatUnit(text, unit, options).map((line, at, { length }) =>
          at < length - 1 ? line + lineEnd.slice(0, -1) : line,
        )
      : text.slice(unit.start, unit.end).split("\n");
    return { unit, before, lines };
  });
  const last = units.at(-1);
  if (last === undefined) return { parts, end: text.trim() };
  return { parts, end: isWanted(last) ? lineEnd : text.slice(last.end) };
}

/** Which units lines touch: a definition and its comment are touched together. */
function touchedUnits(
  text: string,
  units: readonly SchemaUnit[],
  ranges: readonly LineRange[] | undefined,
): (unit: SchemaUnit) => boolean {
  if (ranges === undefined) return () => true;
  const file = new SourceFile("", text);
  const wanted = new Set<SchemaUnit>();
  const touches = (from: number, to: number): boolean =>
    ranges.some((range) => range.from <= to && from <= range.to);
  units.forEach((unit, index) => {
    const [from, to] = [file.line(unit.start), file.line(unit.end)];
    if (!touches(from, to)) return;
    wanted.add(unit);
    const [before, after] = [units[index - 1], units[index + 1]];
    if (unit.kind === "expression" && before !== undefined && isDocOf(text, before, unit)) wanted.add(before);
    if (after !== undefined && isDocOf(text, unit, after)) wanted.add(after);
  });
  return (unit) => wanted.has(unit);
}

/** Whether a unit is the comment that documents the next. */
function isDocOf(text: string, unit: SchemaUnit, next: SchemaUnit): boolean {
  if (unit.kind !== "doc" || next.kind !== "expression") return false;
  return /^##[^\n]*\n\s*#\s*@/.test(text.slice(unit.start, unit.start + 200));
}

/** The line ends between two units, or before the first. */
function separator(before: SchemaUnit | undefined, unit: SchemaUnit, text: string): string {
  if (before === undefined) return "";
  if (unit.isOnSameLine && unit.kind === "comment") return "  ";
  if (isDocOf(text, before, unit)) return "\n";
  const isApart = unit.kind === "doc" && !isIgnoreFor(text, before, unit);
  return isApart || unit.blankLines > 0 ? "\n\n" : "\n";
}

/** Whether a comment tells lint what to let pass in the definition below: apart from it, it would mean the file. */
function isIgnoreFor(text: string, { kind, start, end }: SchemaUnit, { blankLines }: SchemaUnit): boolean {
  if (kind !== "comment" || blankLines > 0) return false;
  const lastLine = text.slice(Math.max(start, text.lastIndexOf("\n", end - 1) + 1), end);
  return /^\s*#\s*lint-ignore\b/.test(lastLine);
}

function formatUnit(text: string, unit: SchemaUnit, options: FormatOptions): string[] {
  const { kind, start, end } = unit;
  if (kind !== "expression") {
    const lines = text
      .slice(start, end)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    return kind === "comment" ? lines : formatDoc(lines.slice(1, -1), options.reflow === true);
  }
  return formatExpression(layoutTokens(text, start, end), options.strict === true);
}
