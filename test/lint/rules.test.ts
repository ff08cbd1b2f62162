import { describe, expect, it } from "vitest";
import { SchemaCompiler } from "../../src/qapi/index.js";
import { lintSchema, type LintFinding } from "../../src/lint/lint-schema.js";
import type { LintLevel } from "../../src/lint/rule.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { applyFixes } from "../../src/lint/apply-fixes.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { memoryHost } from "../support/memory-host.js";

/** Files that the examples may include. */
const others = {
  "other.json": "{ 'enum': 'Other', 'data': [ 'a' ] }\n",
  "user.json": "{ 'struct': 'User', 'data': { 'a': 'Other' } }\n",
};
/** A record that knows one command. */
const record = {
  disprovesSince: (path: string, said: string) =>
    path === "query-status" && said === "99.0" ? "6.2" : undefined,
};

function lint(files: Readonly<Record<string, string>>, levels: ReadonlyMap<string, LintLevel | "off">) {
  const { schema, diagnostics, ...compilation } = new SchemaCompiler({ host: memoryHost(files) }).compile(
    "main.json",
  );
  expect(diagnostics).toEqual([]);
  return {
    schema: schema!,
    findings: lintSchema({ schema, diagnostics, ...compilation }, schema!, { levels, record }),
  };
}

const only = (id: string) =>
  new Map(lintRules.map((rule) => [rule.id, rule.id === id ? rule.proposed : "off"] as const));
const all = new Map(lintRules.map((rule) => [rule.id, rule.proposed] as const));
const shown = ({ rule, message, at }: LintFinding) => `${at.file.line(at.start)} ${rule}: ${message}`;

describe("lint rules", () => {
  it.each(lintRules)("$id finds its example, and nothing in the good one", ({ id, bad, good }) => {
    expect(lint({ "main.json": bad, ...others }, only(id)).findings.map(({ rule }) => rule)).toContain(id);
    expect(lint({ "main.json": good, ...others }, only(id)).findings.map(shown)).toEqual([]);
  });

  it.each(lintRules)("$id gives a reason in sentences", ({ reason }) => {
    expect(reason).toMatch(/^[A-Z'@].*\.$/s);
  });

  it.each(lintRules)("$id: what it mends is mended at once, and means the same", ({ id, bad }) => {
    const files = { "main.json": bad, ...others };
    const { schema, findings } = lint(files, only(id));
    const mendable = findings.filter(({ fix }) => fix.length > 0);
    const fixed = Object.fromEntries(applyFixes(findings).map(({ file, text }) => [file.path, text]));
    const after = lint({ ...files, ...fixed }, only(id));
    expect(after.findings).toHaveLength(findings.length - mendable.length);
    // A tag that was a paragraph, and blanks in prose, are what is mended there.
    if (!id.startsWith("doc-")) expect(dumpSchema(after.schema)).toBe(dumpSchema(schema));
  });

  it("stand at the first line of the comment, or at their own", () => {
    const text = "##\n# @Ab:\n#\n# @x-a: @nothing\n##\n{ 'struct': 'Ab',\n  'data': { 'x-a': 'int' } }\n";
    expect(lint({ "main.json": text }, new Map()).findings.map(shown)).toEqual([
      "1 doc-since-missing: 'Ab' does not say since when it is there",
      "1 unused-type: no command or event reaches 'Ab'",
      "4 doc-ref-unknown: '@nothing' names nothing of 'Ab' and no definition",
      "7 x-prefix-without-unstable: member 'x-a' is not marked unstable",
    ]);
  });
});

describe("ignores", () => {
  const definition = "{ 'enum': 'Ab', 'data': [] }\n";
  const unused = new Map([...only("unused-type"), ["lint-ignore", "warn"] as const]);
  it.each([
    ["above a definition", `# x\n\n# lint-ignore unused-type: for the command line\n${definition}`, []],
    ["above its comment", `# x\n\n# lint-ignore unused-type: why\n##\n# @Ab:\n##\n${definition}`, []],
    [
      "with a blank line between",
      `# x\n\n# lint-ignore unused-type: why\n\n##\n# @Ab:\n##\n${definition}`,
      [],
    ],
    ["for the file", `# lint-ignore unused-type: why\n\n${definition}{ 'enum': 'Bc', 'data': [] }\n`, []],
    [
      "for one definition, not the next",
      `# x\n\n# lint-ignore unused-type: why\n${definition}{ 'enum': 'Bc', 'data': [] }\n`,
      ["5 unused-type: no command or event reaches 'Bc'"],
    ],
    [
      "without a reason",
      `# lint-ignore unused-type\n${definition}`,
      [
        "1 lint-ignore: the ignore of unused-type gives no reason",
        "2 unused-type: no command or event reaches 'Ab'",
      ],
    ],
    [
      "of nothing",
      "# lint-ignore unused-type: why\n{ 'command': 'c' }\n",
      ["1 lint-ignore: there is no finding of unused-type to ignore here"],
    ],
    [
      "of no rule",
      "# lint-ignore unused-typo: why\n{ 'command': 'c' }\n",
      ["1 lint-ignore: 'unused-typo' is no rule"],
    ],
  ])("%s", (_, text, findings) => {
    expect(lint({ "main.json": text }, unused).findings.map(shown)).toEqual(findings);
  });
});

describe("all rules at once", () => {
  it("do not mind a schema without anything", () => {
    expect(lint({ "main.json": "" }, all).findings).toEqual([]);
  });
});
