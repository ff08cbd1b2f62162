import type { Span } from "../diagnostic/source.js";
import { schemaUnits, type SchemaUnit } from "../format/schema-units.js";
import type { ParsedFile } from "../qapi/parse/parse-file.js";
import { didYouMean } from "../util/did-you-mean.js";
import type { LintProblem } from "./rule.js";

/** A line `# lint-ignore RULE: reason`. */
export interface Ignore {
  readonly rule: string;
  readonly reason: string;
  readonly at: Span;
  /** What it is about: a stretch of its file. */
  readonly scope: { readonly start: number; readonly end: number };
  isUsed: boolean;
}

const PATTERN = /^[^\S\n]*#[^\S\n]*lint-ignore\b[^\S\n]*([^\s:]*)[^\S\n]*(?::[^\S\n]*(.*))?$/gm;

/**
 * The ignores of a file: above a definition or its documentation comment they are about that; at the top of the
 * file, among comments alone, and followed by a blank line about the file.
 */
export function ignoresIn({ file }: ParsedFile): Ignore[] {
  const { text } = file;
  if (!text.includes("lint-ignore")) return [];
  const units = schemaUnits(text);
  return units.flatMap((unit, index) => {
    if (unit.kind !== "comment") return [];
    const scope = scopeOf(units, index, text);
    return [...text.slice(unit.start, unit.end).matchAll(PATTERN)].map((match): Ignore => {
      const [line, rule = "", reason = ""] = match;
      const start = unit.start + match.index + (line.length - line.trimStart().length);
      const at = { file, start, end: unit.start + match.index + line.trimEnd().length };
      return { rule, reason: reason.trim(), at, scope, isUsed: false };
    });
  });
}

function scopeOf(units: readonly SchemaUnit[], index: number, text: string): Ignore["scope"] {
  const [before, next, after] = [units[index - 1], units[index + 1], units[index + 2]];
  const isAtTop = units.slice(0, index).every(({ kind }) => kind === "comment");
  if (isAtTop && (next === undefined || next.blankLines > 0)) return { start: 0, end: text.length };
  if (next === undefined || next.kind === "comment") return { start: 0, end: 0 };
  if (next.kind === "expression" && before?.kind === "doc") return { start: before.start, end: next.end };
  const end = next.kind === "doc" && after?.kind === "expression" ? after.end : next.end;
  return { start: next.start, end };
}

/** What is wrong with ignores: no such rule, no reason, or nothing to ignore. */
export function ignoreProblems(ignores: readonly Ignore[], rules: readonly string[]): LintProblem[] {
  return ignores.flatMap(({ rule, reason, at, isUsed }): LintProblem[] => {
    if (!rules.includes(rule)) {
      return [{ at, message: `'${rule}' is no rule`, help: didYouMean(rule, rules) }];
    }
    if (reason === "") return [{ at, message: `the ignore of ${rule} gives no reason` }];
    return isUsed
      ? []
      : [{ at, message: `there is no finding of ${rule} to ignore here`, fix: [withoutLine(at)] }];
  });
}

/** The line of an ignore taken out. */
function withoutLine({ file, start, end }: Span) {
  const from = file.text.lastIndexOf("\n", start - 1) + 1;
  const newline = file.text.indexOf("\n", end);
  return { at: { file, start: from, end: newline === -1 ? file.text.length : newline + 1 }, text: "" };
}
