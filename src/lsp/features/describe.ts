/** What is known of a name: shown when it is pointed at. */
import type { CodeLens, Hover, InlayHint, Range } from "vscode-languageserver";
import { definitionDocs } from "../../codegen/docs/definition-docs.js";
import { conditionText } from "../../util/condition.js";
import { sectionText, sectionTexts } from "../../codegen/docs/doc-sections.js";
import type { SourceFile } from "../../diagnostic/source.js";
import type { Chronicle } from "../../evolution/chronicle.js";
import type { Lifetime } from "../../evolution/history.js";
import type { Definition as WrittenDefinition } from "../../qapi/check/definition.js";
import type {
  Alternative,
  Branch,
  Command,
  Definition,
  EnumMember,
  Event,
  ObjectMember,
  Schema,
  Type,
} from "../../qapi/schema/model.js";
import { reachedFrom } from "../../qapi/schema/used-types.js";
import { madeOnce } from "../../util/made-once.js";
import type { Positions } from "../encoding.js";
import { occurrencesOf } from "../occurrences.js";
import { definitionsIn, inner, partAt, type FoundPart } from "../parts.js";
import type { OpenSchema } from "../workspace.js";
import type { Cursor } from "./navigate.js";

/** Which commands and events send or receive a type. */
interface Use {
  readonly sentBy: readonly string[];
  readonly receivedFrom: readonly string[];
}

/** The use of every type. */
const usesOf = madeOnce((schema: Schema): ReadonlyMap<string, Use> => {
  const made = new Map<string, { sentBy: string[]; receivedFrom: string[] }>();
  for (const definition of schema.definitions.values()) {
    if (definition.kind === "command") {
      note(definition.arguments, definition.name, "sentBy");
      note(definition.returns, definition.name, "receivedFrom");
    } else if (definition.kind === "event") {
      note(definition.arguments, definition.name, "receivedFrom");
    }
  }
  return made;

  function note(type: Type | undefined, by: string, way: "sentBy" | "receivedFrom"): void {
    for (const each of reachedFrom(type === undefined ? [] : [type])) {
      const use = made.get(each.name) ?? { sentBy: [], receivedFrom: [] };
      use[way].push(by);
      made.set(each.name, use);
    }
  }
});

/** Markdown on what is named at a place: a definition, or a part of one. */
export function hoverAt(
  { schema: { compilation, model }, schema, file, offset }: Cursor,
  positions: Positions,
  chronicle: Chronicle | undefined,
): Hover | null {
  const occurrences = occurrencesOf(compilation);
  const found = occurrences.at(file, offset);
  const part = found === undefined ? partAt(schema, file, offset) : undefined;
  const at = found?.span ?? part?.at;
  const value =
    found === undefined ? part && model && describePart(part, model, chronicle) : named(found.name);
  return at === undefined || value === undefined
    ? null
    : { contents: { kind: "markdown", value }, range: positions.range(at) };

  function named(name: string): string | undefined {
    const definition = model?.definitions.get(name);
    if (model !== undefined && definition !== undefined) return describe(definition, model, chronicle);
    const written = occurrences.definitions.get(name);
    return written && describeAsWritten(written);
  }
}

/** A definition of a schema that has never been right: what it says of itself. */
function describeAsWritten(definition: WrittenDefinition): string {
  const { kind, name, doc, features } = definition;
  return markdown(
    `${kind} ${name}`,
    sectionTexts(doc, "plain").flatMap((text) => [...text, ""]),
    factsOf(definition, features),
  );
}

/** A member, a value, a branch or a feature in Markdown. */
function describePart(
  { definition: { name: owner }, part: { name }, isFeature }: FoundPart,
  schema: Schema,
  chronicle: Chronicle | undefined,
): string | undefined {
  const definition = schema.definitions.get(owner);
  if (definition === undefined) return undefined;
  const text = sectionText(definition.doc, isFeature ? "feature" : "member", name);
  if (isFeature) return markdown(`feature ${name} of ${owner}`, text, []);
  const part = partOf(definition, name);
  if (part === undefined) return undefined;
  const facts = isChronicled(part)
    ? [...factsOf(part, part.features), ...lifeOf(chronicle?.lifetime(part))]
    : factsOf(part, []);
  return markdown(`${partText(part)} of ${owner}`, text, facts);
}

type ModelPart = ObjectMember | EnumMember | Branch | Alternative;

function isChronicled(part: ModelPart): part is ObjectMember | EnumMember {
  return "features" in part;
}

function partOf(definition: Definition, name: string): ModelPart | undefined {
  const isIt = (each: { readonly name: string }): boolean => each.name === name;
  switch (definition.kind) {
    case "enum":
      return definition.members.find(isIt);
    case "alternate":
      return definition.alternatives.find(isIt);
    case "object":
      return (
        [...definition.localMembers, ...(definition.base?.localMembers ?? [])].find(isIt) ??
        definition.variants?.branches.find(isIt)
      );
    case "command":
    case "event":
      return definition.arguments?.localMembers.find(isIt);
    default:
      return undefined;
  }
}

function partText(part: ModelPart): string {
  if (!("type" in part)) return `value ${part.name}`;
  const isOptional = "optional" in part && part.optional;
  return `${isOptional ? "*" : ""}${part.name}: ${typeText(part.type)}`;
}

function markdown(code: string, docs: readonly string[], facts: readonly string[]): string {
  return ["```qapi\n" + code + "\n```", docs.join("\n"), facts.map((fact) => `- ${fact}`).join("\n")]
    .filter((each) => each.trim() !== "")
    .join("\n\n");
}

function factsOf(
  { condition }: Pick<ObjectMember, "condition">,
  features: readonly { readonly name: string }[],
): string[] {
  return [
    ...(condition === undefined ? [] : [`if ${conditionText(condition)}`]),
    ...(features.length === 0 ? [] : [`features: ${features.map(({ name }) => name).join(", ")}`]),
  ];
}

function lifeOf(life: Lifetime | undefined): string[] {
  if (life === undefined) return [];
  return [
    `since QEMU ${life.since}${life.orEarlier ? " or earlier" : ""}`,
    ...(life.deprecatedSince === undefined ? [] : [`deprecated since ${life.deprecatedSince}`]),
    ...(life.unstableSince === undefined ? [] : [`unstable since ${life.unstableSince}`]),
    ...(life.goneIn === undefined ? [] : [`gone in ${life.goneIn}`]),
  ];
}

/** A definition in Markdown: what it is, its documentation, who uses it, since when. */
function describe(definition: Definition, schema: Schema, chronicle: Chronicle | undefined): string {
  const isWritten = definition.kind !== "builtin" && definition.kind !== "array";
  const docs = isWritten ? definitionDocs(definition, schema).filter((line) => !line.startsWith("@")) : [];
  const facts = [...factsOf(definition, definition.features), ...lifeOf(chronicle?.lifetime(definition))];
  const use = usesOf(schema).get(definition.name);
  if (use !== undefined) {
    if (use.sentBy.length > 0) facts.push(`sent by ${some(use.sentBy)}`);
    if (use.receivedFrom.length > 0) facts.push(`received from ${some(use.receivedFrom)}`);
  }
  return markdown(signature(definition), docs, facts);
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
  return type.localMembers.map(partText).join(", ");
}

function typeText(type: Type): string {
  return type.kind === "array" ? `[${typeText(type.element)}]` : type.name;
}

/** Above each type how many commands and events use it. */
export function codeLenses(
  { compilation, model }: OpenSchema,
  file: SourceFile,
  positions: Positions,
): CodeLens[] {
  if (model === undefined) return [];
  return definitionsIn(compilation, file).flatMap((each): CodeLens[] => {
    if (each.kind === "command" || each.kind === "event") return [];
    const { sentBy = [], receivedFrom = [] } = usesOf(model).get(each.name) ?? {};
    const users = [...new Set([...sentBy, ...receivedFrom])];
    const events = users.filter((name) => model.definitions.get(name)?.kind === "event").length;
    const title = `used by ${counted(users.length - events, "command")}${events === 0 ? "" : ` and ${counted(events, "event")}`}`;
    return [{ range: positions.range(inner(each.nameSpan)), command: { title, command: "" } }];
  });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Behind a command's or event's named arguments, what they are; of those on some lines. */
export function inlayHints(
  { compilation, model }: OpenSchema,
  file: SourceFile,
  { start, end }: Range,
  positions: Positions,
): InlayHint[] {
  return definitionsIn(compilation, file).flatMap((each): InlayHint[] => {
    if ((each.kind !== "command" && each.kind !== "event") || each.arguments?.kind !== "named") return [];
    const type = model?.definitions.get(each.arguments.type.name);
    if (type?.kind !== "object") return [];
    const position = positions.position(file, inner(each.arguments.type.span).end + 1);
    if (position.line < start.line || position.line > end.line) return [];
    const names = type.members.map(({ name, optional }) => (optional ? `*${name}` : name));
    const shown = names.length > 4 ? [...names.slice(0, 4), "…"] : names;
    return [{ position, label: `{ ${shown.join(", ")} }`, paddingLeft: true }];
  });
}
