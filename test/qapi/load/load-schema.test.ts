import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Problems } from "../../../src/diagnostic/problems.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { loadSchema } from "../../../src/qapi/load/load-schema.js";
import { nodeHost } from "../../../src/qapi/load/node-host.js";
import { load } from "./load-text.js";

/** Items in short: `+path` for an include, else the first value of the definition. */
function outline(text: string, files: Record<string, string> = {}): string[] {
  const { items, qemu } = load(text, files);
  expect(qemu).toBe("");
  return items.map((item) => {
    if (item.kind === "include") return `+${item.path}`;
    const [first] = item.value.members.values();
    return first?.value.kind === "string" ? first.value.value : "?";
  });
}

const include = (path: string): string => `{ 'include': '${path}' }\n`;
const struct = (name: string): string => `{ 'struct': '${name}', 'data': {} }\n`;

describe("includes", () => {
  test("what a file holds follows its include", () => {
    const files = { "sub/b.json": struct("B") + include("c.json"), "sub/c.json": struct("C") };
    expect(outline(struct("A") + include("sub/b.json") + struct("D"), files)).toEqual([
      "A",
      "+sub/b.json",
      "B",
      "+sub/c.json",
      "C",
      "D",
    ]);
  });

  test("a file is read once, however its path is spelt", () => {
    const files = { "b.json": struct("B") };
    expect(outline(include("b.json") + include("x/../b.json") + include("/b.json"), files)).toEqual([
      "+b.json",
      "B",
      "+x/../b.json",
      "+/b.json",
    ]);
  });

  test("and where QEMU has words of its own for it", () => {
    const { qemu } = load(include("b.json"), { "b.json": "##\n# @Aa:\n#\n# @x:\n##\n{}" });
    expect(qemu).toBe("In file included from s.json:1:\nb.json:4: text required after 'Member:'");
  });

  test("doc comments and files come in reading order", () => {
    const doc = (text: string): string => `##\n# ${text}\n##\n`;
    const { docs, files } = load(doc("one") + include("b.json") + doc("three"), { "b.json": doc("two") });
    expect(docs.map(({ sections }) => sections[0]!.text)).toEqual(["one", "two", "three"]);
    expect(files.map(({ file }) => file.path)).toEqual(["s.json", "b.json"]);
  });

  test.each<[string, string, Record<string, string>, string]>([
    [
      "no such file",
      include("b.json"),
      {},
      "s.json:1: can't read include file 'b.json': No such file or directory",
    ],
    [
      "relative to the including file",
      include("sub/b.json"),
      { "sub/b.json": include("c.json") },
      "In file included from s.json:1:\nsub/b.json:1: can't read include file 'sub/c.json': No such file or directory",
    ],
    ["itself", include("s.json"), {}, "s.json:1: inclusion loop for s.json"],
    ["itself in other words", include("x/../s.json"), {}, "s.json:1: inclusion loop for x/../s.json"],
    [
      "a loop of two",
      `\n${include("b.json")}`,
      { "b.json": `\n\n${include("s.json")}` },
      "In file included from s.json:2:\nb.json:3: inclusion loop for s.json",
    ],
    [
      "a chain",
      include("b.json"),
      { "b.json": `#\n${include("c.json")}`, "c.json": "7" },
      "In file included from s.json:1:\nIn file included from b.json:2:\nc.json:1:1: stray '7'",
    ],
    ["a list", "{ 'include': ['b'] }", {}, "s.json:1: value of 'include' must be a string"],
    ["more keys", "{ 'struct': 'A', 'include': 'b' }", {}, "s.json:1: invalid 'include' directive"],
    [
      "the line where the directive starts",
      "\n{\n'include':\n'b'}",
      {},
      "s.json:2: can't read include file 'b': No such file or directory",
    ],
    ["a stray token after it comes first", "{ 'include': 'b' } 7", {}, "s.json:1:20: stray '7'"],
    [
      "a wrong token after it comes later",
      "{ 'include': 'b' } }",
      {},
      "s.json:1: can't read include file 'b': No such file or directory",
    ],
    [
      "what the included file holds comes first",
      `${include("b.json")}7`,
      { "b.json": "}" },
      "s.json:2:1: stray '7'",
    ],
    [
      "and before what is further down",
      `${include("b.json")}{} 7`,
      { "b.json": "}" },
      "In file included from s.json:1:\nb.json:1:1: expected '{', '[', string, or boolean",
    ],
    [
      "a doc comment left at the end of one file",
      include("b.json"),
      { "b.json": "##\n# @A:\n##" },
      "In file included from s.json:1:\nb.json:1: documentation for 'A' is not followed by the definition",
    ],
  ])("%s", (_, main, files, expected) => {
    expect(load(main, files).qemu).toBe(expected);
  });

  test("may be nested deep, but not without end", () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 600; i++) files[`f${i}.json`] = include(`f${i + 1}.json`);
    const { problems, files: read } = load(include("f0.json"), files);
    expect(problems.map(({ message }) => message)).toEqual(["includes nested deeper than 500 files"]);
    expect(read).toHaveLength(500);
  });

  test("reading goes on after a bad one", () => {
    const { problems } = load(include("b.json") + include("c.json") + include("s.json"), {
      "c.json": "{ 'x' }",
    });
    expect(problems.map(({ code }) => code)).toEqual([
      "unreadable-include",
      "unexpected-token",
      "include-loop",
    ]);
  });
});

describe("pragmas", () => {
  test("the last one wins, and they reach across files", () => {
    const pragma = (text: string): string => `{ 'pragma': { ${text} } }\n`;
    const main =
      pragma("'doc-required': true, 'command-name-exceptions': [ 'a', 'b' ]") +
      include("b.json") +
      pragma("'documentation-exceptions': [ 'd' ], 'command-name-exceptions': [ 'c' ]");
    const sub = pragma("'member-name-exceptions': [ 'm' ]") + pragma("'command-returns-exceptions': []");
    expect(load(main, { "b.json": sub }).pragma).toEqual({
      docRequired: true,
      commandNameExceptions: new Set(["c"]),
      commandReturnsExceptions: new Set(),
      documentationExceptions: new Set(["d"]),
      memberNameExceptions: new Set(["m"]),
    });
  });

  test.each<[string, string]>([
    ["{ 'pragma': true }", "value of 'pragma' must be an object"],
    ["{ 'pragma': {}, 'x': 'y' }", "invalid 'pragma' directive"],
    ["{ 'pragma': { 'doc-required': 'true' } }", "pragma 'doc-required' must be boolean"],
    [
      "{ 'pragma': { 'command-name-exceptions': 'x' } }",
      "pragma command-name-exceptions must be a list of strings",
    ],
    [
      "{ 'pragma': { 'member-name-exceptions': ['x', true] } }",
      "pragma member-name-exceptions must be a list of strings",
    ],
    ["{ 'pragma': { 'doc_required': true } }", "unknown pragma 'doc_required'"],
    ["{ 'pragma': { 'x': 'y', 'doc-required': 'true' } }", "unknown pragma 'x'"],
  ])("%s", (text, expected) => {
    expect(load(text).qemu).toBe(`s.json:1: ${expected}`);
  });

  test("a misspelt name gets a suggestion", () => {
    expect(load("{ 'pragma': { 'doc_required': true } }").problems[0]!.help).toEqual([
      "did you mean 'doc-required'?",
    ]);
  });
});

describe("files", () => {
  test("a missing main file has no place in QEMU's words", () => {
    const problems = new Problems();
    loadSchema("no/such.json", nodeHost, problems);
    expect(renderQemu(problems.all)).toBe(
      "can't read schema file 'no/such.json': No such file or directory\n",
    );
  });

  test.each<[string, number[], string]>([
    ["a byte that starts nothing", [0x7b, 0x7d, 0x0a, 0x23, 0xff], "s.json:2:2: invalid UTF-8: byte 0xff"],
    ["a cut character", [0x23, 0x20, 0xc3, 0x0a], "s.json:1:3: invalid UTF-8: byte 0xc3"],
    ["a character cut by the end", [0x23, 0xe2, 0x82], "s.json:1:2: invalid UTF-8: byte 0xe2"],
    ["a surrogate", [0x23, 0xed, 0xa0, 0x80], "s.json:1:2: invalid UTF-8: byte 0xed"],
    ["an overlong slash", [0x23, 0x0d, 0x0a, 0xc0, 0xaf], "s.json:2:1: invalid UTF-8: byte 0xc0"],
  ])("not UTF-8: %s", (_, bytes, expected) => {
    expect(load(new Uint8Array(bytes)).qemu).toBe(expected);
  });

  test("UTF-8 is decoded, a byte order mark is not skipped", () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(load(bytes("# größe 😀\n{}")).qemu).toBe("");
    expect(load(bytes("\ufeff{}")).qemu).toBe("s.json:1:1: stray '\ufeff'");
  });

  describe("on disk", () => {
    const folder = mkdtempSync(join(tmpdir(), "qapi-load-"));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test.each<[string, string]>([
      [".", "Is a directory"],
      ["", "Is a directory"],
      ["file.json/x", "Not a directory"],
      ["x".repeat(300), "File name too long"],
    ])("include of '%s'", (path, reason) => {
      writeFileSync(join(folder, "file.json"), "");
      mkdirSync(join(folder, "sub"), { recursive: true });
      const main = join(folder, "main.json");
      writeFileSync(main, include(path));
      const problems = new Problems();
      loadSchema(main, nodeHost, problems);
      expect(renderQemu(problems.all)).toBe(
        `${main}:1: can't read include file '${folder}/${path}': ${reason}\n`,
      );
    });
  });
});

test.skipIf(!existsSync("/dev/zero"))("a device without end is given up", () => {
  const problems = new Problems();
  loadSchema("/dev/zero", nodeHost, problems);
  expect(renderQemu(problems.all)).toBe("can't read schema file '/dev/zero': File too large\n");
});

test("a file of a million lines takes a moment only", { timeout: 10_000 }, () => {
  const text =
    "{ 'struct': 'Point', 'data': { 'x': 'int' } }\n".repeat(100_000) + "# comment\n".repeat(900_000);
  expect(load(text + "7").qemu).toBe("s.json:1000001:1: stray '7'");
});
