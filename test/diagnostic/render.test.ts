import { describe, expect, test } from "vitest";
import { Problems, type ProblemDetails } from "../../src/diagnostic/problems.js";
import { renderJson } from "../../src/diagnostic/render/json.js";
import { renderPretty } from "../../src/diagnostic/render/pretty.js";
import { renderQemu } from "../../src/diagnostic/render/qemu.js";
import { SourceFile, type Span } from "../../src/diagnostic/source.js";

/** The place of the first occurrence of a word. */
function at(file: SourceFile, word: string): Span {
  const start = file.text.indexOf(word);
  return { file, start, end: start + word.length };
}

/** Problems with one duplicate key, at a word of a text. */
function one(text: string, word: string, details: ProblemDetails = {}): Problems {
  const problems = new Problems();
  problems.report("duplicate-key", at(new SourceFile("a.json", text), word), ["k"], details);
  return problems;
}

describe("pretty", () => {
  const lines = (problems: Problems, width?: number): string[] =>
    renderPretty(problems.all, width === undefined ? {} : { width }).split("\n");

  test("nothing", () => {
    expect(renderPretty([])).toBe("");
  });

  test("a problem with everything", () => {
    const main = new SourceFile("main.json", "\n\n{ 'include': 'a.json' }\n");
    const file = new SourceFile("a.json", "{ 'k': 'x',\n  'k': 'y' }\n");
    const problems = new Problems();
    problems.noteInclude(file, at(main, "{"));
    problems.report("duplicate-key", { file, start: 14, end: 17 }, ["k"], {
      within: { meta: "struct", name: "Foo" },
      notes: [{ message: "first given here", span: at(main, "'include'") }],
      help: ["do not"],
    });
    problems.report("include-loop", at(file, "{ 'k'"), ["b.json"]);
    expect(renderPretty(problems.all)).toBe(
      [
        "error[duplicate-key]: duplicate key 'k'",
        "   --> a.json:2:3",
        "   |  in struct 'Foo'",
        "   |  included from main.json:3",
        " 2 |   'k': 'y' }",
        "   |   ^^^",
        "note: first given here",
        "   --> main.json:3:3",
        " 3 | { 'include': 'a.json' }",
        "   |   ^^^^^^^^^",
        "help: do not",
        "",
        "error[include-loop]: inclusion loop for b.json",
        "   --> a.json:1:1",
        "   |  included from main.json:3",
        " 1 | { 'k': 'x',",
        "   | ^^^^^",
        "",
        "2 problems found",
        "",
      ].join("\n"),
    );
  });

  test("an unreadable main file has no frame", () => {
    const problems = new Problems();
    problems.report("unreadable-schema", { file: new SourceFile("x", ""), start: 0, end: 0 }, ["x", "Gone"]);
    expect(renderPretty(problems.all)).toBe(
      "error[unreadable-schema]: can't read schema file 'x': Gone\n\n1 problem found\n",
    );
  });

  test.each<[string, string, string, string, string]>([
    ["tabs", "\t'a'\tXY", "XY", "    'a' XY", "        ^^"],
    ["wide characters", "漢字XY", "XY", "漢字XY", "    ^^"],
    ["a wide mark", "a漢字b", "漢字", "a漢字b", " ^^^^"],
    ["emoji beyond 16 bits", "😀XY", "XY", "😀XY", "  ^^"],
    ["emoji within 16 bits", "⌚✅⭐XY", "XY", "⌚✅⭐XY", "      ^^"],
    ["what is no emoji by itself", "❤✔XY", "XY", "❤✔XY", "  ^^"],
    ["wide letters of other blocks", "〈𛀀🈁XY", "XY", "〈𛀀🈁XY", "      ^^"],
    ["combining characters", "e\u0301XY", "XY", "e\u0301XY", " ^^"],
    ["control characters", "\u001b[31mXY", "XY", "␛[31mXY", "     ^^"],
    ["directions and joiners", "\u202e\u200dXY", "XY", "\ufffd\ufffdXY", "  ^^"],
    ["C1 and line separators", "\u009b\u2028XY", "XY", "\ufffd\ufffdXY", "  ^^"],
    ["more than one line: only the first", "a XY\nb", "XY\nb", "a XY", "  ^^"],
    ["the end of the line", "abc\nd", "\nd", "abc", "   ^"],
  ])("%s", (_, text, word, line, carets) => {
    expect(lines(one(text, word)).slice(2, 4)).toEqual([` 1 | ${line}`, `   | ${carets}`]);
  });

  test("a place at the end of the file", () => {
    const file = new SourceFile("a.json", "{ 'a'");
    const problems = new Problems();
    problems.report("unexpected-token", { file, start: 5, end: 5 }, ["':'"]);
    expect(lines(problems).slice(2, 4)).toEqual([" 1 | { 'a'", "   |      ^"]);
  });

  test.each<[string, string, string, string]>([
    ["at the start", "XY" + "a".repeat(60), "XYaaaaaaaaaaaaaaaa…", "^^"],
    ["in the middle", "a".repeat(60) + "XY" + "b".repeat(60), "…aaaaaaaaaaXYbbbbbb…", "           ^^"],
    ["at the end", "a".repeat(60) + "XY", "…aaaaaaaaaaaaaaaaXY", "                 ^^"],
  ])("long lines are cut: %s", (_, text, line, carets) => {
    expect(lines(one(text, "XY"), 20).slice(2, 4)).toEqual([` 1 | ${line}`, `   | ${carets}`]);
  });

  test("a mark longer than the line is cut with it", () => {
    const [, , line, carets] = lines(one("a".repeat(30) + "X".repeat(1000), "X".repeat(1000)), 20);
    expect(line).toBe(` 1 | …${"a".repeat(10)}${"X".repeat(8)}…`);
    expect(carets).toBe(`   | ${" ".repeat(11)}${"^".repeat(8)}`);
  });

  test("a line as long as a file is no trouble", () => {
    const text = "a".repeat(5_000_000) + "XY" + "b".repeat(5_000_000);
    expect(lines(one(text, "XY"))[2]!.length).toBeLessThan(110);
  });

  test("messages cannot steer the terminal", () => {
    const problems = new Problems();
    problems.report("stray-text", at(new SourceFile("a\u0007.json", "x"), "x"), ["\u001b[2J"]);
    expect(renderPretty(problems.all)).not.toMatch(/[^\P{C}\n]/u);
  });

  test.each<[number, number, string]>([
    [1, 0, "--doc-rules=lenient lets it pass, as older QEMUs did"],
    [2, 0, "--doc-rules=lenient lets them pass, as older QEMUs did"],
    [2, 3, "--doc-rules=lenient lets 2 of them pass, as older QEMUs did"],
  ])("what lenient rules let pass is said at the end: %i and %i others", (prose, others, expected) => {
    const problems = new Problems();
    const span = at(new SourceFile("a.json", "x"), "x");
    for (let i = 0; i < prose; i++) problems.report("doc-line-too-long", span, []);
    for (let i = 0; i < others; i++) problems.report("not-an-object", span, []);
    expect(lines(problems).at(-2)).toBe(`help: ${expected}`);
  });

  test("colours go where they are asked for", () => {
    const paint = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const colors = {
      bold: paint("b"),
      red: paint("r"),
      cyan: paint("c"),
      green: paint("g"),
      dim: paint("d"),
    };
    const problems = one("XY", "XY", { help: ["h"] });
    expect(renderPretty(problems.all, { colors })).toBe(
      [
        "<r>error[duplicate-key]</r>: <b>duplicate key 'k'</b>",
        "   <d>--></d> a.json:1:1",
        "<d> 1 |</d> XY",
        "   <d>|</d> <r>^^</r>",
        "<g>help</g>: h",
        "",
        "<b>1 problem found</b>",
        "",
      ].join("\n"),
    );
  });
});

describe("qemu", () => {
  test("the first problem only", () => {
    const problems = one("XY", "Y");
    problems.report("not-an-object", at(new SourceFile("b.json", "x"), "x"), []);
    expect(renderQemu(problems.all)).toBe("a.json:1:2: duplicate key 'k'\n");
    expect(renderQemu([])).toBe("");
  });

  test("the anchor counts, and the definition is named", () => {
    const main = new SourceFile("main.json", "\n{}");
    const file = new SourceFile("a.json", "\n\nfoo\nbar");
    const problems = new Problems();
    problems.noteInclude(file, at(main, "{}"));
    problems.report("not-an-object", at(file, "bar"), [], {
      anchor: at(file, "foo"),
      within: { meta: "struct", name: "Foo" },
    });
    expect(renderQemu(problems.all)).toBe(
      "In file included from main.json:2:\na.json: In struct 'Foo':\na.json:3: top-level expression must be an object\n",
    );
  });

  test.each<[string, number]>([
    ["X", 1],
    ["\tX", 1],
    ["ab\tX", 3],
    ["abcdefghi\tX", 2],
    ["a\nbX", 2],
    ["😀é漢X", 4],
  ])("the column in %j", (text, column) => {
    expect(renderQemu(one(text, "X").all)).toMatch(new RegExp(`^a\\.json:\\d:${column}: `));
  });
});

describe("json", () => {
  test("an empty list", () => {
    expect(renderJson([])).toBe("[]\n");
  });

  test("counts from 1 in code points", () => {
    const file = new SourceFile("a.json", "😀\n\t'é😀' X");
    const problems = new Problems();
    problems.report("stray-text", at(file, "'é😀'"), ["x"], {
      notes: [{ message: "n", span: at(file, "X") }],
    });
    expect(JSON.parse(renderJson(problems.all))).toEqual([
      {
        code: "stray-text",
        severity: "error",
        message: "stray 'x'",
        file: "a.json",
        start: { line: 2, column: 2 },
        end: { line: 2, column: 6 },
        notes: [{ message: "n", file: "a.json", start: { line: 2, column: 7 }, end: { line: 2, column: 8 } }],
      },
    ]);
  });
});
