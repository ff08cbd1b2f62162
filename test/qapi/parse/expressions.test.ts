import { describe, expect, test } from "vitest";
import { load, plain } from "../load/load-text.js";

/** The values of the top-level expressions of a schema without problems. */
function values(text: string): unknown[] {
  const { items, qemu } = load(text);
  expect(qemu).toBe("");
  return items.map((item) => (item.kind === "expression" ? plain(item.value) : item.path));
}

describe("what the grammar accepts", () => {
  test.each<[string, string, unknown[]]>([
    ["nothing", "", []],
    ["a comment without line end", "# only this", []],
    ["an empty object", "{}", [[]]],
    ["a string member", "{ 'a': 'b' }", [[["a", "b"]]]],
    [
      "booleans, with text right after",
      "{ 'a':true,'b':false}",
      [
        [
          ["a", true],
          ["b", false],
        ],
      ],
    ],
    [
      "lists",
      "{ 'a': [], 'b': ['x', ['y'], {}] }",
      [
        [
          ["a", []],
          ["b", ["x", ["y"], []]],
        ],
      ],
    ],
    ["the escape", String.raw`{ 'a\\b': '\\\\' }`, [[["a\\b", "\\\\"]]]],
    [
      "keys that JavaScript knows",
      "{ '__proto__': 'a', 'constructor': 'b' }",
      [
        [
          ["__proto__", "a"],
          ["constructor", "b"],
        ],
      ],
    ],
    ["comments anywhere", "{ # one\n'a' # two\n: 'b' # '\n}", [[["a", "b"]]]],
    ["two expressions on a line", "{}{'a':'b'}", [[], [["a", "b"]]]],
    ["Python's white space", "\v{\f'a'\x1c:\x85'b'\u3000}\u2028", [[["a", "b"]]]],
    ["all kinds of line ends", "{\r'a':\r\n'b'\n}", [[["a", "b"]]]],
  ])("%s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test("nesting up to the limit", () => {
    expect(load("{ 'a': " + "[".repeat(499) + "]".repeat(499) + "}").qemu).toBe("");
  });
});

describe("what it does not", () => {
  test.each<[string, string, string]>([
    ["a number", "{ 'a': 1 }", "s.json:1:8: stray '1'"],
    ["null", "{ 'a': null }", "s.json:1:8: stray 'null'"],
    ["double quotes", `{ "a": 'b' }`, `s.json:1:3: stray '"a"'`],
    ["text after a boolean", "{ 'a': truefalsey }", "s.json:1:12: expected ',' or '}'"],
    ["stray text up to a quote", "{ 'a': x'y' }", "s.json:1:8: stray 'x'"],
    ["stray text up to Unicode space", "x\u00a0y", "s.json:1:1: stray 'x'"],
    ["what only JavaScript takes for space", "\ufeff{}", "s.json:1:1: stray '\ufeff'"],
    ["a string without end", "{ 'a': 'b }\n}", `s.json:1:8: missing terminating "'"`],
    ["a string that ends the file", "'a", `s.json:1:1: missing terminating "'"`],
    ["a backslash before the line end", "'a\\\n'", `s.json:1:1: missing terminating "'"`],
    ["a backslash that ends the file", "'a\\", `s.json:1:1: missing terminating "'"`],
    ["an escape", "{ 'a': 'b\\n' }", "s.json:1:8: unknown escape \\n"],
    ["an escaped quote", "{ 'a': 'b\\'c' }", "s.json:1:8: unknown escape \\'"],
    ["an escape beyond 16 bits", "'\\😀'", "s.json:1:1: unknown escape \\😀"],
    ["a tab in a string", "'a\tb'", "s.json:1:1: funny character in string"],
    ["DEL in a string", "'a\x7f'", "s.json:1:1: funny character in string"],
    ["an accent in a string", "'é'", "s.json:1:1: funny character in string"],
    ["no key", "{ {} }", "s.json:1:3: expected string or '}'"],
    ["no colon", "{ 'a' 'b' }", "s.json:1:7: expected ':'"],
    ["no value", "{ 'a': }", "s.json:1:8: expected '{', '[', string, or boolean"],
    ["no comma in an object", "{ 'a': 'b' 'c': 'd' }", "s.json:1:12: expected ',' or '}'"],
    ["a comma at the end of an object", "{ 'a': 'b', }", "s.json:1:13: expected string"],
    ["a colon in a list", "{ 'a': [ : ] }", "s.json:1:10: expected '{', '[', ']', string, or boolean"],
    ["no comma in a list", "{ 'a': [ 'b' 'c' ] }", "s.json:1:14: expected ',' or ']'"],
    [
      "a comma at the end of a list",
      "{ 'a': [ 'b', ] }",
      "s.json:1:15: expected '{', '[', string, or boolean",
    ],
    ["brackets that cross", "{ 'a': [ } ]", "s.json:1:10: expected '{', '[', ']', string, or boolean"],
    ["a bracket too many", "{} }", "s.json:1:4: expected '{', '[', string, or boolean"],
    ["the end of the file", "{ 'a':\n\n", "s.json:2:1: expected '{', '[', string, or boolean"],
    ["the end of the file, no line end", "{ 'a'", "s.json:1:6: expected ':'"],
    [
      "a doc comment inside",
      "{ 'a':\n##\n# x\n##\n'b' }",
      "s.json:2:1: expected '{', '[', string, or boolean",
    ],
    ["a duplicate key", "{ 'a': 'b', 'a': 'c' }", "s.json:1:18: duplicate key 'a'"],
    ["a duplicate key, value missing", "{ 'a': 'b', 'a': }", "s.json:1:18: duplicate key 'a'"],
    ["a duplicate key, value stray", "{ 'a': 'b', 'a': 7 }", "s.json:1:18: stray '7'"],
    ["a duplicate key in an open object", "{ 'a': { 'b': [], 'b': [", "s.json:1:24: duplicate key 'b'"],
    [
      "a duplicate key, the inner first",
      "{ 'a': {}, 'a': { 'b': 'c', 'b': 'd' } }",
      "s.json:1:17: duplicate key 'a'",
    ],
    ["a list at the top", "[]", "s.json:1: top-level expression must be an object"],
    ["a string at the top", "\n'a'", "s.json:2: top-level expression must be an object"],
    ["a string at the top, then a stray", "'a' 1", "s.json:1:5: stray '1'"],
    ["a column after tabs, as QEMU counts it", "{\t\t'a':\t1 }", "s.json:1:6: stray '1'"],
    ["a column after nine characters and a tab", "{ 'abcde'\t1 }", "s.json:1:2: stray '1'"],
    ["a column after characters beyond 16 bits", "{} # 😀\n{ 'a': 'b' } 😀😀 x", "s.json:2:14: stray '😀😀'"],
    ["too deep a nesting", "[".repeat(100_000), "s.json:1:501: nesting deeper than 500 levels"],
  ])("%s", (_, text, expected) => {
    expect(load(text).qemu).toBe(expected);
  });
});

describe("places", () => {
  test("values and keys know where they stand", () => {
    const { items, files } = load("{ 'a': [ true, 'x\\\\' ] }");
    const [item] = items;
    if (item?.kind !== "expression") throw new Error("an expression was expected");
    const text = ({ start, end }: { start: number; end: number }): string | undefined =>
      files[0]?.file.text.slice(start, end);
    const member = item.value.members.get("a")!;
    expect(text(item.value)).toBe("{ 'a': [ true, 'x\\\\' ] }");
    expect(text(member)).toBe("'a'");
    expect(text(member.value)).toBe("[ true, 'x\\\\' ]");
    const list = member.value.kind === "list" ? member.value.items : [];
    expect(list.map((value) => text(value))).toEqual(["true", "'x\\\\'"]);
  });

  test("what is marked is narrower than what QEMU names", () => {
    const marked = (text: string): string[] =>
      load(text).problems.map(({ span }) => span.file.text.slice(span.start, span.end));
    expect(marked("{ 'a': 'b', 'a': 'c' }")).toEqual(["'a'"]);
    expect(marked("{ 'x': 'ab\\ncd' }")).toEqual(["\\n"]);
    expect(marked("{ 'x': 'größe' }")).toEqual(["ö"]);
  });

  test("a duplicate key points to the first one", () => {
    const [problem] = load("{ 'a': 'b',\n  'a': 'c' }").problems;
    const [note] = problem!.notes;
    expect(note!.message).toBe("first given here");
    expect(note!.span.file.position(note!.span.start)).toEqual({ line: 1, column: 3 });
  });
});

describe("reading on after a problem", () => {
  const codes = (text: string): string[] =>
    load(text).problems.map(({ code, span }) => `${span.file.line(span.start)} ${code}`);

  test.each<[string, string, string[]]>([
    [
      "the next expression at the start of a line",
      "{ 'a' }\n{ 'b' }\n",
      ["1 unexpected-token", "2 unexpected-token"],
    ],
    [
      "an object that is never closed",
      "{ 'a': {\n{ 'b': 'c', 'b': 'd' }\n",
      ["2 unexpected-token", "2 duplicate-key"],
    ],
    [
      "several duplicates in one object",
      "{ 'a': 'b', 'a': 'c', 'a': 'd' }",
      ["1 duplicate-key", "1 duplicate-key"],
    ],
    [
      "a doc comment after broken text",
      "oops oops\n##\n# @x\n##\n{}\n",
      ["1 stray-text", "3 doc-symbol-colon"],
    ],
    [
      "a broken line inside a doc comment",
      "##\n# @a:\noops, a line\nand another\n# b\n##\n{}\n",
      ["3 stray-text"],
    ],
    ["a doc comment without end", "##\n# @a:\n{ 'b' }\n", ["3 doc-without-end", "3 unexpected-token"]],
  ])("%s", (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("stops when there are too many", () => {
    expect(load("{ 'a' }\n".repeat(10_000)).problems).toHaveLength(500);
  });
});
