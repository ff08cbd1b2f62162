import { buffer } from "node:stream/consumers";
import { cwd } from "node:process";
import type { LintConfig } from "../../codegen/config.js";
import { shippedRecord } from "../../evolution/record/shipped-record.js";
import type { Finding } from "../../findings/index.js";
import { applyFixes } from "../../lint/apply-fixes.js";
import { baselineOf, findingsNotIn, readBaseline } from "../../lint/baseline.js";
import {
  distinctFindings,
  lintSchema,
  parseRuleLevel,
  type LintFinding,
  type LintOptions,
  type RuleLevels,
} from "../../lint/lint-schema.js";
import { releaseRecord } from "../../lint/release-record.js";
import { lintScale, type LintLevel } from "../../lint/rule.js";
import { lintRules } from "../../lint/rules/index.js";
import { SchemaCompiler } from "../../qapi/index.js";
import { openSchema } from "../../schema-source/read-schema.js";
import { CommandFailure } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { findConfig, loadConfig } from "../generate/load-config.js";
import { introspectionRefusal, readSchema } from "../read-schema.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";
import { reportFindings, type FindingOptions } from "../report-findings.js";
import { readText } from "../read-file.js";
import { replaceFile } from "../replace-file.js";
import { takeStdin } from "../take-stdin.js";

interface LintCommandOptions extends SchemaOptions, FindingOptions<LintLevel> {
  /** `--rule ID=LEVEL`, repeatable. */
  readonly rule?: readonly string[];
  readonly config?: string;
  readonly fix?: boolean;
  readonly fixDocs?: boolean;
  /** `--reference SCHEMA`, repeatable. */
  readonly reference?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** `qapi lint SCHEMA…`: hold schemas to the rules of good style that a front end does not know. */
export async function lint(
  paths: readonly string[],
  options: LintCommandOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const levels = await levelsOf(options);
  const baseline =
    options.baseline === undefined ? [] : readBaseline(options.baseline, await readText(options.baseline));
  const settings = { levels, foreignNames: await namesIn(options, context) };
  const perSchema: (readonly LintFinding[])[] = [];
  for (const path of paths) perSchema.push(await lintOne(path, settings, options, context));
  const found = distinctFindings(perSchema);
  if (options.writeBaseline !== undefined) {
    replaceFile(options.writeBaseline, `${JSON.stringify(baselineOf(found), undefined, 2)}\n`);
    context.stderr.write(`${options.writeBaseline}: ${found.length} findings\n`);
    return ExitStatus.ok;
  }
  const findings = findingsNotIn(found, baseline).map(toFinding);
  const rules = lintRules.map(({ id, reason }) => ({ id, reason }));
  return reportFindings({ tool: "qapi lint", levels: lintScale, rules, findings }, options, context);
}

/** The configuration's levels, and over them those of the command line. */
async function levelsOf({ rule = [], config }: LintCommandOptions): Promise<RuleLevels> {
  const { rules = {} } = await readLintSettings(config);
  const configured = Object.entries(rules).map(([id, level]) => `${id}=${level}`);
  return new Map([...configured, ...rule].map(parseRuleLevel));
}

/** The findings of a schema; with `--fix` those that are left. */
async function lintOne(
  source: string,
  settings: Pick<LintOptions, "levels" | "foreignNames">,
  { diagnostics: form, docRules, fix, fixDocs }: LintCommandOptions,
  context: CliContext,
): Promise<readonly LintFinding[]> {
  const file = await openSchema(source, { stdin: () => buffer(takeStdin(context)) });
  if (file === undefined) throw introspectionRefusal("lint", source);
  const mends = fix === true || fixDocs === true;
  if (mends && /^(?:git:|-$)/.test(source)) throw new CommandFailure(`--fix cannot write to ${source}`);
  const compiler = new SchemaCompiler({ docRules, host: file.host });
  const record = releaseRecord(await shippedRecord());
  for (let round = 0; ; round++) {
    const compilation = compiler.compile(file.path);
    const { schema } = compilation;
    if (schema === undefined) {
      reportDiagnostics([compilation.diagnostics], form, context);
      throw new CommandFailure();
    }
    const findings = lintSchema(compilation, schema, { ...settings, record });
    // A fix may uncover another; there are never more than a few.
    if (!mends || round === MOST_ROUNDS || !mend(findings, fixDocs === true, context)) return findings;
  }
}

const MOST_ROUNDS = 10;

/** Whether anything was mended. */
function mend(findings: readonly LintFinding[], docsToo: boolean, { stderr }: CliContext): boolean {
  const fixed = applyFixes(findings.filter(({ editsDocs }) => docsToo || !editsDocs));
  for (const { file, text, count } of fixed) {
    replaceFile(file.path, text);
    stderr.write(`${file.path}: ${count} fixed\n`);
  }
  return fixed.length > 0;
}

/** What the schemas define that documentation may speak of. */
async function namesIn(
  { reference = [], diagnostics, docRules }: LintCommandOptions,
  context: CliContext,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const source of reference) {
    const schema = await readSchema(source, { diagnostics, docRules }, context);
    for (const name of schema.definitions.keys()) names.add(name);
  }
  return names;
}

function toFinding({ rule, level, message, at, help, definition }: LintFinding): Finding<LintLevel> {
  const [start, end] = [at.file.position(at.start), at.file.position(at.end)];
  return {
    rule,
    level,
    message,
    at,
    help,
    subject: definition,
    json: { rule, level, message, file: at.file.path, start, end },
  };
}

/**
 * The `lint` part of a configuration: of the one named, else of the one in this folder if there is one.
 *
 * @throws {DocumentError} as {@link loadConfig} does
 */
async function readLintSettings(path: string | undefined): Promise<LintConfig> {
  const config = path ?? findConfig(cwd());
  return config === undefined ? {} : ((await loadConfig(config)).lint ?? {});
}
