import type { Change } from "../../evolution/change.js";
import { breakingFindings, breakingRules, changesFor } from "../../evolution/breaking.js";
import { type BreakingLevel, breakingLevels, type BreakingScope } from "../../evolution/breaking-scopes.js";
import { changelog } from "../../evolution/changelog.js";
import { isIntrospection } from "../../evolution/compare-schemas.js";
import { holdsOn, type IgnoreEntry, readIgnoreList } from "../../evolution/ignore-list.js";
import { shippedRecord } from "../../evolution/record/shipped-record.js";
import { tellHistory } from "../../evolution/tell-history.js";
import { UsedItems } from "../../evolution/used-items.js";
import type { Schema } from "../../qapi/schema/model.js";
import { UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { type DefineOptions, readDefines } from "../read-defines.js";
import { readSchema } from "../read-schema.js";
import { logMessages } from "../log-messages.js";
import { readText } from "../read-file.js";
import { tell } from "../tell.js";
import { type FindingOptions, reportFindings } from "../report-findings.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

interface BreakingOptions
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
  const { stdout } = context;
  if (logs.length > 0 && options.usedBy === undefined)
    throw new UsageError("two schemas are compared; logs come after --used-by");
  const defines = await readDefines(options);
  const host = expectShortRun();
  const { diagnostics, docRules, wait } = options;
  const reading = { diagnostics, docRules, defines, host, wait };
  const old = await readSchema(oldPath, reading, context);
  const next = await readSchema(newPath, reading, context);
  if (isIntrospection(old) !== isIntrospection(next)) {
    tell(
      "note: one of these is what a QEMU told of itself: widths of integers, conditions, names and files of types\n" +
        "are not compared, and what it lacks may be a matter of its configuration",
      context,
    );
  }
  const ignored = options.ignore === undefined ? [] : await readIgnored(options.ignore);
  let changes: readonly Change[] = changesFor(options.for, old, next);
  if (changes.some(({ announced }) => announced !== undefined)) {
    changes = tellHistory(changes, await shippedRecord(), isIntrospection(next));
  }
  if (options.usedBy !== undefined)
    changes = await changesUsed(changes, old, [...options.usedBy, ...logs], context);
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
}

async function readIgnored(path: string): Promise<readonly IgnoreEntry[]> {
  return readIgnoreList(path, await readText(path));
}

async function changesUsed(
  changes: readonly Change[],
  schema: Schema,
  paths: readonly string[],
  context: CliContext,
): Promise<readonly Change[]> {
  const used = new UsedItems(schema);
  for (const path of paths) for await (const message of logMessages(path, context)) used.add(message);
  return changes.filter((change) => used.feels(change)).map((change) => used.narrow(change));
}

/** Entries that ignore nothing are told: the file would otherwise only ever grow. */
function tellUnused(
  ignored: readonly IgnoreEntry[],
  found: readonly { readonly fingerprint?: string | undefined }[],
  today: Date,
  path: string,
  context: CliContext,
): void {
  const placeOf = ({ at }: IgnoreEntry): string => `${path}:${at.line}:${at.column}`;
  const known = new Set(found.map(({ fingerprint }) => fingerprint));
  for (const entry of ignored) {
    if (!known.has(entry.fingerprint)) {
      tell(`${placeOf(entry)}: nothing has the fingerprint ${entry.fingerprint}`, context);
    } else if (!holdsOn(entry, today)) {
      tell(`${placeOf(entry)}: ignored until ${entry.until ?? ""}, which is over`, context);
    }
  }
}
