import type { SourceFile } from "../diagnostic/source.js";
import type { LintFinding } from "./lint-schema.js";
import type { TextEdit } from "./rule.js";

/** A file with fixes applied. */
interface FixedFile {
  readonly file: SourceFile;
  readonly text: string;
  /** How many findings it mends. */
  readonly count: number;
}

/**
 * Applies the fixes of findings. Of two that touch the same text the first counts; what is left over is
 * found again, and mended, the next time.
 */
export function applyFixes(findings: readonly LintFinding[]): FixedFile[] {
  const edits = new Map<SourceFile, TextEdit[]>();
  const counts = new Map<SourceFile, number>();
  for (const { fix, at } of findings) {
    if (fix.length === 0) continue;
    const taken = edits.get(at.file) ?? [];
    if (fix.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    for (const edit of fix) taken.push(edit);
    edits.set(at.file, taken);
    counts.set(at.file, (counts.get(at.file) ?? 0) + 1);
  }
  return [...edits].map(([file, own]) => ({
    file,
    text: applied(file.text, own),
    count: counts.get(file) ?? 0,
  }));
}

function overlap({ at: a }: TextEdit, { at: b }: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    result += text.slice(at, edit.at.start) + edit.text;
    at = edit.at.end;
  }
  return result + text.slice(at);
}
