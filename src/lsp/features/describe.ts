/** What is known of a name: shown when it is pointed at. */
import type { CodeLens, Hover, InlayHint } from "vscode-languageserver";
import { conditionText, definitionDocs } from "../../codegen/docs/definition-docs.js";
import type { Chronicle } from "../../evolution/chronicle.js";
import type { Command, Definition, Event, Schema, Type } from "../../qapi/schema/model.js";
import type { Positions } from "../encoding.js";
import { inner, isDefinition, occurrencesOf } from "../occurrences.js";
import type { OpenSchema } from "../workspace.js";
import type { Cursor } from "./navigate.js";

/** Which commands and events send or receive a type. */
export interface Use {
  readonly sentBy: readonly string[];
  readonly receivedFrom: readonly string[];
}

const uses = new WeakMap<Schema, ReadonlyMap<string, Use>>();

/** The use of every type, made once a schema. */
export function usesOf(schema: Schema): ReadonlyMap<string, Use> {
  const known = uses.get(schema);
  if (known !== undefined) return known;
  const made = new Map<string, { sentBy: string[]; receivedFrom: string[] }>();
  for (const definition of schema.definitions.values()) {
    if (definition.kind === "command") {
      note(definition.arguments, definition.name, "sentBy");
      note(definition.returns, definition.name, "receivedFrom");
    } else if (definition.kind === "event") {
      note(definition.arguments, definition.name, "receivedFrom");
    }
  }
  uses.set(schema, made);
  return made;

  function note(type: Type | undefined, by: string, way: "sentBy" | "receivedFrom"): void {
    const open = type === undefined ? [] : [type];
    const seen = new Set<Type>();
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (seen.has(each)) continue;
      seen.add(each);
      const use = made.get(each.name) ?? { sentBy: [], receivedFrom: [] };
      use[way].push(by);
      made.set(each.name, use);
      for (const next of partsOf(each)) open.push(next);
    }
  }
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "array":
      return [type.element];
    case "alternate":
      return type.alternatives.map((each) => each.type);
    case "object":
      return [
        ...(type.base === undefined ? [] : [type.base]),
        ...type.localMembers.map((each) => each.type),
        ...(type.variants?.branches ?? []).map((each) => each.type),
      ];
    default:
      return [];
  }
}

/** Markdown on the definition that is named at a place. */
export function hoverAt(
  { schema: { compilation }, file, offset }: Cursor,
  positions: Positions,
  chronicle: Chronicle | undefined,
): Hover | null {
  const found = occurrencesOf(compilation).at(file, offset);
  const definition = found && compilation.schema?.definitions.get(found.name);
  if (found === undefined || definition === undefined || compilation.schema === undefined) return null;
  const value = describe(definition, compilation.schema, chronicle);
  return { contents: { kind: "markdown", value }, range: positions.range(found.span) };
}

/** A definition in Markdown: what it is, its documentation, who uses it, since when. */
export function describe(definition: Definition, schema: Schema, chronicle: Chronicle | undefined): string {
  const parts = ["```qapi\n" + signature(definition) + "\n```"];
  if (definition.kind !== "builtin" && definition.kind !== "array") {
    const docs = definitionDocs(definition, schema).filter((line) => !line.startsWith("@"));
    parts.push(docs.join("\n"));
  }
  const facts: string[] = [];
  if (definition.condition !== undefined) facts.push(`if ${conditionText(definition.condition)}`);
  if (definition.features.length > 0)
    facts.push(`features: ${definition.features.map(({ name }) => name).join(", ")}`);
  const life = chronicle?.lifetime(definition);
  if (life !== undefined) {
    facts.push(`since QEMU ${life.since}${life.orEarlier ? " or earlier" : ""}`);
    if (life.deprecatedSince !== undefined) facts.push(`deprecated since ${life.deprecatedSince}`);
    if (life.unstableSince !== undefined) facts.push(`unstable since ${life.unstableSince}`);
    if (life.goneIn !== undefined) facts.push(`gone in ${life.goneIn}`);
  }
  const use = usesOf(schema).get(definition.name);
  if (use !== undefined) {
    if (use.sentBy.length > 0) facts.push(`sent by ${some(use.sentBy)}`);
    if (use.receivedFrom.length > 0) facts.push(`received from ${some(use.receivedFrom)}`);
  }
  if (facts.length > 0) parts.push(facts.map((fact) => `- ${fact}`).join("\n"));
  return parts.filter((part) => part.trim() !== "").join("\n\n");
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``);
  return names.length > shown.length
    ? `${shown.join(", ")} and ${names.length - shown.length} more`
    : shown.join(", ");
}

function signature(definition: Definition): string {
  switch (definition.kind) {
    case "command":
      return `command ${definition.name}(${membersText(definition)})${definition.returns === undefined ? "" : ` -> ${typeText(definition.returns)}`}`;
    case "event":
      return `event ${definition.name}(${membersText(definition)})`;
    case "object":
      return `${definition.form} ${definition.name}${definition.base?.form === "implicit" || definition.base === undefined ? "" : ` : ${definition.base.name}`}`;
    case "array":
      return typeText(definition);
    default:
      return `${definition.kind} ${definition.name}`;
  }
}

function membersText({ arguments: type }: Command | Event): string {
  if (type === undefined) return "";
  if (type.form !== "implicit") return type.name;
  return type.localMembers
    .map(({ name, optional, type: of }) => `${optional ? "*" : ""}${name}: ${typeText(of)}`)
    .join(", ");
}

function typeText(type: Type): string {
  return type.kind === "array" ? `[${typeText(type.element)}]` : type.name;
}

/** Above each type how many commands and events use it. */
export function codeLenses({ compilation }: OpenSchema, path: string, positions: Positions): CodeLens[] {
  const { schema } = compilation;
  if (schema === undefined) return [];
  return compilation.definitions.flatMap((each): CodeLens[] => {
    if (
      !isDefinition(each) ||
      each.kind === "command" ||
      each.kind === "event" ||
      each.span.file.path !== path
    )
      return [];
    const { sentBy = [], receivedFrom = [] } = usesOf(schema).get(each.name) ?? {};
    const count = new Set([...sentBy, ...receivedFrom]).size;
    const title = `used by ${count} command${count === 1 ? "" : "s"} and events`;
    return [{ range: positions.range(inner(each.nameSpan)), command: { title, command: "" } }];
  });
}

/** Behind a command's or event's named arguments, what they are. */
export function inlayHints({ compilation }: OpenSchema, path: string, positions: Positions): InlayHint[] {
  const { schema } = compilation;
  if (schema === undefined) return [];
  return compilation.definitions.flatMap((each): InlayHint[] => {
    if (!isDefinition(each) || each.span.file.path !== path) return [];
    if ((each.kind !== "command" && each.kind !== "event") || each.arguments?.kind !== "named") return [];
    const type = schema.definitions.get(each.arguments.type.name);
    if (type?.kind !== "object") return [];
    const names = type.members.map(({ name, optional }) => (optional ? `*${name}` : name));
    const shown = names.length > 4 ? [...names.slice(0, 4), "…"] : names;
    const { span } = each.arguments.type;
    return [
      {
        position: positions.position(span.file, span.end),
        label: ` { ${shown.join(", ")} }`,
        paddingLeft: true,
      },
    ];
  });
}
