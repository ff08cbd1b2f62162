import { format } from "prettier";
import { expect, it } from "vitest";
import { lintRules } from "../../src/lint/rules/index.js";

const intro = `# Linting schemas

<!-- Made from src/lint/rules; \`npx vitest run test/lint -u\` makes it anew. -->

\`qapi lint SCHEMA…\` holds schemas to rules that a front end does not know, and exits with 100 when it finds something
at or above \`--fail-on\` (\`warn\` unless said otherwise). The levels are \`error\`, \`warn\`, \`info\` and \`off\`.

- \`--rule ID=LEVEL\` sets the level of a rule; \`ID=on\`, or \`ID\` alone, switches one on at the level that it proposes.
  In \`qapi.config.*\` the same stands under \`lint\`: \`{ "lint": { "rules": { "doc-errors-missing": "warn" } } }\`.
- \`--fix\` mends what can be mended without changing what the schema means, and reports the rest.
- \`--format\` is \`pretty\`, \`json\`, \`github\`, \`sarif\`, \`junit\` or \`markdown\`. JSON is an array of
  \`{rule, level, message, file, start, end}\`.
- \`--write-baseline FILE\` lists what is found; with \`--baseline FILE\` that passes, and what is new does not. A finding is
  known by its rule, file and message, so lines may move.

A finding about a definition stands at the first line of its documentation comment, any other at its own line. A line

\`\`\`python
# lint-ignore RULE: the reason
\`\`\`

above a definition, or above its documentation comment, lets what the rule finds in it pass; at the top of a file and
followed by an empty line, what it finds in the file. One without a reason, or with nothing to ignore, is itself a finding
(\`lint-ignore\`).

Only a schema's source can be linted: what \`query-qmp-schema\` returns has neither documentation nor places.
`;

const fence = (text: string): string => "```python\n" + text + "```\n";

it("docs/lint.md is made from the rules", async () => {
  const rules = lintRules.map(({ id, level, proposed, reason, bad, good }) =>
    [
      `### ${id}`,
      level === "off" ? `Off; proposed: \`${proposed}\`.` : `\`${level}\`.`,
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
