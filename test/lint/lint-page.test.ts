import { format } from "prettier";
import { expect, it } from "vitest";
import { lintSchema } from "../../src/lint/lint-schema.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { SchemaCompiler } from "../../src/qapi/index.js";
import { memoryHost } from "../support/memory-host.js";

const intro = `# Linting schemas

<!-- Made from src/lint/rules; \`npx vitest run test/lint -u\` makes it anew. -->

\`qapi lint SCHEMA…\` holds schemas to rules that a front end does not know, and exits with 100 when it finds something
at or above \`--fail-on\` (\`warn\` unless said otherwise). The levels are \`error\`, \`warn\`, \`info\` and \`off\`.

- \`--rule ID=LEVEL\` sets the level of a rule; \`ID=on\`, or \`ID\` alone, switches one on at the level that it proposes.
  In \`qapi.config.*\` the same stands under \`lint\`: \`{ "lint": { "rules": { "doc-errors-missing": "warn" } } }\`.
- \`--fix\` mends what can be mended without a trace in what \`qapi dump\` prints, and reports the rest. \`--fix-docs\` mends
  documentation too (tags, the form of a "since", blanks, the order of sections); the schema means the same after it.
- \`--reference SCHEMA\` (repeatable) names another schema whose definitions documentation may speak of: QEMU's guest
  agent's speaks of QMP commands, and the other way round.
- \`--format\` is \`pretty\`, \`json\`, \`github\`, \`sarif\`, \`junit\` or \`markdown\`. JSON is an array of
  \`{rule, level, message, file, start, end}\`.
- \`--write-baseline FILE\` lists what is found; with \`--baseline FILE\` that passes, and what is new does not. A finding is
  known by its rule, file and message, so lines may move.

What may well be meant so, as a rule tells from the schema, is told as \`info\` unless the rule's level has been set. Files
outside the main file's folder are shared with another schema: that a type, an exception or a name is of no use there, only
that one can know, and nothing is said of it. Linting several schemas tells what is in files that they share once.

A finding about a definition stands at the first line of its documentation comment, any other at its own line. A line

\`\`\`python
# lint-ignore RULE: the reason
\`\`\`

above a definition, or above its documentation comment, lets what the rule finds in it pass; at the top of a file and
followed by an empty line, what it finds in the file. One without a reason, or with nothing to ignore, is itself a finding
(\`lint-ignore\`).

Only a schema's source can be linted: what \`query-qmp-schema\` returns has neither documentation nor places.

## What it finds in QEMU 10.2.2

The recommended set, looked through by hand. Of the main schema's 816 findings 64 are more than hints, and 60 of these are
real:

| rule | findings | real | the others |
| --- | --- | --- | --- |
| doc-example-invalid | 20 | 20 | |
| doc-since-missing | 14 | 14 | 4 of them since the tag is misspelt |
| doc-ref-unknown | 13 | 11 | values of an enumeration that the comment does not name |
| doc-tag-misspelt | 4 | 4 | |
| deprecated-without-replacement | 3 | 3 | |
| doc-section-order, doc-xref-unknown, since-is-wrong, x-prefix-without-unstable | 2 each | 6 | \`doc-xref-unknown\`: commands of the guest agent, known with \`--reference\` |
| doc-indent, pragma-exception-unused | 1 each | 2 | |

The hints are what QEMU lets pass by pragmas (410 members without a description, of which 60 were looked at; 247 names; 5
returned values), one command without checked arguments, 59 documented types that no client reaches, 29 names
that a definition near by has, and the label of an index.
`;

const fence = (text: string): string => "```python\n" + text + "```\n";

/** How the example of a rule is mended, in a sentence. */
function fixedBy(id: string, editsDocs: boolean, bad: string): string {
  const host = memoryHost({ "main.json": bad });
  const compilation = new SchemaCompiler({ host }).compile("main.json");
  const { schema } = compilation;
  const levels = new Map([[id, "warn"] as const]);
  const findings = schema === undefined ? [] : lintSchema(compilation, schema, { levels });
  const isFixed = findings.some(({ rule, fix }) => rule === id && fix.length > 0);
  return isFixed ? ` Mended by \`--fix${editsDocs ? "-docs" : ""}\`.` : "";
}

it("docs/lint.md is made from the rules", async () => {
  const rules = lintRules.map(({ id, level, proposed, reason, bad, good, editsDocs = false }) =>
    [
      `### ${id}`,
      (level === "off" ? `Off; proposed: \`${proposed}\`.` : `\`${level}\`.`) + fixedBy(id, editsDocs, bad),
      reason,
      "Found:",
      fence(bad),
      "Not found:",
      fence(good),
    ].join("\n\n"),
  );
  const page = [intro, "## Rules", ...rules].join("\n\n");
  await expect(await format(page, { parser: "markdown", printWidth: 110 })).toMatchFileSnapshot(
    "../../docs/lint.md",
  );
});
