import { createHash } from "node:crypto";
import type { Span } from "../diagnostic/source.js";
import type { Finding, FindingPlace, RuleInfo } from "../findings/index.js";
import type { Schema } from "../qapi/schema/model.js";
import { type BreakingLevel, type BreakingScope } from "./breaking-scopes.js";
import type { Change } from "./change.js";
import { compareSchemas, isIntrospection } from "./compare-schemas.js";
import { describeChange } from "./describe-change.js";
import { changeLevels, type ChangeLevel, worse } from "./level.js";
import { changeRules, type ChangeRule } from "./rules.js";

/** The rules as the formats that list them have them. */
export const breakingRules: readonly RuleInfo[] = Object.entries<ChangeRule>(changeRules).map(
  ([id, { summary }]) => ({ id, reason: summary }),
);

/** Changes that only the names in generated code show. */
const nameLevels: Readonly<Record<string, ChangeLevel>> = {
  "type-renamed": "breaking",
  // Who imports from the index does not notice.
  "definition-moved": "dangerous",
};

/** Everything that changed, as `compareSchemas` finds it; for `code` and `names` with unreached types. */
export function changesFor(scope: BreakingScope, old: Schema, next: Schema): Change[] {
  return compareSchemas(old, next, { unreached: scope === "code" || scope === "names" });
}

/** How bad a change is for those whom a scope speaks of. */
function levelFor(scope: BreakingScope, { id, level, codeLevel }: Change): ChangeLevel {
  const name = nameLevels[id];
  if (name !== undefined) return scope === "names" ? name : "ok";
  const told = scope === "code" || scope === "names" ? worse(level, codeLevel) : level;
  return scope === "wire" && told === "note" ? "ok" : told;
}

/** What of some changes is worth telling to those whom a scope speaks of. */
export function breakingFindings(
  changes: readonly Change[],
  scope: BreakingScope,
  [old, next]: readonly [old: Schema, next: Schema],
): Finding<BreakingLevel>[] {
  const has = { old: !isIntrospection(old), next: !isIntrospection(next) };
  return changes
    .flatMap((change) => {
      const level = levelFor(scope, change);
      return level === "ok" ? [] : [toFinding(change, level, scope, has)];
    })
    .sort((a, b) => changeLevels.indexOf(a.level) - changeLevels.indexOf(b.level));
}

function toFinding(
  change: Change,
  level: BreakingLevel,
  scope: BreakingScope,
  has: { readonly old: boolean; readonly next: boolean },
): Finding<BreakingLevel> {
  const oldSpan = has.old ? change.oldSpan : undefined;
  const newSpan = has.next ? change.newSpan : undefined;
  const fingerprint = fingerprintOf(change);
  const why = becauseFor(scope, change);
  const at = newSpan ?? oldSpan;
  return {
    rule: change.id,
    level,
    message: `${describeChange(change)}: ${why}`,
    subject: change.path,
    at: at && startOf(at),
    notes:
      newSpan !== undefined && oldSpan !== undefined ? [{ message: "in OLD", at: startOf(oldSpan) }] : [],
    help: [`fingerprint ${fingerprint}`],
    fingerprint,
    json: {
      id: change.id,
      level,
      direction: change.direction,
      path: change.path,
      because: why,
      usedBy: change.usedBy,
      fingerprint,
      ...(change.announced !== undefined && { announced: change.announced }),
      ...(change.configuration === true && { configuration: true }),
      ...change.fields,
      ...(change.alsoAt.length > 0 && { alsoAt: change.alsoAt }),
      ...(oldSpan && { old: jsonPlace(oldSpan) }),
      ...(newSpan && { new: jsonPlace(newSpan) }),
    },
  };
}

/** The first line is enough to show where a definition stands. */
function startOf(span: Span): FindingPlace {
  const { file, start, end } = span;
  const lineEnd = file.lineStart(file.line(start)) + file.lineText(file.line(start)).length;
  return { file, start, end: Math.max(start, Math.min(end, lineEnd)) };
}

function jsonPlace({ file, start }: Span): object {
  return { file: file.path, ...file.position(start) };
}

function becauseFor(scope: BreakingScope, change: Change): string {
  if (scope !== "code" && scope !== "names") return change.because;
  if (change.codeLevel !== "breaking" && change.codeLevel !== "dangerous") return change.because;
  const id = change.id === "member-added" ? "arg-added-mandatory" : change.id;
  const flows = change.direction === "both" ? (["in", "out"] as const) : [change.direction];
  const { compiler }: ChangeRule = changeRules[id];
  const effects = flows.flatMap((flow) => compiler?.[flow] ?? []);
  if (effects.length === 0) return change.because;
  return `${change.because}; in generated TypeScript: ${[...new Set(effects)].join("; ")}`;
}

/** What stays the same for one change while lines move and commands come and go. */
function fingerprintOf({ id, path, fields }: Change): string {
  const detail = ["to", "feature", "value"].map((key) => fields[key] ?? "");
  return createHash("sha256")
    .update(JSON.stringify([id, path, ...detail]))
    .digest("hex")
    .slice(0, 16);
}
