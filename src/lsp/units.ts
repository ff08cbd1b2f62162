import type { SourceFile } from "../diagnostic/source.js";
import { definitionKeys } from "../qapi/check/check-definitions.js";
import type { Entry, ParsedFile } from "../qapi/parse/parse-file.js";
import { isSpace } from "../qapi/parse/python-text.js";
import { madeOnce } from "../util/made-once.js";

/** What stands at the top level of a file, one after another, whether the file parses or not. */
export interface Unit {
  /** `broken` is text that does not parse, with the comments in it. */
  readonly kind: "comment" | "doc" | "expression" | "broken";
  readonly start: number;
  /** After its last character; the line end is not part of it. */
  readonly end: number;
}

/** The units of a file. */
export const unitsOf = madeOnce<ParsedFile, readonly Unit[]>(takeApart);

function takeApart({ file, entries, problems }: ParsedFile): Unit[] {
  const units: Unit[] = [];
  let at = 0;
  const add = (unit: Unit): void => {
    fillGap(units, file.text, at, unit.start);
    units.push(unit);
    at = unit.end;
  };
  for (const entry of entries) {
    const { start, end } = entry.kind === "doc" ? entry.doc.span : entry.value;
    const kind = entry.kind === "doc" ? "doc" : "expression";
    // In broken text, brackets within a definition may be taken for one of their own.
    if (problems.length === 0 || isWhole(entry, file)) add({ kind, start, end });
  }
  fillGap(units, file.text, at, file.text.length);
  return units;
}

function isWhole(entry: Entry, file: SourceFile): boolean {
  if (entry.kind === "expression")
    return Object.keys(definitionKeys).some((key) => entry.value.members.has(key));
  if (entry.kind !== "doc") return true;
  const { start, end } = entry.doc.span;
  return /^##[^\S\n]*\n(?:[^]*\n)?[^\S\n]*##[^\S\n]*$/.test(file.text.slice(start, end));
}

/** Where text that was skipped may begin anew. */
const LIKELY_START = /^(?:\{|##)/gm;

/** Between two units stand comments, and what cannot be read. */
function fillGap(units: Unit[], text: string, from: number, to: number): void {
  let at = from;
  while (at < to) {
    if (isSpace(text.charCodeAt(at))) at++;
    else if (text.charAt(at) === "#" && text.charAt(at + 1) !== "#") {
      const end = commentEnd(text, at, to);
      units.push({ kind: "comment", start: at, end });
      at = end;
    } else {
      const next = Math.min(to, brokenEnd(text, at));
      let end = next;
      while (isSpace(text.charCodeAt(end - 1))) end--;
      units.push({ kind: "broken", start: at, end });
      at = next;
    }
  }
}

/** How far text goes that begins at an offset and is broken; a comment goes to the mark that closes it, if one does. */
function brokenEnd(text: string, at: number): number {
  LIKELY_START.lastIndex = at + 1;
  const next = LIKELY_START.exec(text)?.index ?? text.length;
  return text.startsWith("##", at) && text.startsWith("##", next) ? lineEnd(text, next, text.length) : next;
}

/** The end of the comment lines that begin at an offset. */
function commentEnd(text: string, start: number, to: number): number {
  let end = lineEnd(text, start, to);
  for (;;) {
    let next = end + 1;
    while (next < to && text.charAt(next) !== "\n" && isSpace(text.charCodeAt(next))) next++;
    if (next >= to || text.charAt(next) !== "#" || text.charAt(next + 1) === "#") return end;
    end = lineEnd(text, next, to);
  }
}

function lineEnd(text: string, from: number, to: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 || end > to ? to : end;
}
