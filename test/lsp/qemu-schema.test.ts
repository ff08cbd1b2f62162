import { cpSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CancellationTokenSource, ResponseError } from "vscode-languageserver-protocol/node";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Range,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { corpus } from "../support/shared-data.js";
import { applyEdits, folderOf, placeOf, startProgram, textAt } from "./client.js";

const layout = { options: { tabSize: 2, insertSpaces: true } };

/** One server, started in a repository whose folders are QEMU's, serves all that is asked here. */
describe.skipIf(corpus === undefined)("qapi lsp on QEMU's schemas", () => {
  let folder: ReturnType<typeof folderOf>;
  let client: Awaited<ReturnType<typeof startProgram>>;
  const texts = new Map<string, string>();
  const uriOf = (name: string) => pathToFileURL(join(folder.root, name)).href;
  const textOf = (name: string) => {
    const text = texts.get(name) ?? readFileSync(join(folder.root, name), "utf8");
    texts.set(name, text);
    return text;
  };
  const open = async (name: string, text = textOf(name)) => client.open(join(folder.root, name), text);
  const closed = (uri: string) =>
    client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  const core = "qapi/block-core.json";
  const at = (name: string, wanted: string, inside = 2) => ({
    position: placeOf(textOf(name), wanted, inside),
  });
  const ask = <Result>(method: string, name: string, more: object = {}) =>
    client.ask<Result>(`textDocument/${method}`, uriOf(name), more);
  const errors = () =>
    [...client.diagnostics].flatMap(([uri, list]) =>
      list
        .filter(({ severity }) => severity === 1)
        .map((each): Diagnostic & { uri: string } => ({ ...each, uri })),
    );
  const nameOf = (uri: string) => fileURLToPath(uri).slice(folder.root.length + 1);

  beforeAll(async () => {
    folder = folderOf({});
    cpSync(join(corpus ?? "", "qemu-10.2.2"), folder.root, {
      recursive: true,
      filter: (source) => !/qemu-10\.2\.2\/(?:golden|tests)/.test(source),
    });
    mkdirSync(join(folder.root, ".git"));
    client = await startProgram(folder.root);
    await open(core);
    await client.settled();
  }, 60_000);
  afterAll(async () => {
    await client.close();
    folder.remove();
  });

  describe("diagnostics", () => {
    it("tell nothing that QEMU's front end does not, but what lint finds, in files that are not open too", () => {
      expect(errors()).toEqual([]);
      const severities = new Set([...client.diagnostics.values()].flat().map(({ severity }) => severity));
      expect([...severities].sort()).toEqual([2, 4]);
      expect([...client.diagnostics.keys()].map(nameOf)).toEqual(
        expect.arrayContaining([core, "qapi/net.json", "qapi/migration.json"]),
      );
      expect([...client.diagnostics.values()].flat().map(({ code }) => code)).toContain(
        "doc-example-invalid",
      );
    });

    it("are pushed for all files that an edit breaks, and taken back", async () => {
      const uri = uriOf("qapi/common.json");
      await open("qapi/common.json");
      await client.type(uri, textOf("qapi/common.json").replaceAll(/OnOffAuto(?!S)/g, "OnOffNever"));
      await client.settled();
      expect(errors().length).toBeGreaterThan(2);
      for (const { message } of errors()) expect(message).toContain("OnOffAuto");
      expect(new Set(errors().map((each) => nameOf(each.uri))).size).toBeGreaterThan(1);
      const [first] = errors();
      expect(textAt(textOf(nameOf(first!.uri)), first!.range)).toContain("OnOffAuto");
      await client.type(uri, textOf("qapi/common.json"));
      await client.settled();
      expect(errors()).toEqual([]);
      await closed(uri);
    });

    it("can be asked for, of files that are not open too", async () => {
      for (const name of [core, "qapi/net.json"]) {
        const report = await ask<DocumentDiagnosticReport>("diagnostic", name);
        expect(report.kind).toBe("full");
        expect("items" in report && report.items).toEqual(client.diagnostics.get(uriOf(name)));
      }
    });
  });

  describe("names", () => {
    it("lead to their definition, includes to their file, @names in comments to what they describe", async () => {
      const definition = await ask<Location>("definition", core, at(core, "'OnOffAuto'"));
      expect(nameOf(definition.uri)).toBe("qapi/common.json");
      expect(textAt(textOf("qapi/common.json"), definition.range)).toBe("OnOffAuto");
      const included = await ask<Location>("definition", core, at(core, "'common.json'"));
      expect(nameOf(included.uri)).toBe("qapi/common.json");
      const member = await ask<Location>("definition", core, at(core, "# @backing-image:", 4));
      expect(textAt(textOf(core), member.range)).toContain("backing-image");
      const inDoc = await ask<Location>("definition", core, at(core, "`BlockNodeInfo`", 3));
      expect(textAt(textOf(core), inDoc.range)).toBe("BlockNodeInfo");
      const pragma = await ask<Location>(
        "definition",
        "qapi/pragma.json",
        at("qapi/pragma.json", "'block_resize'"),
      );
      expect(textAt(textOf(core), pragma.range)).toBe("block_resize");
    });

    it("of members lead to their type", async () => {
      const type = await ask<Location>("typeDefinition", core, at(core, "'*backing-image': 'ImageInfo'", 4));
      expect(textAt(textOf(core), type.range)).toBe("ImageInfo");
    });

    it("are found wherever they stand, with and without where they are defined", async () => {
      const params = at("qapi/common.json", "'OnOffAuto'");
      const [all, others] = await Promise.all(
        [true, false].map((includeDeclaration) =>
          ask<Location[]>("references", "qapi/common.json", { ...params, context: { includeDeclaration } }),
        ),
      );
      expect(all!.length).toBe(others!.length + 1);
      expect(new Set(all!.map(({ uri }) => uri)).size).toBeGreaterThan(2);
      for (const { uri, range } of all!) expect(textAt(textOf(nameOf(uri)), range)).toBe("OnOffAuto");
    });

    it("are given anew in code, comments, pragmas, and other schemas with the same file", async () => {
      for (const [name, wanted, newName, files] of [
        [core, "'BlockdevOptions'", "BlockdevChoices", [core]],
        [core, "'block_resize'", "block-resize", [core, "qapi/pragma.json"]],
        [core, "`BlockNodeInfo`", "NodeInfo", [core]],
        ["qapi/pragma.json", "'block_resize'", "block-resize", [core, "qapi/pragma.json"]],
        // The storage daemon's main file is in another folder, and names it in a pragma.
        ["qapi/pragma.json", "'query-tpm-types'", "query-tpm-kinds", ["qapi/pragma.json", "qapi/tpm.json"]],
      ] as const) {
        const place = at(name, wanted);
        const prepared = await ask<{ range: Range; placeholder: string }>("prepareRename", name, place);
        expect(textAt(textOf(name), prepared.range)).toBe(prepared.placeholder);
        const { changes } = await ask<WorkspaceEdit>("rename", name, { ...place, newName });
        expect(Object.keys(changes!).map(nameOf)).toEqual(expect.arrayContaining([...files]));
        for (const [uri, edits] of Object.entries(changes!)) {
          const before = textOf(nameOf(uri));
          const whole = new RegExp(`(?<![\\w-])${prepared.placeholder}(?![\\w-])`, "g");
          for (const edit of edits) {
            expect(edit.newText).toBe(newName);
            expect(textAt(before, edit.range)).toBe(prepared.placeholder);
          }
          // Nothing in code is left by the old name; in prose it may be a word.
          const code = applyEdits(before, edits).replaceAll(/^#.*$/gm, "");
          expect([...code.matchAll(whole)].filter(([word]) => code.includes(`'${word}'`))).toEqual([]);
        }
      }
    });

    it.each([
      ["a keyword", "'struct'", "NewName"],
      ["a built-in type", "'uint64'", "Uint"],
    ])("are not given anew where they are %s", async (_, wanted, newName) => {
      const place = at(core, wanted);
      expect(await ask("prepareRename", core, place)).toBeNull();
      await expect(ask("rename", core, { ...place, newName })).rejects.toThrow("no name");
    });

    it("are refused as new ones where they are taken, or none", async () => {
      const place = at(core, "'BlockdevOptions'");
      for (const newName of ["ImageInfo", "", "9p", "no name", "lower", "BlockdevOptions'", "__proto__"])
        await expect(ask("rename", core, { ...place, newName })).rejects.toBeInstanceOf(ResponseError);
    });
  });

  describe("hovers", () => {
    it.each([
      ["'blockdev-add'", [/command blockdev-add\(BlockdevOptions\)/, /since QEMU 6\.2 or earlier/]],
      ["'ImageInfo'", [/struct ImageInfo : BlockNodeInfo/, /received from `query-block`/]],
      ["'BlockdevOptions'", [/union BlockdevOptions/, /sent by .*`blockdev-add`/]],
      ["'drive-backup'", [/deprecated/i]],
      ["'*backing-image'", [/\*backing-image: ImageInfo of ImageInfo/, /info of the backing image/]],
      ["# @backing-image:", [/\*backing-image: ImageInfo of ImageInfo/]],
      ["'io_uring'", [/value io_uring/, /if `?CONFIG_LINUX_IO_URING/]],
    ])("tell of %s", async (wanted, patterns) => {
      const inside = wanted.startsWith("#") ? 4 : 3;
      const { contents, range } = await ask<Hover>("hover", core, at(core, wanted, inside));
      for (const pattern of patterns) expect((contents as { value: string }).value).toMatch(pattern);
      expect(wanted).toContain(textAt(textOf(core), range!).replaceAll("'", ""));
    });
  });

  describe("completion", () => {
    it.each([
      ["{ '|' }", ["struct", "command", "pragma"], ["data"]],
      ["{ | }", ["struct", "command"], []],
      ["{ 'union': 'Xy', '|' }", ["base", "discriminator", "data"], ["union", "returns"]],
      ["{ 'command': 'x', 'data': 'Xy', '|', 'returns': 'Xy' }", ["boxed", "allow-oob"], ["data", "returns"]],
      ["{ 'command': 'x', 'returns': '|' }", ["ImageInfo", "str"], ["blockdev-add"]],
      ["{ 'command': 'x', 'boxed': | }", ["true", "false"], []],
      ["{ 'command': 'x', 'data': '|' }", ["BlockdevOptions"], ["int"]],
      ["{ 'struct': 'Xy', 'base': '|' }", ["BlockNodeInfo"], ["OnOffAuto", "int"]],
      ["{ 'struct': 'Xy', 'data': { 'a': [ '|' ] } }", ["OnOffAuto", "uint64", "size"], []],
      ["{ 'struct': 'Xy', 'data': { 'a': { 'type': 'str', '|' } } }", ["if", "features"], ["type"]],
      ["{ 'struct': 'Xy', 'data': { 'a': { 'type': 'str', 'if': '|' } } }", ["CONFIG_LINUX"], ["type"]],
      ["{ 'command': 'x', 'features': [ 'deprecated', '|' ] }", ["unstable"], ["deprecated"]],
      ["{ 'enum': 'Xy', 'data': [ { '|' } ] }", ["name", "if", "features"], []],
      ["{ 'pragma': { '|' } }", ["documentation-exceptions", "command-name-exceptions"], []],
      ["{ 'pragma': { 'command-returns-exceptions': [ '|' ] } }", ["blockdev-add"], ["ImageInfo"]],
      ["{ 'pragma': { 'documentation-exceptions': [ '|' ] } }", ["ImageInfo"], []],
      ["{ 'union': 'Xy', 'base': { 'a': 'OnOffAuto', '*b': 'int' }, 'discriminator': '|' }", ["a", "b"], []],
      [
        "{ 'union': 'Xy', 'base': { 'a': 'OnOffAuto' }, 'discriminator': 'a', 'data': { 'on': 'Xy', '|' } }",
        ["auto", "off"],
        ["on"],
      ],
      ["##\n# @|\n##\n{ 'command': 'x-y', 'data': { 'first': 'int' } }", ["x-y"], ["first"]],
      [
        "##\n# @x-y:\n#\n# @one: 1\n#\n# @|\n##\n{ 'event': 'x-y', 'data': { 'one': 'int', '*two': 'int' } }",
        ["two"],
        ["one"],
      ],
      ["##\n# @x-y:\n#\n# Like @|\n##\n{ 'event': 'x-y', 'data': { 'one': 'int' } }", ["one"], []],
      ["##\n# @x-y:\n#\n# See `|\n##\n{ 'event': 'x-y' }", ["blockdev-add", "ImageInfo"], []],
      ["##\n# @x-y:\n#\n# |\n##\n{ 'event': 'x-y' }", ["Since:", "Features:"], []],
      ["# |", [], ["struct"]],
      ["|", [], ["struct"]],
    ])("of %j", async (typed, wanted, unwanted) => {
      const text = `${textOf("qapi/replay.json")}\n${typed.replace("|", "")}\n`;
      const uri = await open("qapi/replay.json", text);
      const before = `${textOf("qapi/replay.json")}\n${typed.slice(0, typed.indexOf("|"))}`.split("\n");
      const items = await client.ask<CompletionItem[]>("textDocument/completion", uri, {
        position: { line: before.length - 1, character: before.at(-1)!.length },
      });
      const labels = items.map(({ label }) => label);
      expect(labels).toEqual(expect.arrayContaining(wanted));
      for (const each of unwanted) expect(labels).not.toContain(each);
      expect(new Set(labels).size).toBe(labels.length);
      await closed(uri);
    });
  });

  describe("the shape of a file", () => {
    it("has a symbol for each definition, with its members", async () => {
      for (const name of readdirSync(join(folder.root, "qapi")).map((each) => `qapi/${each}`)) {
        const text = textOf(name);
        const symbols = await ask<DocumentSymbol[] | null>("documentSymbol", name);
        const definitions = text.match(/^\{ *'(?:enum|struct|union|alternate|command|event)' *:/gm) ?? [];
        expect(symbols?.length ?? 0).toBe(definitions.length);
        for (const { name: called, selectionRange } of symbols ?? [])
          expect(textAt(text, selectionRange)).toBe(called);
      }
      const symbols = await ask<DocumentSymbol[]>("documentSymbol", core);
      const members = symbols.find(({ name }) => name === "SnapshotInfo")!.children!;
      expect(members.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["id", "name", "vm-state-size", "icount"]),
      );
    });

    it("is found over all schemas of the repository", async () => {
      const found = async (query: string) =>
        (await client.connection.sendRequest<SymbolInformation[]>("workspace/symbol", { query })).map(
          ({ name, location }) => `${name} in ${nameOf(location.uri)}`,
        );
      expect(await found("blkdevadd")).toContain("blockdev-add in qapi/block-core.json");
      expect(await found("guest-fsfreeze-thaw")).toContain("guest-fsfreeze-thaw in qga/qapi-schema.json");
      expect(await found("no such name")).toEqual([]);
      const all = await found("");
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBeGreaterThan(1000);
    });

    it("folds over definitions and comments, and grows from a word to the file", async () => {
      const folds = await ask<FoldingRange[]>("foldingRange", core);
      const line = placeOf(textOf(core), "{ 'struct': 'SnapshotInfo'").line;
      expect(folds.find(({ startLine }) => startLine === line)!.endLine).toBeGreaterThan(line);
      expect(folds.filter(({ kind }) => kind === "comment").length).toBeGreaterThan(100);
      const [selection] = await ask<SelectionRange[]>("selectionRange", core, {
        positions: [at(core, "'*backing-image'", 4).position],
      });
      const grown: string[] = [];
      for (let each: SelectionRange | undefined = selection; each !== undefined; each = each.parent)
        grown.push(textAt(textOf(core), each.range));
      expect(grown.slice(0, 2)).toEqual(["*backing-image", "'*backing-image'"]);
      expect(grown.at(-2)).toMatch(/^\{ 'struct': 'ImageInfo'[^]*\}$/);
      expect(grown.at(-1)).toBe(textOf(core));
      for (const [i, text] of grown.slice(1).entries()) expect(text).toContain(grown[i]);
    });

    it("is coloured, in full, of some lines, and by what has changed", async () => {
      const { data, resultId } = await ask<SemanticTokens>("semanticTokens/full", core);
      const legend = client.capabilities.semanticTokensProvider!.legend.tokenTypes;
      const words = decode(textOf(core), data).map(({ word, type }) => `${legend[type] ?? ""} ${word}`);
      expect(words).toEqual(
        expect.arrayContaining([
          "type ImageInfo",
          "function blockdev-add",
          "property *backing-image",
          "enumMember io_uring",
        ]),
      );
      const { line } = placeOf(textOf(core), "'*backing-image': 'ImageInfo'");
      const range = { start: { line, character: 0 }, end: { line, character: 1 } };
      const some = await ask<SemanticTokens>("semanticTokens/range", core, { range });
      expect(decode(textOf(core), some.data).map(({ word }) => word)).toEqual([
        "*backing-image",
        "ImageInfo",
      ]);
      const uri = uriOf(core);
      await client.type(uri, `# one more line\n${textOf(core)}`);
      const delta = await ask<SemanticTokensDelta>("semanticTokens/full/delta", core, {
        previousResultId: resultId,
      });
      expect(delta.edits).toHaveLength(1);
      expect(delta.edits[0]!.data!.length + delta.edits[0]!.deleteCount).toBeLessThan(10);
      await client.type(uri, textOf(core));
    });

    it("has hints of what named arguments are, and counts of who uses a type", async () => {
      const range = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };
      const hints = await ask<InlayHint[]>("inlayHint", core, { range });
      const { line } = placeOf(textOf(core), "'data': 'BlockdevOptions'");
      const hint = hints.find(({ position }) => position.line === line);
      expect(hint!.label).toContain("driver");
      expect(await ask("inlayHint", core, { range: { start: range.end, end: range.end } })).toEqual([]);
      const lenses = await ask<CodeLens[]>("codeLens", core);
      const of = (name: string) =>
        lenses.find(({ range: place }) => textAt(textOf(core), place) === name)!.command!.title;
      expect(of("ImageInfo")).toBe("used by 2 commands");
      expect(of("BlockErrorAction")).toMatch(/^used by 0 commands and \d+ events?$/);
    });
  });

  describe("edits", () => {
    const actionsAt = (uri: string, line: number, context: object = {}) =>
      client.ask<CodeAction[] | null>("textDocument/codeAction", uri, {
        range: { start: { line, character: 0 }, end: { line, character: 200 } },
        context: { diagnostics: [], ...context },
      });

    it("describe what is bare, mend what is misspelt or laid out badly, or let a finding pass", async () => {
      const before = textOf("qapi/replay.json");
      const bare =
        "{ 'command': 'x-try', 'data': { '*one': 'OnOfAuto' }, 'returns': 'ImageInfo', 'features': [ 'unstable' ] }";
      let text = `${before}\n${bare}\n`;
      const uri = await open("qapi/replay.json", text);
      const actions = async () => {
        await client.settled();
        return (await actionsAt(uri, placeOf(text, "'x-try'").line))!;
      };
      const take = async (title: string) => {
        const action = (await actions()).find((each) => each.title === title)!;
        return applyEdits(text, action.edit!.changes![uri]!);
      };
      const type = async (typed: string) => {
        text = typed;
        await client.type(uri, text);
      };
      await type(await take("Add a documentation comment to 'x-try'"));
      expect(text).toBe(
        `${before}\n##\n# @x-try:\n#\n# ...\n#\n# @one: ...\n#\n# Features:\n#\n# @unstable: ...\n#\n# Returns: ...\n#\n# Since: 11.0\n##\n${bare}\n`,
      );
      expect((await actions()).map(({ title }) => title)).toEqual(["Change to 'OnOffAuto'"]);
      const right = await take("Change to 'OnOffAuto'");
      expect(right).toBe(text.replace("OnOfAuto", "OnOffAuto"));
      await type(`${right.trimEnd()}  \n`);
      const mend = (await actions()).find(({ title }) => title === "Mend trailing-space");
      expect(mend).toMatchObject({ isPreferred: true, kind: "quickfix" });
      expect(errors()).toEqual([]);
      expect(await take("Mend trailing-space")).toBe(right);
      expect(await take("Ignore trailing-space here, with a reason")).toBe(
        text.replace("##\n# @x-try", "# lint-ignore trailing-space: REASON\n##\n# @x-try"),
      );
      expect(await actionsAt(uri, 0, { only: ["refactor"] })).toBeNull();
      await closed(uri);
    });

    it("lay out a file as the formatter does, or some of its lines, or what is not broken of it", async () => {
      const before = textOf("qapi/replay.json").replaceAll("', '", "','");
      const ugly = `${before}\n{ 'struct' 'Xy' }\n\n{'enum':'Xz','data':['a']}\n`;
      const uri = await open("qapi/replay.json", ugly);
      const edits = await client.ask<TextEdit[]>("textDocument/formatting", uri, layout);
      const after = applyEdits(ugly, edits);
      expect(after).toBe(
        `${textOf("qapi/replay.json")}\n{ 'struct' 'Xy' }\n\n{ 'enum': 'Xz', 'data': [ 'a' ] }\n`,
      );
      const { line } = placeOf(ugly, "{'enum'");
      const range = { start: { line, character: 0 }, end: { line, character: 1 } };
      const some = await client.ask<TextEdit[]>("textDocument/rangeFormatting", uri, { ...layout, range });
      expect(applyEdits(ugly, some)).toBe(
        `${before}\n{ 'struct' 'Xy' }\n\n{ 'enum': 'Xz', 'data': [ 'a' ] }\n`,
      );
      await closed(uri);
    });

    it("let includes follow a file or a folder, in all schemas of the repository", async () => {
      const rename = async (from: string, to: string) => {
        const { changes = {} } = await client.connection.sendRequest<WorkspaceEdit>(
          "workspace/willRenameFiles",
          { files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] },
        );
        return Object.entries(changes).flatMap(([uri, edits]) =>
          edits.map(
            ({ range, newText }) => `${nameOf(uri)}: ${textAt(textOf(nameOf(uri)), range)} is ${newText}`,
          ),
        );
      };
      expect(await rename(core, "qapi/block/base.json")).toEqual(
        expect.arrayContaining([
          "qapi/block.json: block-core.json is block/base.json",
          "qapi/block/base.json: common.json is ../common.json".replace("qapi/block/base.json", core),
          "storage-daemon/qapi/qapi-schema.json: ../../qapi/block-core.json is ../../qapi/block/base.json",
        ]),
      );
      const moved = await rename("qapi", "schema");
      expect(moved).toContain(
        "storage-daemon/qapi/qapi-schema.json: ../../qapi/common.json is ../../schema/common.json",
      );
      expect(moved.filter((each) => each.startsWith("qapi/"))).toEqual([]);
      expect(await rename("README", "READ.ME")).toEqual([]);
    });
  });

  describe("several schemas", () => {
    it("are told apart, and what they have in common is told once", async () => {
      const [agent, daemon] = ["qga/qapi-schema.json", "storage-daemon/qapi/qapi-schema.json"] as const;
      await open(agent);
      await open(daemon);
      await client.settled();
      expect(errors()).toEqual([]);
      // The daemon uses few of the types that it includes; that is no fault of theirs.
      const own = (await ask<{ items: Diagnostic[] }>("diagnostic", core)).items;
      expect(client.diagnostics.get(uriOf(core))).toEqual(own);
      expect(
        nameOf((await ask<Location>("definition", daemon, at(daemon, "'../../qapi/block-core.json'"))).uri),
      ).toBe(core);
      expect(nameOf((await ask<Location>("definition", agent, at(agent, "'GuestAgentInfo'"))).uri)).toBe(
        agent,
      );
      await client.type(
        uriOf(core),
        textOf(core).replace("'data': 'BlockdevOptions'", "'data': 'BlockdevNo'"),
      );
      await client.settled();
      expect(errors()).toHaveLength(1);
      await client.type(uriOf(core), textOf(core));
      await client.type(
        uriOf(agent),
        textOf(agent).replace("'returns': 'GuestAgentInfo'", "'returns': 'OnOffAuto'"),
      );
      await client.settled();
      expect(errors().map(({ uri, message }) => `${nameOf(uri)}: ${message as string}`)).toEqual([
        expect.stringMatching(/^qga\/qapi-schema\.json: .*OnOffAuto/),
      ]);
      await closed(uriOf(agent));
      await closed(uriOf(daemon));
      await client.settled();
      expect(errors()).toEqual([]);
    });
  });

  it("answers what is cancelled, unknown or about nothing, and goes on", async () => {
    const source = new CancellationTokenSource();
    const cancelled = Promise.allSettled(
      Array.from({ length: 20 }, () =>
        client.connection.sendRequest("workspace/symbol", { query: "" }, source.token),
      ),
    );
    source.cancel();
    for (const each of await cancelled)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: -32800 });
    await expect(client.connection.sendRequest("no/such", {})).rejects.toMatchObject({ code: -32601 });
    await expect(client.connection.sendRequest("textDocument/hover")).rejects.toMatchObject({ code: -32602 });
    expect(
      await client.ask("textDocument/hover", "untitled:x", { position: { line: 0, character: 0 } }),
    ).toBeNull();
    await client.connection.sendNotification("no/such", {});
    expect(await ask<Hover>("hover", core, at(core, "'ImageInfo'"))).not.toBeNull();
  });
});

/** Tokens as the protocol packs them. */
function decode(text: string, data: readonly number[]): { word: string; type: number }[] {
  const lines = text.split("\n");
  const found: { word: string; type: number }[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lines_ = 0, characters = 0, length = 0, type = 0] = data.slice(i, i + 5);
    character = lines_ === 0 ? character + characters : characters;
    line += lines_;
    found.push({ word: lines[line]!.slice(character, character + length), type });
  }
  return found;
}
