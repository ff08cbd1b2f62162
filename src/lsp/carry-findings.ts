import { resolve } from "node:path";
import type { SourceFile, Span } from "../diagnostic/source.js";
import type { LintFinding } from "../lint/lint-schema.js";
import type { ParsedFile } from "../qapi/parse/parse-file.js";

/** Where a text differs from an older one. */
interface Change {
  readonly file: SourceFile;
  /** Up to here both are the same, in either. */
  readonly start: number;
  /** From here on the older one goes on as the newer does `shift` later. */
  readonly end: number;
  readonly shift: number;
}

/**
 * What lint found in files as they were, at its places in the files as they are, until it has looked again.
 * What was found where the text is another now is left out.
 */
export function carryFindings(findings: readonly LintFinding[], files: readonly ParsedFile[]): LintFinding[] {
  const now = new Map(files.map(({ file }) => [resolve(file.path), file]));
  const changes = new Map<SourceFile, Change | undefined>();
  const changeOf = (old: SourceFile): Change | undefined => {
    if (!changes.has(old)) {
      const file = now.get(resolve(old.path));
      changes.set(old, file && changeBetween(old.text, file));
    }
    return changes.get(old);
  };
  const carried = ({ file: old, start, end }: Span): Span | undefined => {
    const change = changeOf(old);
    if (change === undefined) return undefined;
    const { file, shift } = change;
    if (end < change.start) return { file, start, end };
    return start > change.end ? { file, start: start + shift, end: end + shift } : undefined;
  };
  return findings.flatMap((finding): LintFinding[] => {
    const { file } = finding.at;
    const isUntouched =
      now.get(resolve(file.path)) === file && finding.fix.every((edit) => edit.at.file === file);
    if (isUntouched) return [finding];
    const at = carried(finding.at);
    if (at === undefined) return [];
    const fix = finding.fix.map((edit) => ({ ...edit, at: carried(edit.at) }));
    const whole = fix.flatMap(({ at: place, text }) => (place === undefined ? [] : [{ at: place, text }]));
    return [{ ...finding, at, fix: whole.length === fix.length ? whole : [] }];
  });
}

function changeBetween(old: string, file: SourceFile): Change {
  const { text } = file;
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let back = 0;
  while (
    back < most - start &&
    old.charCodeAt(old.length - 1 - back) === text.charCodeAt(text.length - 1 - back)
  )
    back++;
  return { file, start, end: old.length - back, shift: text.length - old.length };
}
