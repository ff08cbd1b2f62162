import type { Span } from "../diagnostic/source.js";
import type { Compilation } from "../qapi/index.js";
import type { Schema } from "../qapi/schema/model.js";
import { didYouMean } from "../util/did-you-mean.js";
import { plainPath } from "../util/paths.js";
import { ignoreProblems, ignoresIn, type Ignore } from "./ignores.js";
import { lintContext, placeOf } from "./lint-context.js";
import { LintMemory } from "./lint-memory.js";
import type { ReleaseRecord } from "./release-record.js";
import {
  LintSettingError,
  lintScale,
  type LintLevel,
  type LintProblem,
  type LintRule,
  type TextEdit,
} from "./rule.js";
import { lintRules } from "./rules/index.js";

/** The id under which ignores themselves are judged. */
const IGNORE_RULE = "lint-ignore";

/** Something that a rule found. */
export interface LintFinding {
  readonly rule: string;
  readonly level: LintLevel;
  readonly message: string;
  readonly at: Span;
  /** The name of the definition that it is in. */
  readonly definition: string | undefined;
  readonly help: readonly string[];
  readonly fix: readonly TextEdit[];
  /** Whether the fix changes documentation, and with it a dump. */
  readonly editsDocs: boolean;
}

/** A level for each rule whose own is not wanted. */
export type RuleLevels = ReadonlyMap<string, LintLevel | "off">;

export interface LintOptions {
  readonly levels?: RuleLevels;
  /** What is known of QEMU's releases, for the rules that ask. */
  readonly record?: ReleaseRecord | undefined;
  /** What runs over the same schema before this one found out. */
  readonly memory?: LintMemory;
  /** What other schemas define; documentation may speak of it. */
  readonly foreignNames?: ReadonlySet<string>;
}

/**
 * Reads `ID=LEVEL`; `ID` alone, and `ID=on`, switch a rule on at the level it proposes.
 *
 * @throws {LintSettingError}
 */
export function parseRuleLevel(text: string): [rule: string, level: LintLevel | "off"] {
  const [id = "", level = "on", ...rest] = text.split("=");
  const rule = lintRules.find((each) => each.id === id);
  if (rule === undefined && id !== IGNORE_RULE) {
    const known = [...lintRules.map((each) => each.id), IGNORE_RULE];
    throw new LintSettingError([`'${id}' is no rule`, ...didYouMean(id, known)].join("; "));
  }
  if (level === "on" && rest.length === 0) return [id, rule?.proposed ?? "warn"];
  const levels = [...lintScale.map((each) => each.level), "off" as const];
  const chosen = levels.find((each) => each === level);
  if (chosen === undefined || rest.length > 0) {
    throw new LintSettingError(`'${text.slice(id.length + 1)}' is no level: ${levels.join(", ")}`);
  }
  return [id, chosen];
}

/**
 * Holds a schema to the rules. Findings come file by file in the order of reading, each in the order of
 * its text; what a `# lint-ignore` with a reason is about is left out.
 *
 * @param compilation of a schema's source, as {@link SchemaCompiler} makes it
 */
export function lintSchema(compilation: Compilation, schema: Schema, options?: LintOptions): LintFinding[] {
  const steps = lintSteps(compilation, schema, options);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The same bit by bit, for who has other things to do in between: rule by rule, the costly ones last, and
 * definition by definition. Before those it gives what the others found.
 */
export function* lintSteps(
  compilation: Compilation,
  schema: Schema,
  { levels = new Map(), record, foreignNames = new Set(), memory = new LintMemory() }: LintOptions = {},
): Generator<LintFinding[] | undefined, LintFinding[], undefined> {
  memory.begin();
  const context = lintContext(compilation, schema, { record, memory, foreignNames });
  const active = lintRules.flatMap((rule) => {
    const level = levels.get(rule.id) ?? rule.level;
    return level === "off" ? [] : [{ rule, level }];
  });
  const ignores = compilation.files.flatMap(ignoresIn);
  const findings: LintFinding[] = [];
  const add = (rule: LintRule, level: LintLevel, problems: Iterable<LintProblem>): void => {
    for (const problem of problems) {
      const own = problem.isMinor === true && !levels.has(rule.id) ? "info" : level;
      const found = finding(rule, own, problem);
      if (!isIgnored(found, ignores)) findings.push(found);
    }
  };
  const inOrder = (): LintFinding[] => sorted(findings, compilation.files);
  for (const { rule, level } of active) {
    if (rule.isCostly === true) continue;
    add(rule, level, rule.check(context));
    yield undefined;
  }
  yield inOrder();
  for (const { rule, level } of active) {
    if (rule.isCostly !== true) continue;
    for (const each of context.documented) {
      add(rule, level, rule.check({ ...context, documented: [each] }));
      yield undefined;
    }
  }
  const ignoreLevel = levels.get(IGNORE_RULE) ?? "warn";
  if (ignoreLevel !== "off") {
    const known = lintRules.map(({ id }) => id);
    // A rule that is off finds nothing; its ignores are judged when it is on.
    const judged = ignores.filter(
      ({ rule: id }) => !known.includes(id) || active.some(({ rule }) => id === rule.id),
    );
    for (const problem of ignoreProblems(judged, known))
      findings.push(finding({ id: IGNORE_RULE }, ignoreLevel, problem));
  }
  return inOrder();
}

/** File by file in the order of reading, each in the order of its text. */
function sorted(findings: readonly LintFinding[], files: Compilation["files"]): LintFinding[] {
  const order = new Map(files.map(({ file }, index) => [file, index]));
  return findings.toSorted(
    (a, b) => (order.get(a.at.file) ?? 0) - (order.get(b.at.file) ?? 0) || a.at.start - b.at.start,
  );
}

function isIgnored({ rule, at }: LintFinding, ignores: readonly Ignore[]): boolean {
  const ignore = ignores.find(
    ({ rule: ignored, reason, at: { file }, scope }) =>
      ignored === rule &&
      reason !== "" &&
      file === at.file &&
      scope.start <= at.start &&
      at.start < scope.end,
  );
  if (ignore !== undefined) ignore.isUsed = true;
  return ignore !== undefined;
}

function finding(
  { id, editsDocs = false }: Pick<LintRule, "id" | "editsDocs">,
  level: LintLevel,
  { message, help = [], fix = [], ...where }: LintProblem,
): LintFinding {
  const at = where.at ?? placeOf(where.definition);
  return { rule: id, level, message, at, definition: where.definition?.name, help, fix, editsDocs };
}

/** The findings of several schemas; those in files that schemas share are told once. */
export function distinctFindings(perSchema: readonly (readonly LintFinding[])[]): LintFinding[] {
  const seen = new Set<string>();
  const keyOf = ({ rule, message, at: { file, start } }: LintFinding): string =>
    JSON.stringify([plainPath(file.path), start, rule, message]);
  return perSchema.flatMap((findings) => {
    const fresh = findings.filter((finding) => !seen.has(keyOf(finding)));
    for (const finding of fresh) seen.add(keyOf(finding));
    return fresh;
  });
}
