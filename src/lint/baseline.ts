import { check } from "../../generated/documents/baseline.js";
import { readDocument } from "../document/read-document.js";
import type { LintFinding } from "./lint-schema.js";

/** A finding that is known, by what does not move with lines, and how often it is there. */
interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
  readonly count: number;
}

/** The entries that let all of these findings pass, in a lasting order. */
export function baselineOf(findings: readonly LintFinding[]): BaselineEntry[] {
  const counts = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const key = keyOf(entryOf(finding));
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { ...entryOf(finding), count });
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** The findings that a baseline does not let pass: the new ones. */
export function findingsNotIn(
  findings: readonly LintFinding[],
  baseline: readonly BaselineEntry[],
): LintFinding[] {
  const left = new Map(baseline.map((entry) => [keyOf(entry), entry.count]));
  return findings.filter((finding) => {
    const key = keyOf(entryOf(finding));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function entryOf({ rule, message, at }: LintFinding): Omit<BaselineEntry, "count"> {
  return { rule, file: at.file.path, message };
}

function keyOf({ rule, file, message }: Omit<BaselineEntry, "count">): string {
  return JSON.stringify([file, rule, message]);
}

const form = { name: "the baseline", check };

/**
 * The entries of a baseline file, as `--write-baseline` writes it.
 *
 * @param file its name, for messages
 * @throws {DocumentError} if it is none
 */
export function readBaseline(file: string, text: string): BaselineEntry[] {
  return readDocument(form, file, text) as BaselineEntry[];
}
