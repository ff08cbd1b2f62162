/** Where names lead to, and where they come from. */
import { resolve } from "node:path";
import type { Location, Range, WorkspaceEdit } from "vscode-languageserver";
import type { SourceFile } from "../../diagnostic/source.js";
import type { ParsedFile } from "../../qapi/parse/parse-file.js";
import { occurrencesOf, type Occurrence } from "../occurrences.js";
import type { Positions } from "../encoding.js";
import { inner, partAt } from "../parts.js";
import { uriOf, type OpenSchema } from "../workspace.js";

/** A file of a schema. */
export interface FileInSchema {
  readonly schema: OpenSchema;
  readonly parsed: ParsedFile;
  readonly file: SourceFile;
}

/** A place in it. */
export interface Cursor extends FileInSchema {
  readonly offset: number;
}

/** The definition of the name, or the file of the include, at a place. */
export function definitionAt(cursor: Cursor, positions: Positions): Location | null {
  const { schema, file, offset } = cursor;
  const target = includeAt(cursor);
  if (target !== undefined) {
    const start = { line: 0, character: 0 };
    return { uri: uriOf(target), range: { start, end: start } };
  }
  const occurrences = occurrencesOf(schema.compilation);
  const found = occurrences.at(file, offset);
  const definition = found && occurrences.definitions.get(found.name);
  const named = definition?.nameSpan ?? partAt(schema, file, offset)?.part.span;
  if (named === undefined) return null;
  const span = inner(named);
  return { uri: uriOf(span.file.path), range: positions.range(span) };
}

/** The definition of the type of what is at a place: of a member, of what a command returns. */
export function typeDefinitionAt(cursor: Cursor, positions: Positions): Location | null {
  const { schema, file, offset } = cursor;
  const occurrences = occurrencesOf(schema.compilation);
  const line = file.line(offset);
  // A member's type stands behind its name.
  const type = occurrences
    .inFile(file)
    .find(({ role, span }) => role === "type" && span.end >= offset && file.line(span.start) === line);
  return type === undefined
    ? definitionAt(cursor, positions)
    : definitionAt({ ...cursor, offset: type.span.start }, positions);
}

/**
 * Where what is named at a place is named.
 *
 * @param others schemas that may have the file in common with this one
 */
export function referencesAt(
  cursor: Cursor,
  others: readonly OpenSchema[],
  positions: Positions,
  withDefinition: boolean,
): Location[] {
  const found = occurrencesOf(cursor.schema.compilation).at(cursor.file, cursor.offset);
  if (found === undefined) return [];
  return everywhere(found.name, cursor.schema, others)
    .filter(({ role }) => withDefinition || role !== "definition")
    .map(({ span }) => ({ uri: uriOf(span.file.path), range: positions.range(span) }));
}

/** All places that name a definition, in all schemas that have it from the same file. */
function everywhere(name: string, own: OpenSchema, others: readonly OpenSchema[]): Occurrence[] {
  const home = occurrencesOf(own.compilation).definitions.get(name)?.span.file.path;
  const found = new Map<string, Occurrence>();
  for (const schema of [own, ...others]) {
    const occurrences = occurrencesOf(schema.compilation);
    const path = occurrences.definitions.get(name)?.span.file.path;
    const isSame = home !== undefined && path !== undefined && resolve(path) === resolve(home);
    if (schema !== own && !isSame) continue;
    for (const each of occurrences.named(name))
      found.set(`${resolve(each.span.file.path)}:${each.span.start}`, each);
  }
  return [...found.values()];
}

/** What would be renamed at a place: the name of a definition. */
function renameableAt({ schema, file, offset }: Cursor): Occurrence | undefined {
  const occurrences = occurrencesOf(schema.compilation);
  const found = occurrences.at(file, offset);
  return found !== undefined && occurrences.definitions.has(found.name) ? found : undefined;
}

export function prepareRename(
  cursor: Cursor,
  positions: Positions,
): { range: Range; placeholder: string } | null {
  const found = renameableAt(cursor);
  return found === undefined ? null : { range: positions.range(found.span), placeholder: found.name };
}

/** A name as QEMU's front end takes it, for a type and for a command or an event. */
const TYPE_NAME = /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/;
const OTHER_NAME = /^(?:__[a-z0-9.-]+_)?[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * The edits that rename a definition: wherever it is named, documentation and pragmas included.
 *
 * @param others schemas that may have the file in common with this one
 * @returns a sentence where that cannot be
 */
export function renameAt(
  cursor: Cursor,
  name: string,
  others: readonly OpenSchema[],
  positions: Positions,
): WorkspaceEdit | string {
  const found = renameableAt(cursor);
  if (found === undefined) return "there is no name of a definition here";
  const occurrences = occurrencesOf(cursor.schema.compilation);
  const definition = occurrences.definitions.get(found.name);
  if (occurrences.definitions.has(name) && name !== found.name) return `'${name}' is defined already`;
  const isType = definition?.kind !== "command" && definition?.kind !== "event";
  if (!(isType ? TYPE_NAME : OTHER_NAME).test(name))
    return `'${name}' is no name for a ${definition?.kind ?? "type"}`;
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { span } of everywhere(found.name, cursor.schema, others)) {
    (changes[uriOf(span.file.path)] ??= []).push({ range: positions.range(span), newText: name });
  }
  return { changes };
}

/** The file that the include at a place leads to. */
function includeAt({ schema, file, offset }: Cursor): string | undefined {
  for (const each of schema.compilation.definitions) {
    if (each.kind !== "include" || each.span.file !== file) continue;
    if (each.span.start <= offset && offset <= each.span.end) return resolve(each.path);
  }
  return undefined;
}
