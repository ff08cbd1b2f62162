import type { SourceFile } from "../../diagnostic/source.js";
import { codePoints } from "../../qapi/parse/python-text.js";
import { CODE_WIDTH } from "../../format/format-expression.js";
import { formatSchema } from "../../format/format-schema.js";
import { lineSpan, spanIn } from "../doc-lines.js";
import type { DocumentedDefinition, LintProblem, LintRule } from "../rule.js";

/** The widest line of documentation, with its mark. */
const DOC_WIDTH = 70;

const lineLength: LintRule = {
  id: "doc-line-length",
  level: "off",
  proposed: "info",
  reason: "QEMU wraps documentation at 70 columns, so that it can be read beside code.",
  bad: `##\n# @Ab:\n#\n# ${"word ".repeat(14)}\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n`,
  good: "##\n# @Ab:\n#\n# word\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const line of lines) {
        const width = codePoints(line.text) + 2;
        if (line.isLiteral || width <= DOC_WIDTH) continue;
        yield {
          definition,
          at: lineSpan(line),
          message: `the line is ${width} columns wide, ${DOC_WIDTH} are the most`,
        };
      }
    }
  },
};

const twoSpaces: LintRule = {
  id: "doc-two-spaces",
  level: "off",
  proposed: "info",
  reason: "QEMU's documentation has two blanks between sentences.",
  bad: "##\n# @Ab:\n#\n# One e.g. two. Three.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# One e.g. two.  Three.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const line of lines) {
        if (line.isLiteral) continue;
        for (const { index } of line.text.matchAll(/(?<=\w\w[.!?]) (?=[A-Z])/g)) {
          if (/(?:\b(?:e\.g|i\.e|vs|cf|etc)\.|^\s*\d+\.)$/.test(line.text.slice(0, index))) continue;
          const at = spanIn(line, index, index + 1);
          yield {
            definition,
            at,
            message: "a sentence ends here, and one blank follows",
            fix: [{ at, text: "  " }],
          };
        }
      }
    }
  },
};

const indent: LintRule = {
  id: "doc-indent",
  level: "error",
  proposed: "error",
  reason: "What continues a description is indented by four blanks, so that descriptions can be told apart.",
  bad: "##\n# @Ab:\n#\n# @a: one\n#   two\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @a: one\n#     two\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const each of documented) yield* badIndents(each);
  },
};

/** The first line that continues a description decides for the others. */
function* badIndents({ definition, lines }: DocumentedDefinition): Generator<LintProblem> {
  let isFirst = false;
  for (const line of lines) {
    if (/^@[^:]*:/.test(line.text) || /^(?:Returns|Errors|Since|TODO):/.test(line.text)) {
      isFirst = true;
      continue;
    }
    const own = line.text.length - line.text.trimStart().length;
    if (line.text === "" || !isFirst) continue;
    isFirst = false;
    if (own === 0 || own === 4) continue;
    yield { definition, at: spanIn(line, 0, own), message: `the text is indented by ${own}, not by 4` };
  }
}

const codeLength: LintRule = {
  id: "code-line-length",
  level: "off",
  proposed: "info",
  reason: `Code is at most ${CODE_WIDTH} columns wide; qapi format breaks what is wider.`,
  bad: `{ 'enum': 'Ab', 'data': [ ${Array.from({ length: 12 }, (_, i) => `'value${i}'`).join(", ")} ] }\n`,
  good: "{ 'enum': 'Ab', 'data': [ 'a' ] }\n",
  *check({ compilation }): Generator<LintProblem> {
    for (const { file } of compilation.files) {
      for (const { text, start } of linesOf(file)) {
        if (text.startsWith("#") || codePoints(text) <= CODE_WIDTH) continue;
        const at = { file, start, end: start + text.length };
        yield {
          at,
          message: `the line is ${codePoints(text)} columns wide, ${CODE_WIDTH} are the most`,
          fix: reformatted(file, start),
        };
      }
    }
  },
};

/** The file with the definition laid out that an offset is in; nothing where that makes no difference. */
function reformatted(file: SourceFile, offset: number): NonNullable<LintProblem["fix"]> {
  const line = file.line(offset);
  const text = formatSchema(file.text, { lines: [{ from: line, to: line }] });
  if (text === file.text) return [];
  let from = 0;
  while (text.charAt(from) === file.text.charAt(from)) from++;
  let back = 0;
  const most = Math.min(text.length, file.text.length) - from;
  while (back < most && text.charAt(text.length - 1 - back) === file.text.charAt(file.text.length - 1 - back))
    back++;
  return [
    { at: { file, start: from, end: file.text.length - back }, text: text.slice(from, text.length - back) },
  ];
}

const trailing: LintRule = {
  id: "trailing-space",
  level: "error",
  proposed: "error",
  reason: "Blanks at the end of a line are seen by nobody but in patches.",
  bad: "{ 'enum': 'Ab', 'data': [] }  \n",
  good: "{ 'enum': 'Ab', 'data': [] }\n",
  *check({ compilation }): Generator<LintProblem> {
    for (const { file } of compilation.files) {
      for (const { text, start } of linesOf(file)) {
        const end = text.trimEnd().length;
        if (end === text.length) continue;
        const at = { file, start: start + end, end: start + text.length };
        yield { at, message: "the line ends in white space", fix: [{ at, text: "" }] };
      }
    }
  },
};

function* linesOf({ text }: SourceFile): Generator<{ text: string; start: number }> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    yield { text: text.slice(start, end), start };
    start = end + 1;
  }
}

export const layoutRules: readonly LintRule[] = [lineLength, twoSpaces, indent, codeLength, trailing];
