import type { LintFinding } from "./lint-schema.js";

/** A finding that is known, by what does not move with lines, and how often it is there. */
export interface BaselineEntry {
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
export function newFindings(
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

/** The entries of a baseline file; undefined if it is none. */
export function readBaseline(text: string): BaselineEntry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every(isEntry) ? value : undefined;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== "object" || value === null) return false;
  const { rule, file, message, count } = value as Record<string, unknown>;
  const texts = [rule, file, message];
  return texts.every((each) => typeof each === "string") && Number.isSafeInteger(count);
}
