import { isUtf8 } from "node:buffer";
import { checkText, type PlacedProblem } from "../../conformance/check-text.js";
import { SchemaChecker, UnknownNameError, type DocumentKind } from "../../conformance/schema-checker.js";
import { SourceFile } from "../../diagnostic/source.js";
import type { Finding, FindingFormat } from "../../findings/index.js";
import { UsageError } from "../command-failure.js";
import {
  conformanceLevels,
  conformanceRules,
  documentFinding,
  type ConformanceLevel,
} from "../conformance-findings.js";
import type { CliContext } from "../context.js";
import type { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readBytes } from "../read-file.js";
import { readSchema } from "../read-schema.js";
import { renderCoverage } from "../render-coverage.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { reportFindings, type FindingOptions } from "../report-findings.js";
import { tell } from "../tell.js";
import { validateLogs } from "../validate-logs.js";

export interface ValidateOptions
  extends SchemaOptions, ConnectionOptions, Partial<FindingOptions<ConformanceLevel>> {
  readonly type?: string;
  readonly command?: string;
  readonly reply?: string;
  readonly event?: string;
  /** The files are whole conversations. */
  readonly log?: boolean;
  /** Say what of the schema the logs have used. */
  readonly coverage?: boolean;
  readonly tolerant?: boolean;
}

/**
 * `qapi validate SCHEMA (--type|--command|--reply|--event NAME|--log) FILE…`: hold documents, or recorded
 * conversations, to a schema. What is wrong is told on stdout; with `--coverage` it is on stderr, and stdout has
 * what of the schema was used.
 */
export async function validate(
  path: string,
  files: readonly string[],
  options: ValidateOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const expected = expectedDocument(options);
  const { diagnostics, docRules, wait, tolerant = false } = options;
  const schema = await readSchema(path, { diagnostics, docRules, wait }, context);
  const checker = new SchemaChecker(schema, { tolerant });
  if (expected === undefined) return holdLogs(checker, files, options, context);
  const findings: Finding<ConformanceLevel>[] = [];
  for (const file of files) {
    const { source, isText } = await readDocument(file, context);
    const problems = isText ? problemsIn(source.text, checker, expected, path) : [notText];
    for (const problem of problems) findings.push(documentFinding(problem, source, expected));
  }
  return report(findings, formOf(options), context);
}

function problemsIn(
  text: string,
  checker: SchemaChecker,
  { kind, name }: ExpectedDocument,
  schema: string,
): readonly PlacedProblem[] {
  try {
    return checkText(checker, kind, name, text);
  } catch (error) {
    throw error instanceof UnknownNameError ? new UsageError(`${schema}: ${error.message}`) : error;
  }
}

async function holdLogs(
  checker: SchemaChecker,
  files: readonly string[],
  options: ValidateOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const result = await validateLogs(checker, files, { coverage: options.coverage === true }, context);
  const { findings, coverage, isCut } = result;
  if (isCut) {
    tell(`warning: ${findings.length} findings, the rest of the logs is not read`, context);
  }
  if (coverage === undefined) return report(findings, formOf(options), context);
  const { format } = formOf(options);
  if (format !== "pretty" && format !== "json" && format !== "markdown") {
    throw new UsageError(`coverage is told as pretty, json or markdown, not as ${format}`);
  }
  const status = report(
    findings,
    { failOn: "error", format: "pretty" },
    { ...context, stdout: context.stderr },
  );
  context.stdout.write(renderCoverage(coverage.report(), format));
  return status;
}

/** `--diagnostics=json` asks for JSON as well. */
function formOf({
  format,
  failOn = "error",
  diagnostics,
}: ValidateOptions): FindingOptions<ConformanceLevel> {
  const usual: FindingFormat = diagnostics === "json" ? "json" : "pretty";
  return { failOn, format: format === undefined || format === "pretty" ? usual : format };
}

function report(
  findings: readonly Finding<ConformanceLevel>[],
  options: FindingOptions<ConformanceLevel>,
  context: CliContext,
): ExitStatus {
  const rules = conformanceRules;
  return reportFindings(
    { tool: "qapi validate", levels: conformanceLevels, rules, findings },
    options,
    context,
  );
}

interface ExpectedDocument {
  readonly kind: DocumentKind;
  readonly name: string;
}

/** @returns undefined for logs */
function expectedDocument(options: ValidateOptions): ExpectedDocument | undefined {
  if (options.log === true) return undefined;
  if (options.coverage === true) throw new UsageError("--coverage is of logs: give --log as well");
  for (const kind of ["type", "command", "reply", "event"] as const) {
    const name = options[kind];
    if (name !== undefined) return { kind, name };
  }
  throw new UsageError(
    "say what the files are: one of --type, --command, --reply, --event, or --log for conversations",
  );
}

async function readDocument(
  file: string,
  context: CliContext,
): Promise<{ readonly source: SourceFile; readonly isText: boolean }> {
  const bytes = await readBytes(file, context);
  const path = file === "-" ? "<stdin>" : file;
  return { source: new SourceFile(path, new TextDecoder().decode(bytes)), isText: isUtf8(bytes) };
}

const notText: PlacedProblem = { pointer: "", message: "is not UTF-8", kind: "syntax", start: 0, end: 0 };
