import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocRules } from "../../../src/diagnostic/problems.js";
import type { DocComment } from "../../../src/qapi/ast/doc.js";
import { load } from "../load/load-text.js";

/** A doc comment made of lines without their `# `, and a definition after it. */
function schema(lines: readonly string[]): string {
  return [
    "##",
    ...lines.map((line) => `# ${line}`.trimEnd()),
    "##",
    "{ 'struct': 'Foo', 'data': {} }",
    "",
  ].join("\n");
}

function read(lines: readonly string[], docRules: DocRules = "strict"): DocComment {
  const { docs, qemu } = load(schema(lines), {}, docRules);
  expect(qemu).toBe("");
  expect(docs).toHaveLength(1);
  return docs[0]!;
}

/** Sections as `[kind or name, text]`. */
function sections(doc: DocComment): string[][] {
  return doc.sections.map(({ kind, name, heading, text }) => [
    [kind, name, heading].filter((word) => word !== undefined).join(" "),
    text,
  ]);
}

describe("a definition's doc comment", () => {
  test("has an overview, even if there is none", () => {
    const doc = read(["@Foo:"]);
    expect(doc.symbol).toBe("Foo");
    expect(sections(doc)).toEqual([["plain", ""]]);
  });

  test("has every kind of section, in the order of the text", () => {
    const doc = read([
      "@Foo:",
      "",
      "An overview",
      "of two lines.",
      "",
      "",
      "And more.",
      "",
      "@a: first",
      "@b:",
      "    second",
      "",
      "    goes on",
      "",
      "Features:",
      "",
      "@c: third",
      "",
      "Returns: nothing",
      "",
      "Errors:",
      "    - some",
      "      day",
      "",
      "Since:   1.0",
      "",
      "TODO: much",
      "",
      "Unindented text.",
    ]);
    expect(sections(doc)).toEqual([
      ["plain", "An overview\nof two lines.\n\nAnd more."],
      ["member a", "first"],
      ["member b", "    second\n\n    goes on"],
      ["feature c", "third"],
      ["returns", "nothing"],
      ["errors", "    - some\n      day"],
      ["since", "1.0"],
      ["todo", "much"],
      ["plain", "Unindented text."],
    ]);
  });

  test.each<[string, string[], string[][]]>([
    [
      "a tag inside a paragraph is text",
      ["@Foo:", "text", "@a: b", "Since: 1"],
      [["plain", "text\n@a: b\nSince: 1"]],
    ],
    ["a tag with two colons is text", ["@Foo:", "Since:: 1"], [["plain", "Since:: 1"]]],
    ["an unknown tag is text", ["@Foo:", "Until: 1"], [["plain", "Until: 1"]]],
    ["`Features:` with text is text", ["@Foo:", "Features: @a"], [["plain", "Features: @a"]]],
    [
      "names may be anything but a colon",
      ["@Foo:", "@a b-c: d: e"],
      [
        ["plain", ""],
        ["member a b-c", "d: e"],
      ],
    ],
    [
      "TODO may stand twice",
      ["@Foo:", "TODO: a", "TODO: b"],
      [
        ["plain", ""],
        ["todo", "a"],
        ["todo", "b"],
      ],
    ],
    [
      "a name ends an indented text",
      ["@Foo:", "@a: x", "    y", "@b: z"],
      [
        ["plain", ""],
        ["member a", "x\n    y"],
        ["member b", "z"],
      ],
    ],
    [
      "a deeper second line",
      ["@Foo:", "@a: x", "  y", "    z"],
      [
        ["plain", ""],
        ["member a", "x\n  y\n    z"],
      ],
    ],
    [
      "less indentation further down ends it",
      ["@Foo:", "@a: x", "    y", "    z", "  w"],
      [
        ["plain", ""],
        ["member a", "x\n    y\n    z"],
        ["plain", "  w"],
      ],
    ],
    [
      "less indentation after a blank line too",
      ["@Foo:", "@a: x", "    y", "", "  w"],
      [
        ["plain", ""],
        ["member a", "x\n    y"],
        ["plain", "  w"],
      ],
    ],
    ["white space at the end goes", ["@Foo:", "text \t\u3000"], [["plain", "text"]]],
    ["white space at the start stays", ["@Foo:", "  text"], [["plain", "  text"]]],
  ])("%s", (_, lines, expected) => {
    expect(sections(read(lines))).toEqual(expected);
  });

  test("blank lines and indentation of the comment marks do not matter", () => {
    const { docs, qemu } = load("##\n\n  # @Foo:\n\t# text\n##\n{}");
    expect(qemu).toBe("");
    expect(sections(docs[0]!)).toEqual([["plain", "text"]]);
  });

  test("knows its place and those of its sections", () => {
    const { docs } = load("# x\n##\n# @Foo:\n#\n# text\n#\n# @a: b\n#     c\n##\n{}");
    const { span, sections } = docs[0]!;
    expect(span.file.text.slice(span.start, span.end)).toMatch(/^##\n# @Foo:[^]*c\n##$/);
    expect(sections.map((section) => span.file.text.slice(section.span.start, section.span.end))).toEqual([
      "# text",
      "# @a: b\n#     c",
    ]);
  });
});

test("a comment mark may stand further to the right", () => {
  const line = fc.constantFrom(
    "",
    "",
    "    text",
    "    text  ",
    "      deeper",
    "  less",
    "none",
    "    One. Two",
    `    ${"x".repeat(63)}`,
    `    ${"x".repeat(64)}`,
    `    ${"x".repeat(65)}`,
    "    ::",
    ".. qmp-example::",
    "@b: c",
    "    x\u3000",
    "    y\u0085",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      // Lines with the mark in front are read in a quicker way.
      const text = (lead: string): string =>
        `##\n# @Foo:\n#\n# @a: b\n${lines.map((each) => `${lead}# ${each}\n`).join("")}##\n{}\n`;
      for (const docRules of ["strict", "lenient"] as const) {
        const [quick, slow] = [load(text(""), {}, docRules), load(text(" "), {}, docRules)];
        expect(quick.docs.map(sections)).toEqual(slow.docs.map(sections));
        const told = ({ problems }: typeof quick): unknown =>
          problems.map(({ code, span }) => [code, span.file.line(span.start)]);
        expect(told(quick)).toEqual(told(slow));
      }
    }),
    { numRuns: 300 },
  );
});

describe("a free-form doc comment", () => {
  test("is one plain section", () => {
    const { docs } = load("##\n# = Title\n#\n# Text\n#\n# Since: 1\n##\n");
    expect(docs[0]!.symbol).toBeUndefined();
    expect(sections(docs[0]!)).toEqual([["plain", "= Title\n\nText\n\nSince: 1"]]);
  });

  test("may be empty, and names after the first line do not count", () => {
    const { docs } = load("##\n##\n##\n#\n# text\n##\n");
    expect(docs.map(({ symbol }) => symbol)).toEqual([undefined, undefined]);
  });
});

describe("problems of doc comments", () => {
  test.each<[string, string, string]>([
    ["junk at the start", "##x\n# y\n##", "1:1: junk after '##' at start of documentation comment"],
    ["a space at the start", "## \n##", "1:1: junk after '##' at start of documentation comment"],
    ["junk at the end", "##\n# y\n## ", "3:1: junk after '##' at end of documentation comment"],
    ["no end", "##\n# y\n{}", "3:1: documentation comment must end with '##'"],
    ["no end before the end of the file", "##\n# y", "2:4: documentation comment must end with '##'"],
    ["no space", "##\n#y\n##", "2:1: missing space after #"],
    ["a tab for a space", "##\n#\ty\n##", "2:1: missing space after #"],
    ["a name without colon", "##\n# @Foo\n##", "2:1: line should end with ':'"],
    ["a name with text", "##\n# @Foo: bar\n##", "2:1: line should end with ':'"],
    ["no name", "##\n# @:\n##", "2:1: name required after '@'"],
    [
      "a member in free form",
      "##\n# x\n# @Foo: y\n##",
      "3:1: '@Foo:' not allowed in free-form documentation",
    ],
    [
      "no definition at the end",
      "##\n# @Foo:\n##\n\n",
      "1: documentation for 'Foo' is not followed by the definition",
    ],
    [
      "another comment first",
      "##\n# @Foo:\n##\n##\n#x\n##",
      "1: documentation for 'Foo' is not followed by the definition",
    ],
    [
      "an include first",
      "##\n# @Foo:\n##\n{ 'include': 'x' }",
      "1: documentation for 'Foo' is not followed by the definition",
    ],
    [
      "a pragma first",
      "##\n# @Foo:\n##\n{ 'pragma': 'x' }",
      "1: documentation for 'Foo' is not followed by the definition",
    ],
    ["free form before a definition", "\n##\n# x\n##\n{}", "2: definition documentation required"],
    [
      "features twice",
      "##\n# @Foo:\n# Features:\n# @a: b\n# Features:\n##",
      "5:1: duplicated 'Features:' line",
    ],
    ["no features", "##\n# @Foo:\n# Features:\n# a: b\n##", "4:1: feature descriptions expected"],
    ["no features at the end", "##\n# @Foo:\n# Features:\n#\n##", "5:1: feature descriptions expected"],
    [
      "a member after a section",
      "##\n# @Foo:\n# Since: 1\n# @a: b\n##",
      "4:1: description of '@a:' follows a section",
    ],
    [
      "a member after features",
      "##\n# @Foo:\n# Features:\n# @f: x\n#\n# Text\n#\n# @a: b\n##",
      "8:1: description of '@a:' follows a section",
    ],
    ["a section twice", "##\n# @Foo:\n# Since: 1\n# Since: 2\n##", "4: duplicated 'Since' section"],
    ["no member name", "##\n# @Foo:\n# @: x\n##", "3: invalid parameter name"],
    ["a member twice", "##\n# @Foo:\n# @a: x\n# @a: y\n##", "4: 'a' parameter name duplicated"],
    ["a feature twice", "##\n# @Foo:\n# Features:\n# @a: x\n# @a: y\n##", "5: 'a' parameter name duplicated"],
    ["no text for a member", "##\n# @Foo:\n# @a:\n#\n# @b: x\n##", "3: text required after 'Member:'"],
    ["no text for a feature", "##\n# @Foo:\n# Features:\n# @a:\n##", "4: text required after 'Feature:'"],
    ["no text for a section", "##\n# @Foo:\n# TODO:\n##", "3: text required after 'Todo:'"],
    ["a stray token comes before missing text", "##\n# @Foo:\n# TODO:\n##\n1", "5:1: stray '1'"],
    [
      "missing text comes before a wrong token",
      "##\n# @Foo:\n# TODO:\n##\n}",
      "3: text required after 'Todo:'",
    ],
    [
      "an old note",
      "##\n# @Foo:\n# Note: x\n##",
      "3:1: The 'Note' section is no longer supported. Please use rST's '.. note::' or '.. admonition:: notes' directives, or another suitable admonition instead.",
    ],
    [
      "an old example",
      "##\n# @Foo:\n# Examples:\n##",
      "3:1: The 'Examples' section is no longer supported. Please use the '.. qmp-example::' directive, or other suitable markup instead.",
    ],
    [
      "less indentation",
      "##\n# @Foo:\n# @a: x\n#     y\n#   z\n##",
      "5:1: unexpected de-indent (expected at least 4 spaces)",
    ],
    ["a line inside that is no comment", "##\n# @Foo:\nx\n##", "3:1: stray 'x'"],
  ])("%s", (_, text, expected) => {
    expect(load(text).qemu).toBe(`s.json:${expected}`);
  });
});

describe("prose", () => {
  const tooLong = "documentation line longer than 70 characters";
  const spacing = "Use two spaces between sentences\nIf this not the end of a sentence, please report a bug.";

  test.each<[string, string, string]>([
    ["68 characters", "x".repeat(68), ""],
    ["69 characters", "x".repeat(69), `2:1: ${tooLong}`],
    ["68 characters beyond 16 bits", "😀".repeat(68), ""],
    ["white space at the end", "x".repeat(68) + " ".repeat(9), ""],
    ["a long URL", `  https://x.org/${"x".repeat(70)}`, ""],
    ["a long URL with text", `https://x.org/${"x".repeat(70)} x`, `2:1: ${tooLong}`],
    ["one space", "One. Two", `2:7: ${spacing}`],
    ["one space after a question", "  One? (Two)", `2:9: ${spacing}`],
    ["two spaces", "One.  Two", ""],
    ["no capital", "One. two", ""],
    ["e.g.", "See e.g. Two", ""],
    ["something that only ends in e.g.", "See the.g. Two", `2:13: ${spacing}`],
    ["a numbered item", "  1. Two", ""],
    ["an item with two digits", "12. Two", `2:6: ${spacing}`],
    ["both problems", `One. ${"X".repeat(70)}`, `2:1: ${tooLong}`],
  ])("%s", (_, line, expected) => {
    const { qemu } = load(`##\n# ${line}\n##\n`);
    expect(qemu).toBe(expected && `s.json:${expected}`);
  });

  test("the column is counted as if the comment mark started the line", () => {
    expect(load("##\n    # One. Two\n##\n").qemu).toBe(`s.json:2:7: ${spacing}`);
  });

  test.each<[string, string[], boolean]>([
    ["a literal block", ["::", "", "  One. Two"], true],
    ["a literal block's second line", ["::", "", "  One. Two", "    One. Two", "", "  One. Two"], true],
    ["after less indentation", ["::", "", "  x", " One. Two"], false],
    ["an example", [".. qmp-example::", "", "  One. Two"], true],
    ["another directive", [".. note::", "", "  One. Two"], false],
    ["a paragraph that ends in two colons", ["Text::", "", "  One. Two"], false],
    ["an unindented literal block goes on", ["::", "One. Two", "  x", "y", "One. Two"], false],
  ])("%s", (_, lines, passes) => {
    expect(load(`##\n${lines.map((line) => `# ${line}\n`).join("")}##\n`).qemu === "").toBe(passes);
  });

  test("a literal block ends with its comment", () => {
    expect(load("##\n# ::\n#\n#   x\n##\n##\n# One. Two\n##\n").qemu).toBe(`s.json:7:7: ${spacing}`);
  });

  test("all lines are reported, each once", () => {
    const { problems } = load("##\n# One. Two. Three\n# One. Two\n##\n");
    expect(problems.map(({ span }) => span.file.line(span.start))).toEqual([2, 3]);
  });
});

describe("lenient rules", () => {
  test.each<[string, string[], string[][]]>([
    [
      "long lines and single spaces",
      ["@Foo:", `One. Two ${"x".repeat(70)}`],
      [["plain", `One. Two ${"x".repeat(70)}`]],
    ],
    [
      "a note on the tag's line",
      ["@Foo:", "Note: x", "      y", "", "Text"],
      [
        ["plain", ""],
        ["plain Note", "x\n      y"],
        ["plain", "Text"],
      ],
    ],
    [
      "notes",
      ["@Foo:", "Notes: x", "Since: 1"],
      [
        ["plain", ""],
        ["plain Notes", "x"],
        ["since", "1"],
      ],
    ],
    [
      "an example goes on to the next tag",
      ["@Foo:", "Example:", "", "-> { }", "", "<- { }", "", "Since: 1"],
      [
        ["plain", ""],
        ["plain Example", "-> { }\n\n<- { }"],
        ["since", "1"],
      ],
    ],
    [
      "an indented example",
      ["@Foo:", "Examples:", "", "  -> { }", "", "Text"],
      [
        ["plain", ""],
        ["plain Examples", "  -> { }"],
        ["plain", "Text"],
      ],
    ],
    [
      "aligned text",
      ["@Foo:", "@a: x", "     y", "   z", "@b: w"],
      [
        ["plain", ""],
        ["member a", "x\n     y\n   z"],
        ["member b", "w"],
      ],
    ],
    [
      "unindented text right below a name",
      ["@Foo:", "@a:", "* x", "  y", "* z", "@b: w", "", "Since: 1"],
      [
        ["plain", ""],
        ["member a", "* x\n  y\n* z"],
        ["member b", "w"],
        ["since", "1"],
      ],
    ],
    [
      "which ends at a blank line with unindented text after it",
      ["@Foo:", "@a:", "x", "", "  y", "", "Text."],
      [
        ["plain", ""],
        ["member a", "x\n\n  y"],
        ["plain", "Text."],
      ],
    ],
    [
      "and at features, whose text may be unindented too",
      ["@Foo:", "@a:", "x", "Features:", "@f:", "y", "Since: 1"],
      [
        ["plain", ""],
        ["member a", "x"],
        ["feature f", "y"],
        ["since", "1"],
      ],
    ],
    [
      "unindented text below a tag, up to the next",
      ["@Foo:", "Returns:", "- x", "", "- y", "", "Text.", "TODO:", "", "z", "Note: w"],
      [
        ["plain", ""],
        ["returns", "- x\n\n- y\n\nText."],
        ["todo", "z"],
        ["plain Note", "w"],
      ],
    ],
  ])("%s", (_, lines, expected) => {
    expect(sections(read(lines, "lenient"))).toEqual(expected);
    const [first] = load(schema(lines)).problems;
    expect(first!.lenient).toBe(true);
  });

  test("what is not indented is told from what is not there", () => {
    const text = "##\n# @Foo:\n# @a:\n# x\n#\n# @b:\n#\n# y\n#\n# Returns:\n# z\n##\n{}";
    const { problems, qemu } = load(text);
    expect(qemu).toBe("s.json:6:1: description of '@b:' follows a section");
    expect(problems.map(({ code, message, lenient }) => [code, message, lenient])).toEqual([
      ["doc-member-after-section", "description of '@b:' follows a section", true],
      ["doc-section-unindented", "text required after '@a:' on its line, or indented below it", true],
      ["doc-section-empty", "text required after '@b:'", false],
      ["doc-section-unindented", "text required after 'Returns:' on its line, or indented below it", true],
    ]);
  });

  test.each<[string, string]>([
    ["structure", "##\n# @Foo:\n# Since: 1\n# @a: b\n##\n{}"],
    ["missing text", "##\n# @Foo:\n# Since:\n##\n{}"],
    ["missing text before a tag", "##\n# @Foo:\n# Returns:\n# Since: 1\n##\n{}"],
    ["text set apart from a name", "##\n# @Foo:\n# @a:\n#\n# - x\n##\n{}"],
    ["missing space", "##\n#x\n##\n"],
  ])("do not let pass: %s", (_, text) => {
    expect(load(text, {}, "lenient").qemu).toBe(load(text).qemu);
    expect(load(text).problems[0]!.lenient).toBe(false);
  });
});
