import type { LintFinding } from "./lint-schema.js";
import { plainPath } from "./plain-path.js";

/** The findings of several schemas; those in files that schemas share are told once. */
export function distinctFindings(perSchema: readonly (readonly LintFinding[])[]): LintFinding[] {
  const seen = new Set<string>();
  return perSchema.flatMap((findings) => {
    const fresh = findings.filter((finding) => !seen.has(keyOf(finding)));
    for (const finding of fresh) seen.add(keyOf(finding));
    return fresh;
  });
}

function keyOf({ rule, message, at: { file, start } }: LintFinding): string {
  return JSON.stringify([plainPath(file.path), start, rule, message]);
}
