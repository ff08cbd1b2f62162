import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { formatSchema } from "../../src/format/format-schema.js";
import { lintSchema } from "../../src/lint/lint-schema.js";
import { releaseRecord } from "../../src/lint/release-record.js";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { SchemaCompiler } from "../../src/qapi/index.js";

const folder = fileURLToPath(new URL("../../schema/", import.meta.url));

/** Rules that are off and that our own schema keeps all the same. */
const kept = [
  "doc-since-earlier-than-definition",
  "doc-line-length",
  "doc-two-spaces",
  "code-line-length",
  "bool-negative-name",
  "include-unused",
];

it("the shipped schema is clean, whatever is let pass has a reason", async () => {
  const compilation = new SchemaCompiler({ docRules: "strict" }).compile(`${folder}qapi-schema.json`);
  expect(compilation.diagnostics).toEqual([]);
  const levels = new Map(
    lintRules.filter(({ id }) => kept.includes(id)).map(({ id, proposed }) => [id, proposed] as const),
  );
  expect(levels.size).toBe(kept.length);
  const record = releaseRecord(await shippedRecord());
  const findings = lintSchema(compilation, compilation.schema!, { levels, record });
  expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

it.each(readdirSync(folder).filter((name) => name.endsWith(".json")))(
  "the shipped %s is laid out",
  (name) => {
    const text = readFileSync(folder + name, "utf8");
    expect(formatSchema(text)).toBe(text);
  },
);
