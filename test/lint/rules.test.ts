import { describe, expect, it } from "vitest";
import { SchemaCompiler } from "../../src/qapi/index.js";
import { lintSchema, type LintFinding } from "../../src/lint/lint-schema.js";
import type { LintLevel } from "../../src/lint/rule.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { applyFixes } from "../../src/lint/apply-fixes.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import type { Chronicled } from "../../src/evolution/chronicle.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { memoryHost } from "../support/memory-host.js";

/** Files that the examples may include. */
const others = {
  "other.json": "{ 'enum': 'Other', 'data': [ 'a' ] }\n",
  "user.json": "{ 'struct': 'User', 'data': { 'a': 'Other' } }\n",
};
/** A record that knows one command. */
const record = {
  disprovesSince: (_: Schema, item: Chronicled, within: Chronicled | undefined, said: string) =>
    item.name === "query-status" && within === undefined && said === "99.0" ? "6.2" : undefined,
};

/** A schema that is fine, compiled. */
function compileText(files: Readonly<Record<string, string>>, main = Object.keys(files)[0] ?? "") {
  const compilation = new SchemaCompiler({ host: memoryHost(files) }).compile(main);
  expect(compilation.diagnostics).toEqual([]);
  return { compilation, schema: compilation.schema! };
}

function lint(files: Readonly<Record<string, string>>, levels: ReadonlyMap<string, LintLevel | "off">) {
  const { compilation, schema } = compileText(files, "main.json");
  return { schema, findings: lintSchema(compilation, schema, { levels, record }) };
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

/** A documented struct with a member, in lines of its comment. */
const struct = (...lines: readonly string[]) =>
  ["##", "# @Ab:", "#", ...lines.map((line) => `# ${line}`.trimEnd()), "##"].join("\n") +
  `\n{ 'struct': 'Ab', 'data': { 'a': 'int' }${lines.includes("Features:") ? ", 'features': [ 'f' ]" : ""} }\n`;
const since = ["", "Since: 9.1"];

describe("what is mended", () => {
  it.each([
    [
      "doc-section-order",
      ["@a: one", "    more", "", "Since: 9.1", "", "Features:", "", "@f: two"],
      ["@a: one", "    more", "", "Features:", "", "@f: two", "", "Since: 9.1"],
    ],
    [
      "doc-section-order",
      ["@a: x", "", "Since: 9.1", "", "Features:", "", "@f: one", "", "    more", "", ".. note:: three"],
      ["@a: x", "", "Features:", "", "@f: one", "", "    more", "", "Since: 9.1", "", ".. note:: three"],
    ],
    ["doc-indent", ["@a: one", "   two", "", "     - three"], ["@a: one", "    two", "", "      - three"]],
    [
      "doc-indent",
      ["@a: one", "       two", "         three", "", "Tail"],
      ["@a: one", "    two", "      three", "", "Tail"],
    ],
    ["doc-since-comment-form", ["@a: one (Since:", "    9.0)"], ["@a: one (since", "    9.0)"]],
    ["doc-since-comment-form", ["@a: one (SINCE 9.0, or so)"], ["@a: one (since 9.0, or so)"]],
    [
      "doc-line-length",
      ["@a: " + "word ".repeat(14) + "end"],
      ["@a: " + "word ".repeat(13).trim(), "    word end"],
    ],
    ["doc-line-length", ["@a: http://" + "w".repeat(80)], ["@a: http://" + "w".repeat(80)]],
  ])("%s: %j", (id, before, after) => {
    const { findings } = lint({ "main.json": struct(...before) }, only(id));
    expect(findings.length).toBeGreaterThan(0);
    const [fixed] = applyFixes(findings);
    expect(fixed?.text ?? struct(...before)).toBe(struct(...after));
  });

  it("leaves sections where text stands between them that may speak of either", () => {
    const text = struct("@a: x", "", "Since: 9.1", "", "Some text.", "", "Features:", "", "@f: one");
    const { findings } = lint({ "main.json": text }, only("doc-section-order"));
    expect(findings.map(({ fix }) => fix)).toEqual([[]]);
  });
});

describe("single rules", () => {
  it.each([
    ["doc-since-earlier-than-definition", ["@a: one (Since 2.4 (there), 3.1 (here))", ...since], 1],
    ["doc-since-earlier-than-definition", ["@a: one (since Linux 2.4)", ...since], 0],
    ["doc-since-comment-form", ["@a: one (since 9.1 for some, 9.2 for the rest)", ...since], 0],
    ["doc-since-comment-form", ["@a: what came (since", "    it was late)", ...since], 0],
    ["doc-two-spaces", ["@a: 1. One", "", "    2. Two", ...since], 0],
    ["doc-ref-unknown", ['@a: any of "@b", me@b.org, ``@b``, and @a', ...since], 0],
    ["deprecated-without-replacement", ["@a: x", "", "Features:", "", "@f: y", ...since], 0],
  ] as const)("%s on %j: %i", (id, lines, count) => {
    expect(lint({ "main.json": struct(...lines) }, only(id)).findings).toHaveLength(count);
  });

  it.each([
    ["Use @b instead.", 0],
    ["It has no effect.", 0],
    ["This is deprecated with no replacement yet.", 0],
    ["False is the default.", 0],
    ["Member @a is deprecated.", 1],
    ["Deprecated as being part of what was already removed.", 1],
  ])("deprecation with the words '%s': %i", (words, count) => {
    const text = `##\n# @c:\n#\n# Features:\n#\n# @deprecated: ${words}\n##\n{ 'command': 'c', 'features': [ 'deprecated' ] }\n`;
    expect(lint({ "main.json": text }, only("deprecated-without-replacement")).findings).toHaveLength(count);
  });

  const user =
    "##\n# @Cd:\n#\n# @e: at times @on, @two-words or @word\n##\n{ 'struct': 'Cd', 'data': { 'e': 'Ef' } }\n" +
    "{ 'enum': 'Ef', 'data': [ 'on' ] }\n{ 'struct': 'Gh', 'data': { 'word': 'int', 'two-words': 'int' } }\n";
  it("tell what is elsewhere as info, unless a level is set", () => {
    const levelsOf = (levels: ReadonlyMap<string, LintLevel>) =>
      lint({ "main.json": user }, levels)
        .findings.filter(({ rule }) => rule === "doc-ref-unknown")
        .map(({ level, message }) => `${level} ${message}`);
    expect(levelsOf(new Map())).toEqual([
      "info '@on' is nothing of 'Cd', but of 'Ef'",
      "info '@two-words' is nothing of 'Cd', but of 'Gh'",
      "warn '@word' names nothing of 'Cd' and no definition",
    ]);
    const set = levelsOf(new Map([["doc-ref-unknown", "error"]]));
    expect(set.every((each) => each.startsWith("error "))).toBe(true);
  });

  it("suggest names, but not the name itself", () => {
    const text = struct("@a: like @sise", "", "@size: one", ...since).replace(
      "'a': 'int'",
      "'a': 'int', 'size': 'int'",
    );
    const [finding] = lint({ "main.json": text }, only("doc-ref-unknown")).findings;
    expect(finding?.help.join()).toBe("did you mean 'size'?");
  });

  it("say nothing of a file of another schema that only that one can know", () => {
    const shared =
      "{ 'pragma': { 'command-name-exceptions': [ 'gone' ] } }\n##\n# @Ij:\n#\n# @nothing `Nothing`\n##\n{ 'enum': 'Ij', 'data': [] }\n";
    const main = "{ 'include': '../shared/s.json' }\n";
    const { compilation, schema } = compileText({ "here/main.json": main, "shared/s.json": shared });
    expect(lintSchema(compilation, schema).map(({ rule }) => rule)).toEqual(["doc-since-missing"]);
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
    ["below its comment", `##\n# @Ab:\n##\n# lint-ignore unused-type: why\n${definition}`, []],
    [
      "for the file, below its head",
      `# x\n\n# lint-ignore unused-type: why\n\n${definition}{ 'enum': 'Bc', 'data': [] }\n`,
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
