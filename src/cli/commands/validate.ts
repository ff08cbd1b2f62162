import { isUtf8 } from "node:buffer";
import { checkText, type PlacedProblem } from "../../conformance/check-text.js";
import { SchemaChecker, UnknownNameError, type DocumentKind } from "../../conformance/schema-checker.js";
import { SourceFile, type Position } from "../../diagnostic/source.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readBytes } from "../read-file.js";
import { readSchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";

export interface ValidateOptions extends SchemaOptions, ConnectionOptions {
  readonly type?: string;
  readonly command?: string;
  readonly reply?: string;
  readonly event?: string;
  readonly tolerant?: boolean;
}

/**
 * `qapi validate SCHEMA (--type|--command|--reply|--event NAME) FILE…`: hold documents to a schema.
 * Each problem is a line on stdout, or all are one array with `--diagnostics=json`:
 *
 *     migrate.json:3:25: /arguments/uri: must be a string
 */
export async function validate(
  path: string,
  files: readonly string[],
  options: ValidateOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const expected = expectedDocument(options);
  if (expected === undefined) {
    context.stderr.write("qapi: say what the documents are: one of --type, --command, --reply, --event\n");
    return ExitStatus.usage;
  }
  const { diagnostics, docRules, wait } = options;
  const schema = await readSchema(path, { diagnostics, docRules, wait }, context);
  if (schema === undefined) return ExitStatus.failed;
  const checker = new SchemaChecker(schema, { tolerant: options.tolerant ?? false });
  try {
    const findings: Finding[] = [];
    for (const file of files) {
      const { source, isText } = await readDocument(file, context);
      const problems = isText ? checkText(checker, expected.kind, expected.name, source.text) : [NOT_TEXT];
      for (const problem of problems) findings.push(finding(problem, source));
    }
    context.stdout.write(options.diagnostics === "json" ? toJson(findings) : findings.map(toLine).join(""));
    return findings.length > 0 ? ExitStatus.findings : ExitStatus.ok;
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error;
    context.stderr.write(`qapi: ${path}: ${error.message}\n`);
    return ExitStatus.usage;
  }
}

function expectedDocument(options: ValidateOptions): { kind: DocumentKind; name: string } | undefined {
  for (const kind of ["type", "command", "reply", "event"] as const) {
    const name = options[kind];
    if (name !== undefined) return { kind, name };
  }
  return undefined;
}

async function readDocument(
  file: string,
  context: CliContext,
): Promise<{ readonly source: SourceFile; readonly isText: boolean }> {
  const bytes = await readBytes(file, context);
  const path = file === "-" ? "<stdin>" : file;
  return { source: new SourceFile(path, new TextDecoder().decode(bytes)), isText: isUtf8(bytes) };
}

const NOT_TEXT: PlacedProblem = { pointer: "", message: "is not UTF-8", kind: "syntax", start: 0, end: 0 };

/** A problem as it is told. */
interface Finding {
  readonly code: string;
  readonly severity: "error";
  readonly message: string;
  readonly pointer: string;
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  readonly notes: readonly never[];
}

function finding({ kind, message, pointer, start, end }: PlacedProblem, source: SourceFile): Finding {
  return {
    code: `document/${kind}`,
    severity: "error",
    message,
    pointer,
    file: source.path,
    start: source.position(start),
    end: source.position(end),
    notes: [],
  };
}

function toLine({ file, start, pointer, message }: Finding): string {
  const what = pointer === "" ? "the document" : pointer;
  return `${file}:${start.line}:${start.column}: ${what} ${message}\n`;
}

function toJson(findings: readonly Finding[]): string {
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}
