/** The formatter as a plugin of prettier: its parser is called `qapi`. */
import type { AstPath, Doc, Parser, Printer, SupportLanguage, SupportOptions } from "prettier";
import { builders } from "prettier/doc";
import { formatParts, type FormatOptions, type FormattedPart, type FormattedParts } from "./format-schema.js";
import { parseProblems } from "./parse-problems.js";

/** What prettier hands to the parser and the printer: a file's parts, laid out. */
type Node = ({ readonly kind: "schema" } & FormattedParts) | ({ readonly kind: "part" } & FormattedPart);

interface PluginOptions {
  readonly filepath?: string;
  readonly qapiDocsOnly?: boolean;
  readonly qapiStrict?: boolean;
  readonly qapiReflow?: boolean;
}

/** QAPI, as prettier asks its plugins; no file is QAPI by its name alone. */
export const languages: SupportLanguage[] = [
  { name: "QAPI", parsers: ["qapi"], filenames: [], vscodeLanguageIds: ["qapi"] },
];

/** What the user of prettier can set beside prettier's own options. */
export const options: SupportOptions = {
  qapiDocsOnly: option("Format documentation comments only."),
  qapiStrict: option("Break lines anew instead of keeping the author's."),
  qapiReflow: option("Fill the prose of documentation comments."),
};

/** Reads a schema file; one that does not parse is an error at its place. */
export const parsers: Record<string, Parser<Node>> = {
  qapi: {
    astFormat: "qapi",
    parse: (text, given) => {
      const { filepath = "schema", qapiDocsOnly, qapiStrict, qapiReflow } = given as PluginOptions;
      const [problem] = parseProblems(filepath, text);
      if (problem !== undefined) {
        const { file, start, end } = problem.span;
        const loc = { start: file.position(start), end: file.position(end) };
        const { line, column } = loc.start;
        throw Object.assign(new SyntaxError(`${problem.message} (${line}:${column})`), { loc });
      }
      const chosen: FormatOptions = {
        docsOnly: qapiDocsOnly ?? false,
        strict: qapiStrict ?? false,
        reflow: qapiReflow ?? false,
      };
      const { parts, end } = formatParts(text, chosen);
      return { kind: "schema", parts: parts.map((part) => ({ kind: "part", ...part })), end };
    },
    locStart: (node) => (node.kind === "part" ? node.unit.start : 0),
    locEnd: (node) => (node.kind === "part" ? node.unit.end : (node.parts.at(-1)?.unit.end ?? 0)),
  },
};

/** Prints what the formatter of schemas laid out. */
export const printers: Record<string, Printer<Node>> = {
  qapi: {
    print: ({ node }: AstPath<Node>): Doc => {
      if (node.kind === "part") return [verbatim(node.before.split("\n")), verbatim(node.lines)];
      const parts = node.parts.map(({ before, lines }) => [verbatim(before.split("\n")), verbatim(lines)]);
      return [...parts, verbatim(node.end.split("\n"))];
    },
  },
};

/** Lines that are laid out already: indentation and blanks are theirs. */
function verbatim(lines: readonly string[]): Doc {
  return builders.join(builders.literalline, [...lines]);
}

function option(description: string): SupportOptions[string] {
  return { type: "boolean", category: "QAPI", default: false, description };
}
