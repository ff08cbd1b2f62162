import type { DocComment, DocSection, DocSectionKind } from "../../qapi/ast/doc.js";
import { rstToMarkdown } from "./rst-to-markdown.js";

/** Several products carry the same docs: each section is converted once. */
const converted = new WeakMap<DocSection, readonly string[]>();
const named = new WeakMap<DocComment, NamedSections>();

interface NamedSections {
  readonly member: ReadonlyMap<string, DocSection>;
  readonly feature: ReadonlyMap<string, DocSection>;
}

/** A section's text as lines of Markdown. */
export function sectionMarkdown(section: DocSection): readonly string[] {
  let lines = converted.get(section);
  if (lines === undefined) {
    lines = rstToMarkdown(section.text, section.kind !== "plain");
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
  const section = doc && namedSections(doc)[kind].get(name);
  return section === undefined ? [] : sectionMarkdown(section);
}

function namedSections(doc: DocComment): NamedSections {
  let sections = named.get(doc);
  if (sections === undefined) {
    const member = new Map<string, DocSection>();
    const feature = new Map<string, DocSection>();
    for (const section of doc.sections) {
      if (section.name === undefined) continue;
      (section.kind === "feature" ? feature : member).set(section.name, section);
    }
    sections = { member, feature };
    named.set(doc, sections);
  }
  return sections;
}
