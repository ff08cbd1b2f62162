import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { corpus } from "../support/shared-data.js";
import { startClient, type TestClient } from "./client.js";

const root = join(corpus ?? "", "qemu-10.2.2", "qapi");

describe.skipIf(corpus === undefined)("the language server on QEMU's schema", () => {
  let client: TestClient;
  let [text, uri] = ["", ""];

  beforeAll(async () => {
    client = await startClient(root);
    const path = join(root, "block-core.json");
    text = readFileSync(path, "utf8");
    uri = await client.open(path, text);
    await client.settled();
  });
  afterAll(() => client.close());

  const ask = <Result>(method: string, more: object = {}): Promise<Result> =>
    client.connection.sendRequest<Result>(`textDocument/${method}`, { textDocument: { uri }, ...more });
  const at = (wanted: string) => {
    const lines = text.slice(0, text.indexOf(wanted) + 2).split("\n");
    return { position: { line: lines.length - 1, character: lines.at(-1)!.length } };
  };

  it("finds nothing wrong that QEMU's own front end does not", () => {
    const errors = [...client.diagnostics.values()].flat().filter(({ severity }) => severity === 1);
    expect(errors).toEqual([]);
    expect(client.diagnostics.size).toBeGreaterThan(5);
  });

  it("leads into another file of the schema, and back to all that names a type", async () => {
    const definition = await ask<Location>("definition", at("'OnOffAuto'"));
    expect(definition.uri).toBe(pathToFileURL(join(root, "common.json")).href);
    const references = await ask<Location[]>("references", {
      ...at("'OnOffAuto'"),
      context: { includeDeclaration: true },
    });
    expect(new Set(references.map((each) => each.uri)).size).toBeGreaterThan(1);
    const type = await ask<Location>("typeDefinition", at("'ImageInfo',"));
    expect(type.uri).toBe(uri);
  });

  it("renames a type wherever it is named, as few bytes as that takes", async () => {
    const { changes } = await ask<WorkspaceEdit>("rename", {
      ...at("'BlockdevOptions',"),
      newName: "BlockdevChoices",
    });
    const edits = Object.values(changes!).flat();
    expect(edits.length).toBeGreaterThan(5);
    expect(
      edits.every(
        ({ range, newText }) =>
          newText === "BlockdevChoices" &&
          range.start.line === range.end.line &&
          range.end.character - range.start.character === "BlockdevOptions".length,
      ),
    ).toBe(true);
  });

  it("tells of a command since when it is there, of a deprecated one that it is", async () => {
    const command = await ask<Hover>("hover", at("'blockdev-add'"));
    expect((command.contents as { value: string }).value).toMatch(/[Ss]ince/);
    const deprecated = await ask<Hover>("hover", at("'query-named-block-nodes'"));
    expect((deprecated.contents as { value: string }).value).toContain("query-named-block-nodes");
  });

  it("completes types of all files", async () => {
    const items = await ask<CompletionItem[]>("completion", at("'ImageInfo'\n"));
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["SocketAddress", "ImageInfo"]));
  });

  it("knows the shape of 6,000 lines", async () => {
    const symbols = await ask<DocumentSymbol[]>("documentSymbol");
    const definitions = text.match(/^\{ *'(?:enum|struct|union|alternate|command|event)' *:/gm)!;
    expect(symbols).toHaveLength(definitions.length);
    expect((await ask<FoldingRange[]>("foldingRange")).length).toBeGreaterThan(definitions.length);
    const [selection] = await ask<SelectionRange[]>("selectionRange", {
      positions: [at("'OnOffAuto'").position],
    });
    let depth = 0;
    for (let each: SelectionRange | undefined = selection; each !== undefined; each = each.parent) depth++;
    expect(depth).toBeGreaterThan(3);
    expect((await ask<SemanticTokens>("semanticTokens/full")).data.length % 5).toBe(0);
    const lenses = await ask<CodeLens[]>("codeLens");
    expect(lenses.some(({ command }) => /used by \d+ command/.test(command!.title))).toBe(true);
    const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    expect(Array.isArray(await ask<InlayHint[] | null>("inlayHint", { range }))).toBe(true);
  });

  it("lays out only what is asked for", async () => {
    const { position } = at("'blockdev-add'");
    const range = { start: position, end: position };
    const edits = await ask<TextEdit[]>("rangeFormatting", {
      range,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits).toEqual([]);
  });
});
