import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { applyEdits, folderOf, placeOf, startClient, type TestClient } from "./client.js";
import { main, types } from "./small-schema.js";

describe("the language server", () => {
  let folder: ReturnType<typeof folderOf>;
  let client: TestClient;
  let [mainPath, typesPath] = ["", ""];
  let [mainUri, typesUri] = ["", ""];

  beforeEach(async () => {
    folder = folderOf({ "main.json": main, "types.json": types });
    [mainPath, typesPath] = [join(folder.root, "main.json"), join(folder.root, "types.json")];
    client = await startClient(folder.root);
    [mainUri, typesUri] = [pathToFileURL(mainPath).href, pathToFileURL(typesPath).href];
    await client.open(typesPath, types);
  });
  afterEach(async () => {
    await client.close();
    folder.remove();
  });

  const ask = <Result>(method: string, uri: string, more: object = {}): Promise<Result> =>
    client.connection.sendRequest<Result>(method, { textDocument: { uri }, ...more });
  const shown = (
    text: string,
    { range }: { range: { start: { line: number; character: number }; end: { character: number } } },
  ) => text.split("\n")[range.start.line]!.slice(range.start.character, range.end.character);

  it("tells what is wrong in files that are not open, by the main file that includes them", async () => {
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: typesUri, version: 2 },
      contentChanges: [{ text: types.replaceAll("ClockInfo", "ClockData") }],
    });
    await client.settled();
    const [problem] = client.diagnostics.get(mainUri)!;
    expect(problem).toMatchObject({ code: "type-unknown", severity: 1, source: "qapi" });
    expect(problem!.message).toContain("ClockInfo");
    expect(shown(main, problem!)).toBe("'ClockInfo'");
    // What was wrong and is no more is taken back.
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: typesUri, version: 3 },
      contentChanges: [{ text: types }],
    });
    await client.settled();
    expect(client.diagnostics.get(mainUri)).toEqual([]);
  });

  it("has lint's findings among them, as warnings and hints", async () => {
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: typesUri, version: 2 },
      contentChanges: [
        {
          text: `${types}\n{ 'enum': 'Lonely', 'data': [ 'a_b' ] }\n`.replace(
            "'Zone' ]",
            "'Zone' ], 'member-name-exceptions': [ 'Lonely' ]",
          ),
        },
      ],
    });
    await client.settled();
    expect(client.diagnostics.get(typesUri)!.map(({ code, severity }) => [code, severity])).toEqual(
      expect.arrayContaining([
        ["unused-type", 2],
        ["name-underscore", 4],
      ]),
    );
  });

  it("leads from a name to its definition, and from an include to its file", async () => {
    for (const wanted of ["'ClockInfo' }", "`ClockInfo`"]) {
      const found = await ask<Location>("textDocument/definition", mainUri, {
        position: placeOf(main, wanted, 2),
      });
      expect(found.uri).toBe(typesUri);
      expect(shown(types, found)).toBe("ClockInfo");
    }
    const included = await ask<Location>("textDocument/definition", mainUri, {
      position: placeOf(main, "types.json"),
    });
    expect(included.uri).toBe(typesUri);
    const typed = await ask<Location>("textDocument/typeDefinition", mainUri, {
      position: placeOf(main, "'*zone'", 2),
    });
    expect(shown(types, typed)).toBe("Zone");
  });

  it("finds all that names a definition", async () => {
    const found = await ask<Location[]>("textDocument/references", typesUri, {
      position: placeOf(types, "'Zone', 'data'", 2),
      context: { includeDeclaration: true },
    });
    expect(found.map(({ uri }) => (uri === mainUri ? "main" : "types")).sort()).toEqual([
      "main",
      "types",
      "types",
      "types",
      "types",
    ]);
    expect(found.every((each) => shown(each.uri === mainUri ? main : types, each) === "Zone")).toBe(true);
  });

  it("renames a definition in code, documentation and pragmas", async () => {
    const { changes } = await ask<WorkspaceEdit>("textDocument/rename", mainUri, {
      position: placeOf(main, "'*zone': 'Zone'", 11),
      newName: "TimeZone",
    });
    expect(applyEdits(main, changes![mainUri]!)).toBe(main.replace("'Zone'", "'TimeZone'"));
    expect(applyEdits(types, changes![typesUri]!)).toBe(types.replace(/\bZone\b/g, "TimeZone"));
    await expect(
      ask("textDocument/rename", mainUri, {
        position: placeOf(main, "'*zone': 'Zone'", 11),
        newName: "ClockInfo",
      }),
    ).rejects.toThrow("'ClockInfo' is defined already");
    await expect(
      ask("textDocument/rename", mainUri, {
        position: placeOf(main, "'*zone': 'Zone'", 11),
        newName: "no name",
      }),
    ).rejects.toThrow("is no name");
  });

  it("tells of a definition what it is, who uses it and what its comment says", async () => {
    const { contents } = await ask<Hover>("textDocument/hover", mainUri, {
      position: placeOf(main, "'ClockInfo' }", 2),
    });
    const { value } = contents as { value: string };
    expect(value).toContain("struct ClockInfo");
    expect(value).toContain("received from `query-clock`");
    const command = await ask<Hover>("textDocument/hover", mainUri, {
      position: placeOf(main, "'query-clock'", 2),
    });
    expect((command.contents as { value: string }).value).toMatch(
      /command query-clock\(\*zone: Zone\) -> ClockInfo[^]*Tells the time/,
    );
  });

  it.each([
    ["{ '|' }", ["enum", "command", "include"]],
    ["{ 'command': 'x', '|' }", ["data", "returns", "allow-oob"]],
    ["{ 'command': 'x', 'returns': '|' }", ["ClockInfo", "str"]],
    ["{ 'struct': 'Xy', 'data': { 'a': '|' } }", ["Zone", "uint64"]],
    ["{ 'struct': 'Xy', 'data': { 'a': { '|' } } }", ["type", "if", "features"]],
    ["{ 'command': 'x', 'features': [ '|' ] }", ["deprecated", "unstable"]],
    ["{ 'pragma': { '|' } }", ["doc-required", "member-name-exceptions"]],
    ["##\n# @query-x:\n#\n# @|\n##\n{ 'command': 'query-x', 'data': { 'first': 'int' } }", ["first"]],
    ["##\n# @query-x:\n#\n# See `|\n##\n{ 'command': 'query-x' }", ["query-clock", "Zone"]],
    ["##\n# @query-x:\n#\n# S|\n##\n{ 'command': 'query-x' }", ["Since:"]],
  ])("completes %j", async (typed, wanted) => {
    const text = `${main}\n${typed.replace("|", "")}\n`;
    await client.open(mainPath, text);
    const before = `${main}\n${typed.slice(0, typed.indexOf("|"))}`.split("\n");
    const items = await ask<CompletionItem[]>("textDocument/completion", mainUri, {
      position: { line: before.length - 1, character: before.at(-1)!.length },
    });
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(wanted));
  });

  it("outlines, also around what is broken", async () => {
    const broken = types.replace(
      "{ 'enum': 'Zone', 'data': [ 'utc' ] }",
      "{ 'enum': 'Zone', 'data': [ 'utc'",
    );
    await client.open(typesPath, broken);
    const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", typesUri);
    expect(symbols.map(({ name }) => name)).toContain("ClockInfo");
    expect(symbols.find(({ name }) => name === "ClockInfo")!.children!.map(({ name }) => name)).toEqual([
      "zone",
    ]);
    const found = await client.connection.sendRequest<{ name: string }[]>("workspace/symbol", {
      query: "clk",
    });
    expect(found.map(({ name }) => name).sort()).toEqual(["ClockInfo", "query-clock"]);
    expect(await ask<unknown[]>("textDocument/foldingRange", typesUri)).not.toEqual([]);
  });

  it("lays out a file, or the definitions of some lines", async () => {
    const ugly = "{'enum':'Aa','data':['a']}\n{'enum':'Bb','data':['b']}\n";
    await client.open(typesPath, ugly);
    const options = { options: { tabSize: 2, insertSpaces: true } };
    const all = await ask<TextEdit[]>("textDocument/formatting", typesUri, options);
    expect(applyEdits(ugly, all)).toBe(
      "{ 'enum': 'Aa', 'data': [ 'a' ] }\n{ 'enum': 'Bb', 'data': [ 'b' ] }\n",
    );
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    const some = await ask<TextEdit[]>("textDocument/rangeFormatting", typesUri, { ...options, range });
    expect(applyEdits(ugly, some)).toBe("{'enum':'Aa','data':['a']}\n{ 'enum': 'Bb', 'data': [ 'b' ] }\n");
  });

  it("offers what mends a problem, or lets it pass", async () => {
    const text = main.replace("'*zone': 'Zone'", "'*zone': 'Zon'");
    await client.open(mainPath, text);
    await client.settled();
    const line = placeOf(text, "'Zon'").line;
    const range = { start: { line, character: 0 }, end: { line, character: 80 } };
    const actions = await ask<CodeAction[]>("textDocument/codeAction", mainUri, {
      range,
      context: { diagnostics: [] },
    });
    const change = actions.find(({ title }) => title === "Change to 'Zone'")!;
    expect(applyEdits(text, change.edit!.changes![mainUri]!)).toBe(main);
    // With trailing blanks there is something for lint to mend.
    const spaced = `${main}{ 'command': 'x-try' }  \n`;
    await client.open(mainPath, spaced);
    await client.settled();
    const last = spaced.split("\n").length - 2;
    const lintActions = await ask<CodeAction[]>("textDocument/codeAction", mainUri, {
      range: { start: { line: last, character: 0 }, end: { line: last, character: 40 } },
      context: { diagnostics: [] },
    });
    const titles = lintActions.map(({ title }) => title);
    expect(titles).toContain("Mend trailing-space");
    expect(titles).toContain("Ignore x-prefix-without-unstable here, with a reason");
    expect(titles).toContain("Add a documentation comment to 'x-try'");
  });

  it("lets includes follow a file that is given another name", async () => {
    const { changes } = await client.connection.sendRequest<WorkspaceEdit>("workspace/willRenameFiles", {
      files: [{ oldUri: typesUri, newUri: pathToFileURL(join(folder.root, "sub/kinds.json")).href }],
    });
    expect(applyEdits(main, changes![mainUri]!)).toBe(main.replace("types.json", "sub/kinds.json"));
  });

  it("counts in the units that the client asks for", async () => {
    const text = "# \u{1F600}\u00e9\n{ 'enum': 'Bad', 'data': [ 'a', 'a' ] }  # \u{1F600} x\n";
    for (const [encoding, characters] of [
      ["utf-8", 6],
      ["utf-16", 3],
    ] as const) {
      const other = await startClient(folder.root, {
        capabilities: { general: { positionEncodings: [encoding] } },
      });
      expect(other.capabilities.positionEncoding).toBe(encoding);
      const path = join(folder.root, "alone.json");
      await other.open(path, `##\n# ${text.slice(2, 5)} {\n##\n`);
      const ranges = await other.connection.sendRequest<{ range: { end: { character: number } } }[]>(
        "textDocument/selectionRange",
        {
          textDocument: { uri: pathToFileURL(path).href },
          positions: [{ line: 1, character: 2 }],
        },
      );
      expect(ranges[0]!.range.end.character).toBe(2 + characters + 2);
      await other.close();
    }
  });

  it.each([
    ["textDocument/hover", { textDocument: { uri: "untitled:x" }, position: { line: 0, character: 0 } }],
    [
      "textDocument/hover",
      { textDocument: { uri: "file:///no/such%ZZ.json" }, position: { line: -5, character: 1e9 } },
    ],
    [
      "textDocument/definition",
      { textDocument: { uri: "file:///nowhere/x.json" }, position: { line: 9e9, character: 9e9 } },
    ],
    ["textDocument/completion", { textDocument: { uri: "" }, position: { line: 0, character: 0 } }],
  ])("answers %s with nothing where there is nothing: %j", async (method, params) => {
    const answer = await client.connection.sendRequest<unknown>(method, params).catch(() => null);
    expect(answer === null || (Array.isArray(answer) && answer.length === 0)).toBe(true);
    expect(await ask("textDocument/foldingRange", typesUri)).not.toEqual([]);
  });
});
