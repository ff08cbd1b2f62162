import type { DocComment, DocSection, DocSectionKind } from "../../qapi/ast/doc.js";
import { madeOnce } from "../../util/made-once.js";
import { rstToMarkdown } from "./rst-to-markdown.js";

/** A section's text as lines of Markdown. Several products carry the same docs. */
export const sectionMarkdown = madeOnce(({ text, kind }: DocSection): readonly string[] =>
  rstToMarkdown(text, kind !== "plain"),
);

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

const namedSections = madeOnce(({ sections }: DocComment) => {
  const member = new Map<string, DocSection>();
  const feature = new Map<string, DocSection>();
  for (const section of sections) {
    if (section.name === undefined) continue;
    (section.kind === "feature" ? feature : member).set(section.name, section);
  }
  return { member, feature };
});
