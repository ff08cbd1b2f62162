/** The reference page of problems, made from the catalogue. */
import { format } from "prettier";
import type { Diagnostic } from "../../../src/diagnostic/diagnostic.js";
import { docProblems } from "../../../src/diagnostic/catalogue/doc.js";
import { expressionProblems } from "../../../src/diagnostic/catalogue/expression.js";
import { hxProblems } from "../../../src/diagnostic/catalogue/hx.js";
import { loadProblems } from "../../../src/diagnostic/catalogue/load.js";
import { parseProblems } from "../../../src/diagnostic/catalogue/parse.js";
import type { Catalogue, Example, ProblemKind } from "../../../src/diagnostic/catalogue/problem-kind.js";
import { schemaProblems } from "../../../src/diagnostic/catalogue/schema.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { compileText } from "../compile-text.js";

const chapters: readonly (readonly [string, Catalogue])[] = [
  ["Syntax", parseProblems],
  ["Files and directives", loadProblems],
  ["Doc comments", docProblems],
  ["Definitions by themselves", expressionProblems],
  ["Definitions together", schemaProblems],
  ["Command tables", hxProblems],
];

const intro = `# Problems that qapi reports

<!-- Made from src/diagnostic/catalogue; \`npx vitest run test/qapi/conformance -u\` makes it anew. -->

Every problem has a code, which never changes its meaning; the pretty form shows it in brackets and
\`--diagnostics=json\` as \`code\`. The words are those of QEMU's own front end where it has any. Problems
marked *lenient* pass under \`--doc-rules=lenient\`.
`;

/** The page as it belongs in docs/diagnostics.md. */
export async function diagnosticsPage(): Promise<string> {
  const body = chapters.map(
    ([title, problems]) =>
      `## ${title}\n\n${Object.entries(problems)
        .map(([code, kind]) => describeKind(code, kind))
        .join("\n")}`,
  );
  return format([intro, ...body].join("\n"), { parser: "markdown", printWidth: 110 });
}

function describeKind(code: string, { title, explanation, lenient, bad, good }: ProblemKind): string {
  const parts = [`### ${code}`, `**${title}**${lenient === true ? " (*lenient*)" : ""}`, explanation];
  if (bad !== undefined) {
    const { diagnostics } = compileText(bad);
    parts.push("Wrong:", show(bad), "What is said:", fence("text", renderQemu(diagnostics.map(inOurWords))));
    if (diagnostics[0]?.qemu) parts.push("What QEMU says:", fence("text", renderQemu(diagnostics)));
  }
  if (good !== undefined) parts.push("Right:", show(good));
  return parts.join("\n\n") + "\n";
}

/** A problem in the form of QEMU's messages, whatever QEMU says of it. */
function inOurWords(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, qemu: undefined };
}

function show(example: Example): string {
  if (typeof example === "string") return fence("python", example);
  return Object.entries(example)
    .map(([path, text]) => `\`${path}\`:\n\n${fence("python", text)}`)
    .join("\n\n");
}

/** Python's colours suit the schema language: strings in single quotes, comments after a hash. */
function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
