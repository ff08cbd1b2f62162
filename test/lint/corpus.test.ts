import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyFixes } from "../../src/lint/apply-fixes.js";
import { lintSchema } from "../../src/lint/lint-schema.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { SchemaCompiler } from "../../src/qapi/index.js";
import { nodeHost } from "../../src/qapi/load/node-host.js";
import { corpus } from "../support/shared-data.js";

const main = join(corpus ?? "", "qemu-10.2.2/qapi/qapi-schema.json");
const levels = new Map(lintRules.map((rule) => [rule.id, rule.proposed] as const));

describe.skipIf(corpus === undefined)("QEMU 10.2.2's schema, linted", () => {
  const compile = (changed: ReadonlyMap<string, string> = new Map()) => {
    const host = { ...nodeHost, read: (path: string) => changed.get(path) ?? nodeHost.read(path) };
    const compilation = new SchemaCompiler({ host, docRules: "strict" }).compile(main);
    return { compilation, schema: compilation.schema! };
  };

  /** Counted by other means with QEMU's own front end, where that can be exact. */
  it("breaks the rules as often as was counted", () => {
    const { compilation, schema } = compile();
    const counts: Record<string, number> = {};
    for (const { rule } of lintSchema(compilation, schema, { levels }))
      counts[rule] = (counts[rule] ?? 0) + 1;
    expect(counts).toMatchObject({
      "doc-since-missing": 14,
      "doc-tag-misspelt": 4,
      "doc-xref-unknown": 3,
      "doc-member-undocumented": 410,
      "doc-errors-missing": 189,
      "doc-example-missing": 77,
      "doc-example-invalid": 20,
      "doc-line-length": 1,
      "doc-indent": 1,
      "code-line-length": 13,
      "name-underscore": 209 + 16,
      "name-uppercase": 22,
      "x-prefix-without-unstable": 2,
      "unused-type": 59,
      "command-gen-false": 1,
      "returns-not-extensible": 5,
      "member-type-any": 5,
      "bool-negative-name": 3,
    });
    expect(counts["doc-since-format"]).toBeUndefined();
    expect(counts["trailing-space"]).toBeUndefined();
  });

  it("means the same when all that can be is mended, the misspelt tags aside", () => {
    const { compilation, schema } = compile();
    const findings = lintSchema(compilation, schema, { levels }).filter(
      ({ rule }) => !rule.startsWith("doc-"),
    );
    const fixed = new Map(applyFixes(findings).map(({ file, text }) => [file.path, text]));
    expect(fixed.size).toBeGreaterThan(3);
    expect(dumpSchema(compile(fixed).schema) === dumpSchema(schema)).toBe(true);
  });
});
