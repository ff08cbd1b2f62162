import { createTwoFilesPatch } from "diff";
import { buffer } from "node:stream/consumers";
import { formatSchema, type FormatOptions, type LineRange } from "../../format/format-schema.js";
import { parseProblems } from "../../format/parse-problems.js";
import { decode } from "../../qapi/load/decode.js";
import { nodeHost } from "../../qapi/load/node-host.js";
import { readErrorWords } from "../../qapi/load/read-error.js";
import { kindOfPath } from "../../schema-source/kind-of-path.js";
import { parseSource } from "../../schema-source/source-form.js";
import { findIntrospection } from "../../qapi/introspected/find-introspection.js";
import { changedLines } from "../changed-lines.js";
import { CommandFailure, UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";
import { replaceFile } from "../replace-file.js";
import { takeStdin } from "../take-stdin.js";
import { tell } from "../tell.js";

interface FormatCommandOptions extends Pick<SchemaOptions, "diagnostics"> {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly docsOnly?: boolean;
  readonly strict?: boolean;
  readonly reflow?: boolean;
  /** `--lines A:B`, repeatable. */
  readonly lines?: readonly string[];
  /** `--since REV` */
  readonly since?: string;
}

/** `qapi format FILE…`: print the files laid out, or replace them, or tell what would change. */
export async function format(
  paths: readonly string[],
  options: FormatCommandOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const usage = usageProblem(paths, options);
  if (usage !== undefined) throw new UsageError(usage);
  let failed = false;
  let changed = false;
  for (const path of paths) {
    try {
      if (await formatFile(path, options, context)) changed = true;
    } catch (error) {
      // A file that cannot be formatted is left alone, and the others are not.
      if (!(error instanceof CommandFailure) || error instanceof UsageError) throw error;
      if (error.message !== "") tell(error.message, context);
      failed = true;
    }
  }
  if (failed) return ExitStatus.failed;
  const tells = options.check === true || options.diff === true;
  return tells && changed ? ExitStatus.findings : ExitStatus.ok;
}

function usageProblem(
  paths: readonly string[],
  { write, check, diff, lines = [], since, docsOnly, strict }: FormatCommandOptions,
): string | undefined {
  const modes = [write === true && "--write", check === true && "--check", diff === true && "--diff"];
  const given = modes.filter((mode) => mode !== false);
  if (given.length > 1) return `${given.join(" and ")} exclude each other`;
  if (write === true && paths.includes("-")) return "--write needs files; standard input is none";
  if (lines.length > 0 && since !== undefined) return "--lines and --since exclude each other";
  if (lines.length > 0 && paths.length > 1) return "--lines is about one file; name one";
  if (since !== undefined && paths.includes("-"))
    return "--since needs files; standard input is in no revision";
  if (docsOnly === true && strict === true) return "--strict lays out code, which --docs-only leaves alone";
  const bad = lines.find((range) => parseLineRange(range) === undefined);
  return bad === undefined ? undefined : `--lines '${bad}' is not A:B, as in 10:25`;
}

/** Whether the file changes, or would. */
async function formatFile(
  path: string,
  options: FormatCommandOptions,
  context: CliContext,
): Promise<boolean> {
  const { stdout } = context;
  const name = path === "-" ? "<stdin>" : path;
  const { raw, text } = await readFile(path, name, context);
  const problems = parseProblems(name, text);
  if (problems.length > 0) {
    reportDiagnostics([problems], options.diagnostics, context);
    throw new CommandFailure();
  }
  const layout = await layoutOf(path, options);
  // What is left alone keeps its line ends; what is laid out as a whole has those of QEMU's schemas.
  const isPart = layout.lines !== undefined || layout.docsOnly === true;
  const after = formatSchema(isPart && !/\r(?!\n)/.test(raw) ? raw : text, layout);
  const isChanged = after !== raw;
  if (options.check === true) {
    if (isChanged) stdout.write(`${name}\n`);
  } else if (options.diff === true) {
    if (isChanged) stdout.write(unifiedDiff(name, raw, after));
  } else if (options.write === true) {
    if (isChanged) {
      replaceFile(path, after);
      stdout.write(`${name}\n`);
    }
  } else {
    stdout.write(after);
  }
  return isChanged;
}

/** Without the rule that stands above it in other tools' output. */
function unifiedDiff(name: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 }).replace(
    /^=+\n/,
    "",
  );
}

/** A file's text as it is, and with the line ends of which the parser thinks. */
async function readFile(
  path: string,
  name: string,
  context: CliContext,
): Promise<{ readonly raw: string; readonly text: string }> {
  if (isAddress(path)) {
    throw new CommandFailure(
      `${path} is the address of a live QEMU, which tells what query-qmp-schema returns; only a schema's source can be formatted`,
    );
  }
  const content = path === "-" ? await buffer(takeStdin(context)) : read(path);
  const { text, invalid } = decode(content);
  if (invalid !== undefined) throw new CommandFailure(`${name}: is not UTF-8 text`);
  if (findIntrospection(text) !== undefined) {
    throw new CommandFailure(
      `${name}: is what query-qmp-schema returned; only a schema's source can be formatted`,
    );
  }
  const raw =
    typeof content === "string" ? content : new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
  return { raw, text };
}

function isAddress(path: string): boolean {
  return path !== "" && !path.startsWith("git:") && parseSource(path, kindOfPath).kind === "address";
}

function read(path: string): Uint8Array | string {
  try {
    return nodeHost.read(path);
  } catch (error) {
    throw new CommandFailure(`cannot read ${path}: ${readErrorWords(error)}`);
  }
}

async function layoutOf(
  path: string,
  { docsOnly = false, strict = false, reflow = false, lines, since }: FormatCommandOptions,
): Promise<FormatOptions> {
  const ranges =
    since !== undefined
      ? await changedLines(path, since)
      : lines?.flatMap((range) => parseLineRange(range) ?? []);
  return { docsOnly, strict, reflow, ...(ranges !== undefined && { lines: ranges }) };
}

/** Reads `A:B`, or `A` for a single line; lines are counted from 1. Undefined if it is neither. */
function parseLineRange(text: string): LineRange | undefined {
  const [, first = "", last = first] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && to >= from ? { from, to } : undefined;
}
