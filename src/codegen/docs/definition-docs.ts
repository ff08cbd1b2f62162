import type { DocComment, DocSection } from "../../qapi/ast/doc.js";
import { isImplicit } from "../../qapi/schema/used-types.js";
import { implicitOwner } from "../../qapi/schema/implicit-name.js";
import type { Command, Condition, Event, Feature, ObjectMember, Schema } from "../../qapi/schema/model.js";
import { conditionText } from "../../util/condition.js";
import type { NamedType } from "../plan/plan.js";
import { sectionMarkdown, sectionText, sectionTexts } from "./doc-sections.js";
import { paragraphs, tag } from "./tsdoc.js";

/** What has a doc comment in the output. */
type Documented = NamedType | Command | Event;

/** The doc comment of a definition as the generated declaration carries it. */
export function definitionDocs(definition: Documented, schema: Schema): string[] {
  if (isImplicit(definition)) return implicitDocs(definition, schema);
  const { doc } = definition;
  return paragraphs([
    ...sectionTexts(doc, "plain"),
    valueDocs(definition),
    featureDocs(doc),
    conditionDocs(definition.condition),
    locationDocs(definition),
    tagDocs(doc, definition.features),
  ]);
}

/** The doc comment of a member; its text stands in the doc comment of the definition around it. */
export function memberDocs(member: ObjectMember, owner: NamedType, schema: Schema): string[] {
  const doc = documentationOf(owner, schema);
  return paragraphs([
    sectionText(doc, "member", member.name),
    conditionDocs(member.condition),
    markDocs(doc, member.features),
  ]);
}

/** A type made for data written in place is documented where the data was written. */
function implicitDocs(type: NamedType, schema: Schema): string[] {
  const owner = implicitOwnerOf(type, schema);
  if (owner === undefined) return [];
  const what =
    owner.kind === "command"
      ? "Arguments of the command"
      : owner.kind === "event"
        ? "Data of the event"
        : "Common members of";
  return paragraphs([[`${what} \`${owner.name}\`.`], conditionDocs(type.condition), locationDocs(owner)]);
}

function implicitOwnerOf(type: NamedType, schema: Schema) {
  return isImplicit(type) ? schema.definitions.get(implicitOwner(type.name)?.owner ?? "") : undefined;
}

function documentationOf(type: NamedType, schema: Schema): DocComment | undefined {
  return implicitOwnerOf(type, schema)?.doc ?? type.doc;
}

/** Enum values and alternatives have no declaration of their own to carry their docs. */
function valueDocs(definition: Documented): string[] {
  if (definition.kind !== "enum" && definition.kind !== "alternate") return [];
  const named = definition.kind === "enum" ? definition.members : definition.alternatives;
  return named.flatMap((value) => {
    const marks = "features" in value ? value.features.map((feature) => `(${feature.name})`) : [];
    const text = paragraphs([
      withPrefix(marks, sectionText(definition.doc, "member", value.name)),
      conditionDocs(value.condition),
    ]);
    return text.length === 0 ? [] : listItem(`\`${value.name}\``, text);
  });
}

function withPrefix(marks: readonly string[], text: readonly string[]): string[] {
  const [first = "", ...rest] = text;
  return marks.length === 0 ? [...text] : [[...marks, first].join(" ").trimEnd(), ...rest];
}

function featureDocs(doc: DocComment | undefined): string[] {
  const features = (doc?.sections ?? []).filter(
    (section) => section.kind === "feature" && !isMark(section.name),
  );
  if (features.length === 0) return [];
  const items = features.flatMap((section) =>
    listItem(`\`${section.name ?? ""}\``, sectionMarkdown(section)),
  );
  return ["Features:", "", ...items];
}

function listItem(head: string, text: readonly string[]): string[] {
  const [first = "", ...rest] = text;
  return [`- ${head}: ${first}`.trimEnd(), ...rest.map((line) => (line === "" ? "" : `  ${line}`))];
}

/** The tags at the end: what comes back, what goes wrong, since when, and the marks. */
function tagDocs(doc: DocComment | undefined, features: readonly Feature[]): string[] {
  return [
    ...sectionTexts(doc, "returns").flatMap((text) => tag("returns", text)),
    ...sectionTexts(doc, "errors").flatMap((text) => tag("throws", text)),
    ...sectionTexts(doc, "since").flatMap((text) => tag("since", text)),
    ...markDocs(doc, features),
  ];
}

/** `@deprecated` and the mark of what is not stable yet, with the reason that the schema gives. */
function markDocs(doc: DocComment | undefined, features: readonly Feature[]): string[] {
  return features.flatMap(({ name }) =>
    isMark(name) ? tag(name === "deprecated" ? name : "experimental", sectionText(doc, "feature", name)) : [],
  );
}

function isMark(feature: string | undefined): boolean {
  return feature === "deprecated" || feature === "unstable";
}

function conditionDocs(condition: Condition | undefined): string[] {
  return condition === undefined ? [] : [`Only if \`${conditionText(condition)}\`.`];
}

/** Where it is defined; the module's name is a path relative to the schema's main file. */
function locationDocs({
  module,
  span,
}: {
  readonly module: string;
  readonly span?: DocSection["span"] | undefined;
}): string[] {
  return span === undefined ? [] : [`Defined in \`${module}\`, line ${span.file.line(span.start)}.`];
}
