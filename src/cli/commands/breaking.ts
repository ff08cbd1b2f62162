import { readFile } from "node:fs/promises";
import type { Change } from "../../evolution/change.js";
import { breakingFindings, breakingRules, changesFor } from "../../evolution/breaking.js";
import { type BreakingLevel, breakingLevels, type BreakingScope } from "../../evolution/breaking-scopes.js";
import { changelog } from "../../evolution/changelog.js";
import { isIntrospection } from "../../evolution/compare-schemas.js";
import { holdsOn, type IgnoreEntry, IgnoreListError, readIgnoreList } from "../../evolution/ignore-list.js";
import { LogError, logMessages } from "../../evolution/log-messages.js";
import { shippedRecord } from "../../evolution/record/shipped-record.js";
import { tellHistory } from "../../evolution/tell-history.js";
import { UsedItems } from "../../evolution/used-items.js";
import type { Schema } from "../../qapi/schema/model.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { type DefineOptions, readDefines } from "../read-defines.js";
import { readSchema } from "../read-schema.js";
import { type FindingOptions, reportFindings } from "../report-findings.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

export interface BreakingOptions
  extends SchemaOptions, DefineOptions, ConnectionOptions, FindingOptions<BreakingLevel> {
  readonly for: BreakingScope;
  readonly usedBy?: readonly string[];
  readonly ignore?: string;
  readonly changelog?: boolean;
}

/**
 * `qapi breaking OLD NEW`: what NEW breaks for clients of OLD.
 * @param logs those that follow the first after `--used-by`
 */
export async function breaking(
  oldPath: string,
  newPath: string,
  logs: readonly string[],
  options: BreakingOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const { stderr, stdout } = context;
  if (logs.length > 0 && options.usedBy === undefined) {
    stderr.write("two schemas are compared; logs come after --used-by\n");
    return ExitStatus.usage;
  }
  const defines = await readDefines(options);
  const host = expectShortRun();
  const { diagnostics, docRules, wait } = options;
  const read = (path: string): Promise<Schema | undefined> =>
    readSchema(path, { diagnostics, docRules, defines, host, wait }, context);
  const old = await read(oldPath);
  const next = await read(newPath);
  if (old === undefined || next === undefined) return ExitStatus.failed;
  if (isIntrospection(old) !== isIntrospection(next)) {
    stderr.write(
      "qapi breaking: one of these is what a QEMU told of itself: widths of integers, conditions, names and\n" +
        "files of types are not compared, and what it lacks may be a matter of its configuration\n",
    );
  }
  try {
    const ignored = options.ignore === undefined ? [] : await readIgnored(options.ignore);
    let changes: readonly Change[] = changesFor(options.for, old, next);
    if (changes.some(({ announced }) => announced !== undefined)) {
      changes = tellHistory(changes, await shippedRecord(), isIntrospection(next));
    }
    if (options.usedBy !== undefined) changes = await changesUsed(changes, old, [...options.usedBy, ...logs]);
    if (options.changelog === true) {
      stdout.write(changelog(changes, oldPath, newPath));
      return ExitStatus.ok;
    }
    const found = breakingFindings(changes, options.for, [old, next]);
    const today = new Date();
    const holding = new Map(
      ignored.filter((entry) => holdsOn(entry, today)).map((entry) => [entry.fingerprint, entry]),
    );
    tellUnused(ignored, found, today, options.ignore ?? "", context);
    return reportFindings(
      {
        tool: "qapi breaking",
        levels: breakingLevels,
        rules: breakingRules,
        findings: found.filter(({ fingerprint }) => !holding.has(fingerprint ?? "")),
      },
      options,
      context,
    );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    stderr.write(`${error.message}\n`);
    return ExitStatus.failed;
  }
}

/** A file given beside the schemas that cannot be used, with its name. */
class InputError extends Error {}

async function readIgnored(path: string): Promise<readonly IgnoreEntry[]> {
  const text = await readFile(path, "utf8");
  try {
    return readIgnoreList(text);
  } catch (error) {
    if (error instanceof IgnoreListError) throw new InputError(`${path}:${error.line}: ${error.message}`);
    throw error;
  }
}

async function changesUsed(
  changes: readonly Change[],
  schema: Schema,
  paths: readonly string[],
): Promise<readonly Change[]> {
  const used = new UsedItems(schema);
  for (const path of paths) {
    const text = await readFile(path, "utf8");
    try {
      for (const message of logMessages(text)) used.add(message);
    } catch (error) {
      if (error instanceof LogError) throw new InputError(`${path}:${error.line}: ${error.message}`);
      throw error;
    }
  }
  return changes.filter((change) => used.feels(change)).map((change) => used.narrow(change));
}

/** Entries that ignore nothing are told: the file would otherwise only ever grow. */
function tellUnused(
  ignored: readonly IgnoreEntry[],
  found: readonly { readonly fingerprint?: string | undefined }[],
  today: Date,
  path: string,
  { stderr }: CliContext,
): void {
  const known = new Set(found.map(({ fingerprint }) => fingerprint));
  for (const entry of ignored) {
    if (!known.has(entry.fingerprint)) {
      stderr.write(`${path}:${entry.line}: nothing has the fingerprint ${entry.fingerprint}\n`);
    } else if (!holdsOn(entry, today)) {
      stderr.write(`${path}:${entry.line}: ignored until ${entry.until ?? ""}, which is over\n`);
    }
  }
}
