import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { SymbolInformation } from "vscode-languageserver-protocol";
import { folderOf, startClient, startProgram, type TestClient } from "./client.js";

/** Uses a type that only the main file knows: alone it is wrong. */
const part = "{ 'struct': 'Part', 'data': { 'a': 'Known' } }\n";
const known = "{ 'enum': 'Known', 'data': [ 'a' ] }\n";
const main = `${known}{ 'include': 'part.json' }\n`;
const other = "{ 'include': 'part.json' }\n";

describe("the main file of a schema", () => {
  let folder: ReturnType<typeof folderOf>;
  let client: TestClient;
  afterEach(async () => {
    await client.close();
    folder.remove();
  });
  const errorsIn = async (name: string, text: string) => {
    await client.open(join(folder.root, name), text);
    await client.settled();
    return [...client.diagnostics].flatMap(([uri, list]) =>
      list
        .filter(({ severity }) => severity === 1)
        .map(({ code = "" }) => `${uri.slice(uri.lastIndexOf("/") + 1)}: ${code}`),
    );
  };

  it.each([
    ["beside a file", { "main.json": main, "part.json": part }, "part.json"],
    [
      "above it",
      { "main.json": `${known}{ 'include': 'sub/part.json' }\n`, "sub/part.json": part },
      "sub/part.json",
    ],
    [
      "two includes away",
      {
        "main.json": `${known}{ 'include': 'sub/all.json' }\n`,
        "sub/all.json": other,
        "sub/part.json": part,
      },
      "sub/part.json",
    ],
    [
      "amid files that are no schemas",
      { "main.json": main, "part.json": part, "package.json": "{}" },
      "part.json",
    ],
    [
      "that has QEMU's name for it, of several",
      { "qapi-schema.json": main, "other.json": other, "part.json": part },
      "part.json",
    ],
  ])("is found %s", async (_, files: Record<string, string>, open) => {
    folder = folderOf(files);
    client = await startClient(folder.root);
    expect(await errorsIn(open, part)).toEqual([]);
  });

  it("is the file itself where none includes it", async () => {
    folder = folderOf({ "part.json": part, "main.json": known });
    client = await startClient(folder.root);
    expect(await errorsIn("part.json", part)).toEqual(["part.json: type-unknown"]);
  });

  it("is looked for no higher than the root of the repository", async () => {
    folder = folderOf({
      "main.json": `${known}{ 'include': 'repository/part.json' }\n`,
      "repository/part.json": part,
    });
    mkdirSync(join(folder.root, "repository/.git"));
    client = await startClient(undefined);
    expect(await errorsIn("repository/part.json", part)).toEqual(["part.json: type-unknown"]);
  });

  it("is another once an editor has an include that makes it so, or the disk has", async () => {
    folder = folderOf({ "main.json": known, "part.json": part });
    client = await startClient(folder.root);
    expect(await errorsIn("part.json", part)).toEqual(["part.json: type-unknown"]);
    expect(await errorsIn("main.json", main)).toEqual([]);
    await client.type(pathToFileURL(join(folder.root, "main.json")).href, known);
    await client.settled();
    writeFileSync(join(folder.root, "new.json"), main);
    const uri = pathToFileURL(join(folder.root, "new.json")).href;
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri, type: 1 }],
    });
    await client.settled();
    expect([...client.diagnostics.values()].flat().filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it.each([
    ["the client names", { initializationOptions: { schema: "sub/named.json" } }, []],
    ["a configuration names", {}, ["sub/named.json"]],
  ])("is the one that %s", async (_, params, mains) => {
    folder = folderOf({
      "sub/named.json": main.replace("part", "../part"),
      "qapi-schema.json": other,
      "part.json": part,
    });
    client = await startClient(folder.root, params, (root) => ({
      mains: mains.map((name) => join(root, name)),
    }));
    expect(await errorsIn("part.json", part)).toEqual([]);
    // Named, it is held to account with no file open at all.
    await client.type(pathToFileURL(join(folder.root, "part.json")).href, "{ 'enum': 'Known', 'data': [] }");
    await client.settled();
    const wrong = client.diagnostics.get(pathToFileURL(join(folder.root, "part.json")).href);
    expect(wrong).toMatchObject([{ code: "redefined" }].map(() => ({ severity: 1 })));
  });

  it("is what a configuration file says, which sets lint's levels too", async () => {
    folder = folderOf({
      "sub/named.json": `${main.replace("part", "../part")}{ 'command': 'x-y', 'returns': 'Part' }\n`,
      "qapi-schema.json": other,
      "part.json": part,
      "qapi.config.json": JSON.stringify({
        schemas: [{ schema: "sub/named.json", output: "out" }],
        lint: { rules: { "x-prefix-without-unstable": "error", "unused-type": "off" } },
      }),
    });
    client = await startProgram(folder.root);
    expect(await errorsIn("part.json", part)).toEqual([]);
    const told = client.diagnostics.get(pathToFileURL(join(folder.root, "sub/named.json")).href);
    expect(told?.map(({ code }) => code)).toContain("x-prefix-without-unstable");
  });

  it("is found by its name where nothing is open yet", async () => {
    folder = folderOf({ "a/qapi/qapi-schema.json": known, "node_modules/b/qapi-schema.json": known });
    client = await startClient(folder.root);
    const symbols = await client.connection.sendRequest<SymbolInformation[]>("workspace/symbol", {
      query: "",
    });
    expect(symbols.map(({ location }) => location.uri)).toEqual([
      pathToFileURL(join(folder.root, "a/qapi/qapi-schema.json")).href,
    ]);
  });
});
