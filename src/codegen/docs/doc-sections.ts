import type { DocComment, DocSection, DocSectionKind } from "../../qapi/ast/doc.js";
import { rstToMarkdown } from "./rst-to-markdown.js";

/** Several products carry the same docs: each section is converted once. */
const converted = new WeakMap<DocSection, readonly string[]>();
const named = new WeakMap<DocComment, ReadonlyMap<string, DocSection>>();

/** A section's text as lines of Markdown. */
export function sectionMarkdown(section: DocSection): readonly string[] {
  let lines = converted.get(section);
  if (lines === undefined) {
    lines = rstToMarkdown(section.text);
    converted.set(section, lines);
  }
  return lines;
}

/** The texts of all sections of a kind. */
export function sectionTexts(doc: DocComment | undefined, kind: DocSectionKind): (readonly string[])[] {
  return (doc?.sections ?? []).filter((section) => section.kind === kind).map(sectionMarkdown);
}

/** What a doc comment says of a member or feature; no lines when it says nothing. */
export function sectionText(
  doc: DocComment | undefined,
  kind: "member" | "feature",
  name: string,
): readonly string[] {
  const section = doc && namedSections(doc).get(key(kind, name));
  return section === undefined ? [] : sectionMarkdown(section);
}

function namedSections(doc: DocComment): ReadonlyMap<string, DocSection> {
  let sections = named.get(doc);
  if (sections === undefined) {
    sections = new Map(doc.sections.map((section) => [key(section.kind, section.name ?? ""), section]));
    named.set(doc, sections);
  }
  return sections;
}

function key(kind: DocSectionKind, name: string): string {
  return `${kind} ${name}`;
}
