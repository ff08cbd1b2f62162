import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpus } from "../support/shared-data.js";
import { folderOf, placeOf, startProgram } from "./client.js";
import { fuzz } from "./fuzz.js";
import { main, types } from "./small-schema.js";

const mebibyte = 1 << 20;
const schemaFolder = join(corpus ?? "", "qemu-10.2.2", "qapi");

describe("the language server through long sittings", () => {
  it.each([1, 2, 3, 4])(
    "stands 5,000 edits and requests in a small schema, in bounded memory (%i)",
    async (seed) => {
      const folder = folderOf({ "main.json": main, "types.json": types });
      try {
        const paths = ["main.json", "types.json"].map((name) => join(folder.root, name));
        const { faults, heap } = await fuzz(folder.root, paths, { rounds: 5_000, seed });
        expect(faults).toEqual([]);
        expect(heap[1] - heap[0]).toBeLessThan(64 * mebibyte);
      } finally {
        folder.remove();
      }
    },
  );

  it.skipIf(corpus === undefined)("stands 2,000 in QEMU's", async () => {
    const paths = ["migration.json", "common.json"].map((name) => join(schemaFolder, name));
    const { faults, heap } = await fuzz(schemaFolder, paths, { rounds: 2_000, compareEvery: 300 });
    expect(faults).toEqual([]);
    expect(heap[1] - heap[0]).toBeLessThan(256 * mebibyte);
  });

  it.skipIf(corpus === undefined)("stands 10,000 edits of QEMU's schema in 256 MiB", async () => {
    const folder = folderOf({});
    cpSync(schemaFolder, folder.root, { recursive: true });
    // What leaked would not fit, and end the server.
    const client = await startProgram(folder.root, {}, ["--max-old-space-size=256"]);
    const path = join(folder.root, "block-core.json");
    const text = readFileSync(path, "utf8");
    const uri = await client.open(path, text);
    const start = placeOf(text, "'ImageInfo'");
    const end = { line: start.line, character: start.character + 1 };
    for (let edit = 0; edit < 10_000; edit++) {
      const change =
        edit % 2 === 0 ? { range: { start, end: start }, text: "Z" } : { range: { start, end }, text: "" };
      await client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: edit + 2 },
        contentChanges: [change],
      });
      // Each is taken in before the next, from time to time with what a client asks for as it draws.
      await client.ask("textDocument/prepareRename", uri, { position: start });
      if (edit % 50 === 0) await client.ask("textDocument/semanticTokens/full", uri);
    }
    await client.settled();
    const errors = [...client.diagnostics.values()].flat().filter(({ severity }) => severity === 1);
    expect(errors).toEqual([]);
    await client.close();
    folder.remove();
  });
});
