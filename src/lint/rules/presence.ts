import type { SourceFile } from "../../diagnostic/source.js";
import type { DocComment, DocSectionKind } from "../../qapi/ast/doc.js";
import { sectionsOf } from "../lint-context.js";
import type { LintProblem, LintRule, TextEdit } from "../rule.js";

const undocumented: LintRule = {
  id: "doc-member-undocumented",
  level: "info",
  proposed: "info",
  reason:
    "A member that is not described is known to its author alone. QEMU lets old ones pass by a list; it should not grow.",
  bad: "{ 'pragma': { 'doc-required': true, 'documentation-exceptions': [ 'Ab' ] } }\n##\n# @Ab:\n#\n# Something.\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @a: one\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, section } of sectionsOf(documented, "member")) {
      const { name = "", text } = section;
      if (text === "") yield { definition, message: `'${name}' of '${definition.name}' is not described` };
    }
  },
};

const errors: LintRule = {
  id: "doc-errors-missing",
  level: "off",
  proposed: "info",
  reason: "A client has to know how a command can fail.",
  bad: "##\n# @c:\n#\n# Something.\n#\n# Since: 1.0\n##\n{ 'command': 'c' }\n",
  good: "##\n# @c:\n#\n# Something.\n#\n# Errors:\n#     - If nothing is there, GenericError\n#\n# Since: 1.0\n##\n{ 'command': 'c' }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, doc } of documented) {
      if (definition.kind !== "command" || doc.sections.some(({ kind }) => kind === "errors")) continue;
      yield { definition, message: `'${definition.name}' does not say how it fails` };
    }
  },
};

const overview: LintRule = {
  id: "doc-overview-missing",
  level: "off",
  proposed: "info",
  reason: "A sentence on what a definition is for saves its reader from guessing it of the members.",
  bad: "##\n# @Ab:\n#\n# @a: one\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# Something.\n#\n# @a: one\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, doc } of documented) {
      if (doc.sections[0]?.text !== "") continue;
      yield { definition, message: `'${definition.name}' has no sentence on what it is for` };
    }
  },
};

const example: LintRule = {
  id: "doc-example-missing",
  level: "off",
  proposed: "info",
  reason: "An example is what most readers look for first.",
  bad: "##\n# @c:\n#\n# Something.\n#\n# Since: 1.0\n##\n{ 'command': 'c' }\n",
  good: '##\n# @c:\n#\n# Something.\n#\n# Since: 1.0\n#\n# .. qmp-example::\n#\n#     -> { "execute": "c" }\n#     <- { "return": {} }\n##\n{ \'command\': \'c\' }\n',
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      if (definition.kind !== "command" && definition.kind !== "event") continue;
      if (lines.some(({ text }) => /^\s*\.\. qmp-example::|^Examples?:/.test(text))) continue;
      yield { definition, message: `'${definition.name}' has no example` };
    }
  },
};

/** The order in which QEMU's schemas have the parts of a comment. */
const order: readonly DocSectionKind[] = ["plain", "member", "feature", "returns", "errors", "since"];

const sectionOrder: LintRule = {
  id: "doc-section-order",
  level: "warn",
  proposed: "warn",
  reason:
    "Members, features, what is returned, errors, since when: readers find what stands where it always does.",
  bad: "##\n# @Ab:\n#\n# Since: 1.0\n#\n# Features:\n#\n# @f: one\n##\n{ 'struct': 'Ab', 'data': {}, 'features': [ 'f' ] }\n",
  good: "##\n# @Ab:\n#\n# Features:\n#\n# @f: one\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': {}, 'features': [ 'f' ] }\n",
  editsDocs: true,
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, doc } of documented) {
      let fix: readonly TextEdit[] | undefined;
      let highest = 0;
      let last = "";
      for (const { kind, span, text } of doc.sections) {
        // Paragraphs may stand anywhere.
        const rank = order.indexOf(kind);
        if (rank <= 0 || (kind === "member" && text === "")) continue;
        if (rank < highest) {
          fix ??= sectionsInOrder(doc);
          yield { definition, at: span, message: `'${titles[kind] ?? kind}' stands after '${last}'`, fix };
        }
        if (rank >= highest) last = titles[kind] ?? kind;
        highest = Math.max(highest, rank);
      }
    }
  },
};

/**
 * Sections moved to where they belong, as they are. Nothing where there is text of no section in between: what
 * that speaks of, nobody knows.
 */
function sectionsInOrder({ sections, span: { file, end } }: DocComment): TextEdit[] {
  const tagged = sections.slice(1).filter(({ kind, text }) => kind !== "member" || text !== "");
  while (tagged.at(-1)?.kind === "plain") tagged.pop();
  const plain = sections.slice(1).find(({ kind }) => kind === "plain");
  if (tagged.some(({ kind }) => !order.includes(kind) || kind === "plain")) return [];
  const starts = tagged.map(({ kind, span }, i) => {
    const start = lineStart(file, span.start);
    if (kind !== "feature" || tagged[i - 1]?.kind === "feature") return start;
    // The features' own heading goes with the first of them.
    return lineStart(file, file.text.lastIndexOf("Features:", start));
  });
  const close = lineStart(file, file.text.lastIndexOf("##", end - 1));
  const last = plain === undefined ? close : lineStart(file, plain.span.start);
  const [first] = starts;
  if (first === undefined) return [];
  const blocks = tagged.map(({ kind }, i) => ({
    rank: order.indexOf(kind),
    text: withoutBlankLines(file.text.slice(starts[i], starts[i + 1] ?? last)),
  }));
  const old = file.text.slice(first, last);
  const blank = /\n([^\n#]*#)[^\S\n]*\n/.exec(old)?.[1] ?? "#";
  const text = blocks
    .sort((a, b) => a.rank - b.rank)
    .map((block) => block.text)
    .join(`\n${blank}\n`);
  const tail = old.slice(withoutBlankLines(old).length);
  return [{ at: { file, start: first, end: last }, text: text + tail }];
}

/** Lines of a comment without the empty ones at their end. */
function withoutBlankLines(text: string): string {
  const lines = text.split("\n");
  while (["", "#"].includes(lines.at(-1)?.trim() ?? "-")) lines.pop();
  return lines.join("\n");
}

function lineStart(file: SourceFile, offset: number): number {
  return file.lineStart(file.line(offset));
}

const titles: Readonly<Record<string, string>> = {
  member: "@member:",
  feature: "Features:",
  returns: "Returns:",
  errors: "Errors:",
  since: "Since:",
};

export const presenceRules: readonly LintRule[] = [undocumented, errors, overview, example, sectionOrder];
