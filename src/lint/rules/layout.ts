import { SourceFile } from "../../diagnostic/source.js";
import { codePoints, indentation } from "../../qapi/parse/python-text.js";
import { CODE_WIDTH } from "../../format/format-expression.js";
import { formatParts, type FormatOptions } from "../../format/format-schema.js";
import { docLines, lineSpan, spanIn, type DocLine } from "../doc-lines.js";
import type { DocumentedDefinition, LintProblem, LintRule, TextEdit } from "../rule.js";

/** The widest line of documentation, with its mark. */
const DOC_WIDTH = 70;

const lineLength: LintRule = {
  id: "doc-line-length",
  level: "off",
  proposed: "info",
  reason: "QEMU wraps documentation at 70 columns, so that it can be read beside code.",
  bad: `##\n# @Ab:\n#\n# ${"word ".repeat(14)}\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n`,
  good: "##\n# @Ab:\n#\n# word\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  editsDocs: true,
  *check({ documented }): Generator<LintProblem> {
    const layouts = new Map<SourceFile, ReturnType<typeof layoutOf>>();
    for (const { definition, doc, lines } of documented) {
      const wide = lines.filter(isWide);
      const { file, start } = doc.span;
      if (wide.length === 0) continue;
      const filled = layouts.get(file) ?? layoutOf(file, { docsOnly: true, reflow: true });
      layouts.set(file, filled);
      const fix = filled(start).filter(({ text }) => !hasWideLines(text));
      for (const line of wide) {
        yield {
          definition,
          at: lineSpan(line),
          message: `the line is ${codePoints(line.text) + 2} columns wide, ${DOC_WIDTH} are the most`,
          fix,
        };
      }
    }
  },
};

function isWide({ text, isLiteral }: DocLine): boolean {
  return !isLiteral && codePoints(text) + 2 > DOC_WIDTH;
}

/** Whether a comment would be found again: what cannot be broken stays wide. */
function hasWideLines(comment: string): boolean {
  const file = new SourceFile("", comment);
  return docLines({ file, start: 0, end: comment.length }).some(isWide);
}

const twoSpaces: LintRule = {
  id: "doc-two-spaces",
  level: "off",
  proposed: "info",
  reason: "QEMU's documentation has two blanks between sentences.",
  bad: "##\n# @Ab:\n#\n# One e.g. two. Three.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# One e.g. two.  Three.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  editsDocs: true,
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
  editsDocs: true,
  *check({ documented }): Generator<LintProblem> {
    for (const each of documented) yield* badIndents(each);
  },
};

/** How far a description's other lines are indented. */
const INDENT = 4;

/** The first line that continues a description decides for the others. */
function* badIndents({ definition, lines }: DocumentedDefinition): Generator<LintProblem> {
  let isFirst = false;
  for (const [i, line] of lines.entries()) {
    if (opensSection(line)) {
      isFirst = true;
      continue;
    }
    const own = indentation(line.text);
    if (line.text === "" || !isFirst) continue;
    isFirst = false;
    if (own === 0 || own === INDENT) continue;
    const next = lines.findIndex((each, at) => at > i && each.text !== "" && indentation(each.text) === 0);
    const fix = lines
      .slice(i, next === -1 ? lines.length : next)
      .flatMap((each) => moved(each, INDENT - own));
    yield {
      definition,
      at: spanIn(line, 0, own),
      message: `the text is indented by ${own}, not by ${INDENT}`,
      fix,
    };
  }
}

function opensSection({ text }: DocLine): boolean {
  return /^@[^:]*:/.test(text) || /^(?:Returns|Errors|Since|TODO):/.test(text);
}

/** A line's text moved right, or left as far as it goes. */
function moved(line: DocLine, by: number): TextEdit[] {
  if (line.text === "") return [];
  if (by > 0) return [{ at: spanIn(line, 0, 0), text: " ".repeat(by) }];
  const less = Math.min(-by, indentation(line.text));
  return less === 0 ? [] : [{ at: spanIn(line, 0, less), text: "" }];
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
      let laidOut: ((offset: number) => readonly TextEdit[]) | undefined;
      for (const { text, start } of linesOf(file)) {
        if (text.startsWith("#") || codePoints(text) <= CODE_WIDTH) continue;
        laidOut ??= layoutOf(file, {});
        const at = { file, start, end: start + text.length };
        yield {
          at,
          message: `the line is ${codePoints(text)} columns wide, ${CODE_WIDTH} are the most`,
          fix: laidOut(start),
        };
      }
    }
  },
};

/** For offsets that only grow, what lays out the part of a file there; nothing where that makes no difference. */
function layoutOf(file: SourceFile, options: FormatOptions): (offset: number) => readonly TextEdit[] {
  const { parts } = formatParts(file.text, options);
  let index = 0;
  return (offset) => {
    while ((parts[index]?.unit.end ?? Infinity) <= offset) index++;
    const part = parts[index];
    if (part === undefined || offset < part.unit.start) return [];
    const { start, end } = part.unit;
    const text = part.lines.join("\n");
    return text === file.text.slice(start, end) ? [] : [{ at: { file, start, end }, text }];
  };
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
