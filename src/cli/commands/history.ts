import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { DocumentError } from "../../document/document-error.js";
import {
  historyIn,
  historyText,
  type PathHistory,
  recordedNames,
  suggestQueries,
  wasEver,
} from "../../evolution/history.js";
import { holds } from "../../evolution/model-view.js";
import { createRecord } from "../../evolution/record/create-record.js";
import { readBuild } from "../../evolution/record/record-text.js";
import type { HistoryRecord } from "../../evolution/record/record.js";
import { shippedRecord } from "../../evolution/record/shipped-record.js";
import { safeJson } from "../../findings/render/json.js";
import { plainLine } from "../../findings/render/plain-text.js";
import { introspectedSchema } from "../../schema-source/introspected-schema.js";
import { CommandFailure, UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readSchema } from "../read-schema.js";
import { introspectionsIn } from "../record/record-from.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { tell } from "../tell.js";

interface HistoryOptions extends SchemaOptions, ConnectionOptions {
  readonly from?: readonly string[];
  readonly json?: boolean;
  readonly holds?: string;
  readonly html?: string;
}

/**
 * `qapi history [QUERY…]`: since which QEMU something is there, until which, and how it was marked.
 * @param words queries; where `--from` was given, further files as well
 */
export async function history(
  words: readonly string[],
  options: HistoryOptions,
  context: CliContext,
): Promise<ExitStatus> {
  if (options.holds !== undefined) return tellHolds(options.holds, words, options, context);
  // `--from` takes several files, which stand among the queries.
  const isFile = (word: string): boolean => options.from !== undefined && existsSync(word);
  const queries = words.filter((word) => !isFile(word));
  const record =
    options.from === undefined
      ? await shippedRecord()
      : readFolder([...options.from, ...words.filter(isFile)]);
  if (options.html !== undefined) return writePage(record, queries, options.html);
  return tellHistory(record, queries, options.json === true, context);
}

function tellHistory(
  record: HistoryRecord,
  queries: readonly string[],
  json: boolean,
  context: CliContext,
): ExitStatus {
  const { stdout } = context;
  const all = queries.length === 0 ? recordedNames(record) : queries;
  const found = all.map((query) => historyIn(record, query));
  const unknown = found.filter((each) => !wasEver(each));
  for (const { query } of unknown) tell(unknownTo(record, query), context);
  if (json) {
    if (unknown.length === 0) stdout.write(safeJson(queries.length === 1 ? found[0] : found));
  } else {
    for (const each of found) if (wasEver(each)) stdout.write(`${line(each)}\n`);
  }
  return unknown.length > 0 ? ExitStatus.failed : ExitStatus.ok;
}

function line(history: PathHistory): string {
  return plainLine(`${history.query}: ${historyText(history)}`);
}

async function tellHolds(
  path: string,
  queries: readonly string[],
  options: HistoryOptions,
  context: CliContext,
): Promise<ExitStatus> {
  if (queries.length === 0) throw new UsageError("--holds SCHEMA wants at least one query after it");
  const { diagnostics, docRules, wait } = options;
  const schema = await readSchema(path, { diagnostics, docRules, wait }, context);
  const answers = queries.map((query) => holds(schema, query));
  context.stdout.write(answers.map((answer) => (answer ? "yes\n" : "no\n")).join(""));
  return ExitStatus.ok;
}

function readFolder(inputs: readonly string[]): HistoryRecord {
  const sources = inputs.flatMap(introspectionsIn).map(({ name, path }) => ({
    build: readBuild(name),
    schema: introspectedSchema(path, readFileSync(path, "utf8")),
  }));
  if (sources.length === 0) {
    const message = "there is no VERSION.json or VERSION_ARCH.json in it";
    throw new DocumentError(inputs.join(", "), [{ message }]);
  }
  return createRecord(sources);
}

async function writePage(
  record: HistoryRecord,
  queries: readonly string[],
  target: string,
): Promise<ExitStatus> {
  const { historyPage } = await import("../../evolution/page/history-page.js");
  const names = queries.map((query) => query.split("/", 1)[0] ?? query);
  if (names.length === 0) throw new UsageError("--html wants the name of a command or an event");
  const unknown = names.find((name) => !record.entries.has(name));
  if (unknown !== undefined) throw new CommandFailure(unknownTo(record, unknown));
  await writeFile(target, historyPage(record, [...new Set(names)]));
  return ExitStatus.ok;
}

function unknownTo(record: HistoryRecord, query: string): string {
  const meant = suggestQueries(record, query).map((each) => `'${each}'`);
  const help = meant.length > 0 ? `; did you mean ${meant.join(" or ")}?` : "";
  return plainLine(`no version has '${query}'${help}`);
}
