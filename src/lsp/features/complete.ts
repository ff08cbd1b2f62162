/** What may be typed at a place. */
import { CompletionItemKind, type CompletionItem } from "vscode-languageserver";
import type { SourceFile } from "../../diagnostic/source.js";
import type { Value } from "../../qapi/ast/expression.js";
import { definitionKeys } from "../../qapi/check/check-definitions.js";
import type { Definition, MemberDefinition } from "../../qapi/check/definition.js";
import { pragmaNames } from "../../qapi/load/pragma.js";
import { createBuiltinTypes, createQType } from "../../qapi/schema/builtins.js";
import { occurrencesOf } from "../occurrences.js";
import { definitionsIn, describedParts, partsOf } from "../parts.js";
import { unitsOf } from "../units.js";
import { completionContext, type Bracket, type CompletionContext } from "./completion-context.js";
import type { Cursor } from "./navigate.js";

type Kind = keyof typeof definitionKeys;

const definitionKinds = Object.keys(definitionKeys) as readonly Kind[];
const memberKeys = ["type", "if", "features"];
const valueKeys = ["name", "if", "features"];
const builtins = [...createBuiltinTypes(), createQType()].map(({ name }) => name);
const switches = new Set([
  "boxed",
  "gen",
  "success-response",
  "allow-oob",
  "allow-preconfig",
  "coroutine",
  "doc-required",
]);
/** The features that mean something to QEMU. */
const wellKnownFeatures = ["deprecated", "unstable"];
const docTags = ["Features:", "Returns:", "Errors:", "Since:", "TODO:"];

/** Something to offer. */
interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** Whether it stands without quotes. */
  readonly isBare?: boolean;
}

export function completionsAt(cursor: Cursor): CompletionItem[] {
  const line = lineBefore(cursor.file, cursor.offset);
  if (/^\s*#/.test(line)) return inDoc(cursor, line);
  const context = completionContext(cursor);
  return offersIn(context, cursor).map(({ label, kind, detail, isBare = false }, index) => ({
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(!context.isQuoted && !isBare && { insertText: `'${label}'` }),
    // What comes first here is the likeliest.
    sortText: String(index).padStart(5, "0"),
  }));
}

function offersIn({ around, key, isKey }: CompletionContext, cursor: Cursor): Offer[] {
  const [outer, ...inside] = around;
  if (outer === undefined) return [];
  const within = inside.at(-1);
  if (outer.keys.includes("pragma")) return inPragma(within, isKey, cursor);
  const kind = definitionKinds.find((each) => outer.keys.includes(each));
  if (within === undefined) return atTop(outer, kind, key, isKey, cursor);
  if (inside.some((each) => each.key === "features")) {
    if (isKey) return missing(["name", "if"], within, CompletionItemKind.Property);
    return offers(featuresFor(cursor, within), CompletionItemKind.EnumMember);
  }
  if (key === "if" || inside.some((each) => each.key === "if")) {
    return isKey
      ? offers(["all", "any", "not"], CompletionItemKind.Keyword)
      : offers(conditions(cursor), CompletionItemKind.Constant);
  }
  if (kind === "enum") return isKey ? missing(valueKeys, within, CompletionItemKind.Property) : [];
  const isMember = inside.length >= 2 && within.bracket === "{";
  if (isKey && isMember) return missing(memberKeys, within, CompletionItemKind.Property);
  if (!isKey) return types(cursor);
  return kind === "union" && within.key === "data"
    ? missing(tagValues(outer, cursor), within, CompletionItemKind.EnumMember)
    : [];
}

function atTop(outer: Bracket, kind: Kind | undefined, key: string, isKey: boolean, cursor: Cursor): Offer[] {
  if (isKey && kind === undefined) {
    const isFresh = outer.keys.length === 0;
    return offers(
      [...definitionKinds, ...(isFresh ? ["include", "pragma"] : [])],
      CompletionItemKind.Keyword,
    );
  }
  if (isKey && kind !== undefined) {
    const { required, optional } = definitionKeys[kind];
    return missing([...required, ...optional], outer, CompletionItemKind.Keyword);
  }
  if (switches.has(key)) return bare(["true", "false"]);
  switch (key) {
    case "if":
      return offers(conditions(cursor), CompletionItemKind.Constant);
    case "base":
      return definedTypes(cursor).filter(({ detail }) => detail === "struct");
    case "discriminator":
      return offers(
        baseMembers(outer, cursor).map(({ name }) => name),
        CompletionItemKind.Field,
      );
    case "data":
      return kind === "command" || kind === "event" ? definedTypes(cursor) : [];
    case "returns":
      return types(cursor);
    default:
      return [];
  }
}

function inPragma(within: Bracket | undefined, isKey: boolean, cursor: Cursor): Offer[] {
  if (within === undefined) return [];
  if (isKey) return missing(pragmaNames, within, CompletionItemKind.Property);
  if (within.bracket === "{") return bare(["true", "false"]);
  const present = new Set(within.texts.values());
  return offers(
    namesFor(cursor, within.key).filter((name) => !present.has(name)),
    CompletionItemKind.Reference,
  );
}

function lineBefore(file: SourceFile, offset: number): string {
  return file.text.slice(file.lineStart(file.line(offset)), offset);
}

function types(cursor: Cursor): Offer[] {
  return [...offers(builtins, CompletionItemKind.Keyword), ...definedTypes(cursor)];
}

function definedTypes({ schema }: Cursor): Offer[] {
  return [...occurrencesOf(schema.compilation).definitions.values()]
    .filter(({ kind }) => kind !== "command" && kind !== "event")
    .map(({ name, kind }) => ({ label: name, detail: kind, kind: CompletionItemKind.Class }));
}

/** Conditions that the schema uses already. */
function conditions({ schema }: Cursor): string[] {
  const found = new Set<string>();
  for (const { entries } of schema.compilation.files) {
    for (const entry of entries)
      if (entry.kind === "expression") collectConditions(entry.value, false, found);
  }
  return [...found].sort();
}

function collectConditions(value: Value, isCondition: boolean, found: Set<string>): void {
  if (value.kind === "string" && isCondition) found.add(value.value);
  if (value.kind === "list") for (const item of value.items) collectConditions(item, isCondition, found);
  if (value.kind !== "object") return;
  for (const { key, value: inner } of value.members.values())
    collectConditions(inner, isCondition || key === "if", found);
}

/** The two that QEMU knows, and those that the schema has already. */
function featuresFor({ schema }: Cursor, { bracket, texts }: Bracket): string[] {
  const found = new Set(wellKnownFeatures);
  for (const { features } of definitionsIn(schema.compilation))
    for (const { name } of features) found.add(name);
  if (bracket === "[") for (const name of texts.values()) found.delete(name);
  return [...found];
}

/** The members of a union's base, in place or by name. */
function baseMembers({ objects, texts }: Bracket, { schema }: Cursor): { name: string; type: string }[] {
  const inline = objects.get("base");
  if (inline !== undefined) {
    return inline.keys.map((key) => ({
      name: key.replace(/^\*/, ""),
      type: inline.texts.get(key) ?? inline.objects.get(key)?.texts.get("type") ?? "",
    }));
  }
  const { definitions } = occurrencesOf(schema.compilation);
  const members: MemberDefinition[] = [];
  const seen = new Set<string>();
  for (let name = texts.get("base"); name !== undefined && !seen.has(name);) {
    seen.add(name);
    const base = definitions.get(name);
    if (base?.kind !== "struct") break;
    for (const member of base.members) members.push(member);
    name = base.base?.name;
  }
  return members.map(({ name, type }) => ({ name, type: type.name }));
}

/** The values of a union's tag. */
function tagValues(outer: Bracket, cursor: Cursor): string[] {
  const tag = baseMembers(outer, cursor).find(({ name }) => name === outer.texts.get("discriminator"));
  const type = occurrencesOf(cursor.schema.compilation).definitions.get(tag?.type ?? "");
  return type?.kind === "enum" ? type.values.map(({ name }) => name) : [];
}

function namesFor({ schema }: Cursor, pragma: string): string[] {
  const isCommand = pragma.startsWith("command-");
  return [...occurrencesOf(schema.compilation).definitions.values()]
    .filter(({ kind }) => !isCommand || kind === "command")
    .map(({ name }) => name);
}

/** In a comment: its tags, the members that it does not describe yet, and names for `name`. */
function inDoc(cursor: Cursor, line: string): CompletionItem[] {
  const { schema, offset } = cursor;
  const text = line.replace(/^\s*#\s?/, "");
  if (/`[\w.-]*$/.test(text))
    return offers([...occurrencesOf(schema.compilation).definitions.keys()], CompletionItemKind.Reference);
  const found = documentedAt(cursor);
  if (/^@[\w.-]*$/.test(text)) {
    if (found === undefined) return [];
    const { definition, isFirstLine } = found;
    const described = new Set(
      definition.doc?.sections
        .filter(({ span }) => !(span.start <= offset && offset <= span.end))
        .map(({ name }) => name),
    );
    const names = isFirstLine
      ? [definition.name]
      : [...describedParts(definition), ...definition.features]
          .map(({ name }) => name)
          .filter((name) => !described.has(name));
    return names.map((name) => ({ label: name, kind: CompletionItemKind.Field, insertText: `${name}:` }));
  }
  if (/(?:^|[\s(])@[\w.-]*$/.test(text)) {
    if (found === undefined) return [];
    const names = new Set(
      [...partsOf(found.definition), ...found.definition.features].map(({ name }) => name),
    );
    return offers([...names], CompletionItemKind.Field);
  }
  return /^[A-Z]?[a-z]*$/.test(text) ? offers(docTags, CompletionItemKind.Keyword) : [];
}

/** The definition that the comment at a place stands before, and whether the place is on its first line of text. */
function documentedAt({
  schema,
  parsed,
  file,
  offset,
}: Cursor): { readonly definition: Definition; readonly isFirstLine: boolean } | undefined {
  const units = unitsOf(parsed);
  const index = units.findIndex(({ start, end }) => start <= offset && offset <= end);
  const [comment, next] = [units[index], units[index + 1]];
  if (comment === undefined || next === undefined) return undefined;
  const definition = definitionsIn(schema.compilation, file).find(({ span }) => span.start === next.start);
  if (definition === undefined) return undefined;
  return { definition, isFirstLine: file.line(offset) === file.line(comment.start) + 1 };
}

/** Keys that brackets do not have yet. */
function missing(keys: readonly string[], { keys: present }: Bracket, kind: CompletionItemKind): Offer[] {
  return offers(
    keys.filter((key) => !present.includes(key)),
    kind,
  );
}

function offers(labels: readonly string[], kind: CompletionItemKind): Offer[] {
  return labels.map((label) => ({ label, kind }));
}

function bare(labels: readonly string[]): Offer[] {
  return labels.map((label) => ({ label, kind: CompletionItemKind.Value, isBare: true }));
}
