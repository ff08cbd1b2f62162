import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DocumentSymbol, Location, Position, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { updateDocument } from "../../src/lsp/documents.js";
import { unitsWithin } from "../../src/lsp/encoding.js";
import { applyEdits, folderOf, startClient, textAt, type TestClient } from "./client.js";

/** Characters of one, two, three and four bytes; the last are two code units. */
const doc = "##\n# @Zz:\n#\n# \u{1F600}\u00e9\u20ac \u{1F600} `Aa` and @Aa\n##\n";
const code = "{ 'enum': 'Aa', 'data': [ 'a' ] }\n";
const zz = "{ 'struct': 'Zz', 'data': { 'a': 'Aa' } }\n";
const text = `${code}\n${doc}${zz}`;

/** A text in which characters are counted as the encoding does, so that they can be counted one by one. */
const widen = (line: string) =>
  Array.from(line, (character) => "x".repeat(Buffer.byteLength(character))).join("");

describe.each(["utf-8", "utf-16"] as const)("positions in %s", (encoding) => {
  let folder: ReturnType<typeof folderOf>;
  let client: TestClient;
  let uri = "";
  /** A text whose code units are the characters that the client counts. */
  const counted = (whole: string) => (encoding === "utf-8" ? widen(whole) : whole);
  const lines = text.split("\n");
  const line = lines.findIndex((each) => each.includes("`Aa`"));
  const character = (before: string) => counted(before).length;

  beforeAll(async () => {
    folder = folderOf({});
    client = await startClient(folder.root, {
      capabilities: { general: { positionEncodings: [encoding] } },
    });
    uri = await client.open(join(folder.root, "a.json"), text);
  });
  afterAll(async () => {
    await client.close();
    folder.remove();
  });

  it("are what the server says that it counts in", () => {
    expect(client.capabilities.positionEncoding).toBe(encoding);
  });

  it("lead from and to what stands behind astral characters", async () => {
    const at = character(lines[line]!.slice(0, lines[line]!.indexOf("`Aa`") + 2));
    const definition = await client.ask<Location>("textDocument/definition", uri, {
      position: { line, character: at },
    });
    expect(definition.range.start).toEqual({ line: 0, character: 11 });
    const references = await client.ask<Location[]>("textDocument/references", uri, {
      position: { line: 0, character: 12 },
      context: { includeDeclaration: false },
    });
    const start = character(lines[line]!.slice(0, lines[line]!.indexOf("`Aa`") + 1));
    expect(references.map(({ range }) => range.start)).toContainEqual({ line, character: start });
  });

  it("of edits are counted in the text that the edit before left", async () => {
    const other = await client.open(join(folder.root, "b.json"), `# \u{1F600}\u00e9\n${zz}`);
    const change = (from: Position, to: Position, typed: string) => ({
      range: { start: from, end: to },
      text: typed,
    });
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: other, version: 2 },
      contentChanges: [
        // The second character goes, then something is put behind what is left of the line.
        change(
          { line: 0, character: character("# \u{1F600}") },
          { line: 0, character: character("# \u{1F600}\u00e9") },
          "\u20ac",
        ),
        change(
          { line: 0, character: character("# \u{1F600}\u20ac") },
          { line: 0, character: 999 },
          "\u{1F601}\n",
        ),
        change({ line: 2, character: 13 }, { line: 2, character: 15 }, "Yy"),
        change({ line: 9, character: 0 }, { line: 9, character: 9 }, `${doc}${zz}`),
      ],
    });
    const symbols = await client.ask<DocumentSymbol[]>("textDocument/documentSymbol", other);
    expect(symbols.map(({ name }) => name)).toEqual(["Yy", "Zz"]);
    expect(symbols[0]!.selectionRange.start).toEqual({ line: 2, character: 13 });
  });
});

it("documents are edited in UTF-8 as in UTF-16", () => {
  const place = fc.record({ line: fc.nat(6), character: fc.nat(12) });
  const content = fc
    .array(fc.constantFrom("a", "\u00e9", "\u20ac", "\u{1F600}", "\n", "\r\n", "\r", "{"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(content, place, place, content, (before, one, other, typed) => {
      const [start, end] =
        one.line < other.line || (one.line === other.line && one.character <= other.character)
          ? [one, other]
          : [other, one];
      const expected = TextDocument.create("x:", "qapi", 1, before);
      const inBytes = ({ line, character }: Position) => {
        const units = expected.getText({ start: { line, character: 0 }, end: { line, character } });
        return { line, character: Buffer.byteLength(units) + Math.max(0, character - units.length) };
      };
      // A place within a character is none in UTF-8.
      fc.pre(!/[\ud800-\udbff]$/.test(expected.getText({ start: { line: 0, character: 0 }, end: start })));
      fc.pre(!/[\ud800-\udbff]$/.test(expected.getText({ start: { line: 0, character: 0 }, end })));
      const change = { range: { start: inBytes(start), end: inBytes(end) }, text: typed };
      const actual = updateDocument(TextDocument.create("x:", "qapi", 1, before), [change], 2, "utf-8");
      TextDocument.update(expected, [{ range: { start, end }, text: typed }], 2);
      expect(actual.getText()).toBe(expected.getText());
    }),
  );
});

it("a place within a character is where it begins", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map((bytes) => unitsWithin("\u{1F600}\u00e9a", bytes))).toEqual([
    0, 0, 0, 0, 2, 2, 3, 4, 4,
  ]);
});

it("lines that end as in DOS are laid out with such ends", async () => {
  const folder = folderOf({});
  const client = await startClient(folder.root);
  const before = `${doc.replace("#\n# \u{1F600}", "# \u{1F600}")}${zz}`.replaceAll("\n", "\r\n");
  const uri = await client.open(join(folder.root, "a.json"), before);
  const edits = await client.ask<TextEdit[]>("textDocument/formatting", uri, {
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(applyEdits(before, edits)).toBe(`${doc}${zz}`.replaceAll("\n", "\r\n"));
  expect(textAt(before, edits[0]!.range).length).toBeLessThan(10);
  await client.close();
  folder.remove();
});
