/** What may be typed at a place. */
import { CompletionItemKind, type CompletionItem } from "vscode-languageserver";
import type { SourceFile } from "../../diagnostic/source.js";
import { schemaUnits } from "../../format/schema-units.js";
import { layoutTokens } from "../../format/layout-tokens.js";
import type { Definition } from "../../qapi/check/definition.js";
import { tokensOf } from "../../qapi/parse/tokens.js";
import { isDefinition, occurrencesOf } from "../occurrences.js";
import type { Cursor } from "./navigate.js";

/** The keys of each kind of definition, in the order in which QEMU's schemas have them. */
const keys: Readonly<Record<string, readonly string[]>> = {
  enum: ["data", "prefix", "if", "features"],
  struct: ["base", "data", "if", "features"],
  union: ["base", "discriminator", "data", "if", "features"],
  alternate: ["data", "if", "features"],
  command: [
    "data",
    "boxed",
    "returns",
    "success-response",
    "gen",
    "allow-oob",
    "allow-preconfig",
    "coroutine",
    "if",
    "features",
  ],
  event: ["data", "boxed", "if", "features"],
};
const kinds = [...Object.keys(keys), "include", "pragma"];
const memberKeys = ["type", "if", "features"];
const pragmas = [
  "doc-required",
  "command-name-exceptions",
  "command-returns-exceptions",
  "documentation-exceptions",
  "member-name-exceptions",
];
const builtins = [
  "str",
  "number",
  "int",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "size",
  "bool",
  "any",
  "null",
  "QType",
];
const switches = new Set([
  "boxed",
  "gen",
  "success-response",
  "allow-oob",
  "allow-preconfig",
  "coroutine",
  "doc-required",
]);
const docTags = ["Features:", "Returns:", "Errors:", "Since:", "TODO:"];

/** Brackets around a place, each with its key, and the keys that it has. */
interface Around {
  readonly bracket: "{" | "[";
  readonly key: string;
  readonly keys: string[];
}

export function completionsAt(cursor: Cursor): CompletionItem[] {
  const { file, offset } = cursor;
  const line = lineBefore(file, offset);
  if (/^\s*#/.test(line)) return inDoc(cursor, line);
  const { around, key, isKey } = contextOf(file, offset);
  const [outer, ...inside] = around;
  if (outer === undefined) return [];
  const kind = kinds.find((each) => outer.keys.includes(each));
  if (inside.length === 0) {
    if (isKey)
      return items(
        kind === undefined ? kinds : (keys[kind] ?? []).filter((each) => !outer.keys.includes(each)),
        CompletionItemKind.Keyword,
      );
    if (switches.has(key)) return items(["true", "false"], CompletionItemKind.Value);
    return key === "returns" || key === "base" || key === "data" ? types(cursor) : [];
  }
  const within = inside.at(-1);
  if (kind === "pragma") {
    if (isKey) return items(pragmas, CompletionItemKind.Property);
    return within?.bracket === "["
      ? items(namesFor(cursor, within.key), CompletionItemKind.Reference)
      : items(["true", "false"], CompletionItemKind.Value);
  }
  if (within?.key === "features" || inside.some((each) => each.key === "features"))
    return isKey
      ? items(["name", "if"], CompletionItemKind.Property)
      : items(["deprecated", "unstable"], CompletionItemKind.EnumMember);
  if (inside.some((each) => each.key === "if"))
    return isKey
      ? items(["all", "any", "not"], CompletionItemKind.Keyword)
      : items(conditions(cursor), CompletionItemKind.Constant);
  if (kind === "enum") return isKey ? items(["name", "if", "features"], CompletionItemKind.Property) : [];
  const isMember = inside.length >= 2 && within?.bracket === "{";
  if (isKey) return isMember ? items(memberKeys, CompletionItemKind.Property) : [];
  return key === "if" ? items(conditions(cursor), CompletionItemKind.Constant) : types(cursor);
}

function lineBefore(file: SourceFile, offset: number): string {
  return file.text.slice(file.lineStart(file.line(offset)), offset);
}

/** The brackets around a place, the key before it, and whether a key is wanted there. */
function contextOf(file: SourceFile, offset: number): { around: Around[]; key: string; isKey: boolean } {
  const around: Around[] = [];
  let key = "";
  let isAfterColon = false;
  const unit = schemaUnits(file.text).findLast(({ start, kind }) => start < offset && kind === "expression");
  const from = unit?.start ?? 0;
  for (const token of tokensOf(file)) {
    if (token.start < from) continue;
    if (token.end > offset) break;
    const char = String.fromCharCode(token.kind);
    const top = around.at(-1);
    if (char === "{" || char === "[") {
      around.push({ bracket: char, key: top?.bracket === "[" ? top.key : key, keys: [] });
      [key, isAfterColon] = ["", false];
    } else if (char === "}" || char === "]") {
      around.pop();
      isAfterColon = false;
    } else if (char === ":") isAfterColon = true;
    else if (char === ",") isAfterColon = false;
    else if (char === "'" && !isAfterColon && top?.bracket === "{") {
      key = file.text.slice(token.start + 1, token.end - 1);
      top.keys.push(key);
    }
  }
  // Keys behind the place count as well: they need not be offered again.
  for (const each of laterKeys(file, unit, offset, around.length)) around[0]?.keys.push(each);
  return { around, key, isKey: around.at(-1)?.bracket === "{" && !isAfterColon };
}

function laterKeys(
  file: SourceFile,
  unit: { readonly start: number; readonly end: number } | undefined,
  offset: number,
  depth: number,
): string[] {
  if (unit === undefined || depth !== 1 || unit.end <= offset) return [];
  try {
    return layoutTokens(file.text, offset, unit.end)
      .filter(({ kind }) => kind === "scalar")
      .map(({ text }) => text.slice(1, -1))
      .filter((text) => kinds.includes(text) || Object.values(keys).some((each) => each.includes(text)));
  } catch (error) {
    // A place within a word begins with half a token.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function types({ schema }: Cursor): CompletionItem[] {
  const definitions = [...occurrencesOf(schema.compilation).definitions.values()];
  const named = definitions.filter(({ kind }) => kind !== "command" && kind !== "event");
  return [
    ...items(builtins, CompletionItemKind.Keyword),
    ...named.map(({ name, kind }): CompletionItem => ({
      label: name,
      detail: kind,
      kind: CompletionItemKind.Class,
    })),
  ];
}

/** Conditions that the schema uses already. */
function conditions({ schema }: Cursor): string[] {
  const found = new Set<string>();
  for (const { file } of schema.compilation.files) {
    for (const [name] of file.text.matchAll(/\b(?:CONFIG|TARGET|HAVE|HOST)_[A-Z0-9_]+\b/g)) found.add(name);
  }
  return [...found].sort();
}

function namesFor({ schema }: Cursor, pragma: string): string[] {
  const isCommand = pragma.startsWith("command-");
  return [...occurrencesOf(schema.compilation).definitions.values()]
    .filter(({ kind }) => !isCommand || kind === "command")
    .map(({ name }) => name);
}

/** In a comment: its tags, the members that it does not describe yet, and names for `name`. */
function inDoc({ schema, file, offset }: Cursor, line: string): CompletionItem[] {
  const text = line.replace(/^\s*#\s?/, "");
  const definition = schema.compilation.definitions
    .filter(isDefinition)
    .find(
      ({ doc, span }) =>
        span.file === file && doc !== undefined && doc.span.start <= offset && offset <= doc.span.end,
    );
  if (/`[\w.-]*$/.test(text))
    return items([...occurrencesOf(schema.compilation).definitions.keys()], CompletionItemKind.Reference);
  const members = definition === undefined ? [] : memberNames(definition);
  if (/(?:^|\s)@[\w.-]*$/.test(text)) {
    const starts = /^@[\w.-]*$/.test(text);
    const described = new Set(definition?.doc?.sections.map(({ name }) => name));
    return items(starts ? members.filter((name) => !described.has(name)) : members, CompletionItemKind.Field);
  }
  return /^[A-Z]?[a-z]*$/.test(text) ? items(docTags, CompletionItemKind.Keyword) : [];
}

function memberNames(definition: Definition): string[] {
  const features = definition.features.map(({ name }) => name);
  switch (definition.kind) {
    case "enum":
      return [...definition.values.map(({ name }) => name), ...features];
    case "struct":
      return [...definition.members.map(({ name }) => name), ...features];
    case "union":
      return [
        ...(definition.base?.kind === "inline" ? definition.base.members.map(({ name }) => name) : []),
        ...features,
      ];
    case "alternate":
      return [...definition.branches.map(({ name }) => name), ...features];
    default:
      return [
        ...(definition.arguments?.kind === "inline"
          ? definition.arguments.members.map(({ name }) => name)
          : []),
        ...features,
      ];
  }
}

function items(labels: readonly string[], kind: CompletionItemKind): CompletionItem[] {
  return labels.map((label) => ({ label, kind }));
}
