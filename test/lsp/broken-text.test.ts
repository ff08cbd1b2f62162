import fc from "fast-check";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompletionItem, DocumentSymbol, FoldingRange, TextEdit } from "vscode-languageserver-protocol";
import { SourceFile } from "../../src/diagnostic/source.js";
import { formatSchema } from "../../src/format/format-schema.js";
import { formatEdits } from "../../src/lsp/features/edit.js";
import { Positions } from "../../src/lsp/encoding.js";
import { unitsOf } from "../../src/lsp/units.js";
import { parseFile } from "../../src/qapi/parse/parse-file.js";
import { applyEdits, folderOf, startClient, type TestClient } from "./client.js";

const options = { options: { tabSize: 2, insertSpaces: true } };
const ugly = "{'enum':'Aa','data':['a']}";
const nice = "{ 'enum': 'Aa', 'data': [ 'a' ] }";
const uglyToo = "##\n# @Bb:\n# @b:   one\n##\n{'struct':'Bb','data':{'b':'int'}}";
const niceToo = "##\n# @Bb:\n#\n# @b: one\n##\n{ 'struct': 'Bb', 'data': { 'b': 'int' } }";

/** Text that does not parse. */
const broken = {
  "a bracket left open": "{'struct':'Cc','data':{\n  'c':'int',",
  "a colon left out": "{'struct':'Cc','data'   {'c':'int'}}",
  "a comma left out": "{'struct':'Cc'   'data':{'c':'int'}}",
  "brackets that do not fit": "{'struct':'Cc','data':{'c':'int']}",
  "a string left open": "{'struct':'Cc','data':{'c':'int}}",
  "a string of other quotes": '{"struct":"Cc",   "data":{}}',
  "a key twice": "{'struct':'Cc','struct':'Cc',   'data':{}}",
  "a list at the top": "['a',   'b']",
  "a string at the top": "'a'",
  "a word at the top": "struct   Cc",
  "a bracket too many": "{ 'struct': 'Cc', 'data': {} }   }",
  "a character that is none": "{ 'struct': 'Cc', 'data': {} }   \u{1F600}  x",
  "an end and nothing before": "}   ]",
  "members at the start of a line": "{'struct':'Cc','data':\n{'c':   'int'  'd':'int'}}",
  "a comment with something behind its mark": "## x\n#    @Cc:\n##",
  "a comment and something broken": "##\n#    @Cc:\n# @c:   one\n##\n{'struct':'Cc','data':{'c'   'int'}}",
  "a plain comment and something broken": "#c  \n{'struct':'Cc','data':{'c'   'int'}}",
};

describe("broken text", () => {
  let folder: ReturnType<typeof folderOf>;
  let client: TestClient;

  beforeAll(async () => {
    folder = folderOf({});
    client = await startClient(folder.root);
  });
  afterAll(async () => {
    await client.close();
    folder.remove();
  });

  let files = 0;
  const opened = (text: string) => client.open(join(folder.root, `${++files}.json`), text);

  it.each(Object.entries(broken))("stays as it is amid others that are laid out: %s", async (_, text) => {
    for (const [before, after] of [
      [`${ugly}\n\n${text}\n\n${uglyToo}\n`, `${nice}\n\n${text}\n\n${niceToo}\n`],
      [`${text}\n\n\n${ugly}`, `${text}\n\n\n${nice}\n`],
      [`\n${ugly}\n${uglyToo}\n\n${text}`, `${nice}\n\n${niceToo}\n\n${text}`],
      [`${text}\n\n${text}`, `${text}\n\n${text}`],
    ] as const) {
      const uri = await opened(before);
      const edits = await client.ask<TextEdit[]>("textDocument/formatting", uri, options);
      expect(applyEdits(before, edits)).toBe(after);
    }
  });

  it.each(Object.entries(broken))(
    "leaves the symbols, folds and completion of the rest: %s",
    async (_, text) => {
      const whole = `${ugly}\n\n${text}\n\n${uglyToo}\n{ 'command': 'x', \n`;
      const uri = await opened(whole);
      const symbols = await client.ask<DocumentSymbol[]>("textDocument/documentSymbol", uri);
      expect(symbols.map(({ name }) => name)).toEqual(expect.arrayContaining(["Aa", "Bb"]));
      const folds = await client.ask<FoldingRange[]>("textDocument/foldingRange", uri);
      const [start] = [whole.slice(0, whole.indexOf("##\n# @Bb:")).split("\n").length - 1];
      expect(folds).toContainEqual({ startLine: start, endLine: start + 3, kind: "comment" });
      const lines = whole.split("\n");
      const items = await client.ask<CompletionItem[]>("textDocument/completion", uri, {
        position: { line: lines.length - 2, character: lines.at(-2)!.length },
      });
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["data", "returns"]));
    },
  );

  it("ends no later than the expression before which a comment is left open", async () => {
    const text = `${ugly}\n\n##\n#    @Cc:\n\n${ugly}\n`;
    const uri = await opened(text);
    const edits = await client.ask<TextEdit[]>("textDocument/formatting", uri, options);
    expect(applyEdits(text, edits)).toBe(`${nice}\n\n##\n#    @Cc:\n\n${nice}\n`);
  });

  it("is not in the way of laying out some lines", async () => {
    const text = `${ugly}\n{'enum':'Cc'\n${ugly.replace("Aa", "Dd")}\n${ugly.replace("Aa", "Ee")}\n`;
    const uri = await opened(text);
    for (const [line, after] of [
      [0, text.replace(ugly, nice)],
      [1, text],
      [2, text.replace(ugly.replace("Aa", "Dd"), nice.replace("Aa", "Dd"))],
      [3, text.replace(ugly.replace("Aa", "Ee"), nice.replace("Aa", "Ee"))],
    ] as const) {
      const range = { start: { line, character: 0 }, end: { line, character: 5 } };
      const edits = await client.ask<TextEdit[]>("textDocument/rangeFormatting", uri, { ...options, range });
      expect(applyEdits(text, edits)).toBe(after);
    }
    // A selection of whole lines ends where the next begins.
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const edits = await client.ask<TextEdit[]>("textDocument/rangeFormatting", uri, { ...options, range });
    expect(applyEdits(text, edits)).toBe(text.replace(ugly.replace("Aa", "Dd"), nice.replace("Aa", "Dd")));
  });

  const piece = fc.constantFrom(
    ...Object.values(broken),
    ugly,
    uglyToo,
    "# a comment",
    "##\n# = free\n##",
    "{ 'include': 'x.json' }",
  );
  const texts = fc
    .array(fc.tuple(piece, fc.constantFrom("\n", "\n\n", "\n\n\n\n", " \n")))
    .map((pieces) => pieces.map(([text, end]) => text + end).join(""));
  const positions = new Positions("utf-16");
  const parsed = (text: string) => parseFile(new SourceFile("x.json", text), "lenient");

  it("is found by units that leave only white space between them", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const { start, end } of unitsOf(parsed(text))) {
          expect(text.slice(at, start).trim()).toBe("");
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
    );
  });

  it("is the same after, in any mix, and nothing is left to lay out", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const file = parsed(text);
        const after = applyEdits(text, formatEdits(file, undefined, positions));
        expect(after.replaceAll(/\s/g, "").replaceAll("#", "")).toBe(
          text.replaceAll(/\s/g, "").replaceAll("#", ""),
        );
        const again = parsed(after);
        for (const { kind, start, end } of unitsOf(file))
          if (kind === "broken") expect(after).toContain(text.slice(start, end));
        expect(formatEdits(again, undefined, positions)).toEqual([]);
        if (file.problems.length === 0) expect(after).toBe(formatSchema(text));
      }),
    );
  });
});
