import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import Module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { unzipSync, strFromU8 } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  type InitializeResult,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";

const project = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qapi-vsix-"));
const extension = join(folder, "extension");
let entries: Readonly<Record<string, Uint8Array>> = {};

beforeAll(() => {
  const vsix = join(folder, "qapi.vsix");
  const tsx = join(project, "node_modules/tsx/dist/cli.mjs");
  execFileSync(process.execPath, [tsx, "editors/vscode/package-extension.ts", vsix], { cwd: project });
  entries = unzipSync(new Uint8Array(execFileSync("cat", [vsix])));
  for (const [name, content] of Object.entries(entries)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const json = (name: string): unknown => JSON.parse(strFromU8(entries[name] ?? new Uint8Array()));

describe("the packed extension", () => {
  it("is a zip with a manifest, content types for every file, and what its description names", () => {
    const names = Object.keys(entries);
    expect(names[0]).toBe("[Content_Types].xml");
    const types = strFromU8(entries["[Content_Types].xml"] ?? new Uint8Array());
    for (const name of names.slice(1))
      expect(types).toContain(`Extension="${/\.[^.]+$/.exec(name)?.[0] ?? ""}"`);
    const manifest = strFromU8(entries["extension.vsixmanifest"] ?? new Uint8Array());
    const assets = [...manifest.matchAll(/ Path="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(names).toEqual(expect.arrayContaining(assets));
    const description = json("extension/package.json") as {
      main: string;
      contributes: {
        grammars: { path: string; language: string }[];
        languages: { id: string; configuration: string }[];
      };
    };
    const { grammars, languages } = description.contributes;
    const named = [
      description.main,
      ...grammars.map(({ path }) => path),
      ...languages.map((each) => each.configuration),
    ];
    expect(names).toEqual(expect.arrayContaining(named.map((path) => `extension/${path.replace("./", "")}`)));
    expect(grammars.map(({ language }) => language)).toEqual(languages.map(({ id }) => id));
    for (const name of names.filter((each) => each.endsWith(".json")))
      expect(json(name)).toBeTypeOf("object");
  });

  it("holds a server that runs by itself and tells what is wrong in a file", async () => {
    const work = mkdtempSync(join(folder, "work-"));
    const path = join(work, "qapi-schema.json");
    const text = "{ 'command': 'go', 'data': 'Nowhere' }\n";
    writeFileSync(path, text);
    const server = spawn(process.execPath, [join(extension, "server.mjs"), "lsp"], { cwd: work });
    const exit = once(server, "exit");
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    const told = new Promise<PublishDiagnosticsParams>((resolve) => {
      connection.onNotification(PublishDiagnosticsNotification.type, (found) => {
        if (found.diagnostics.length > 0) resolve(found);
      });
    });
    const uri = pathToFileURL(path).href;
    const { capabilities } = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      workspaceFolders: [{ uri: pathToFileURL(work).href, name: "work" }],
      capabilities: {},
    });
    expect(capabilities).toMatchObject({ hoverProvider: true, documentFormattingProvider: true });
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "qapi", version: 1, text },
    });
    expect((await told).diagnostics[0]?.message).toContain("unknown type 'Nowhere'");
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    expect(await exit).toEqual([0, null]);
    connection.dispose();
  }, 30_000);
});

/** What an editor was asked to do. */
interface Asked {
  readonly languages: (readonly [path: string, language: string])[];
  open: ((document: unknown) => void) | undefined;
}

/** As much of VS Code as the extension's own code uses; of what the client behind it names, empty classes. */
function fakedEditor(documents: readonly unknown[], asked: Asked): object {
  const empty = function () {
    // There is nothing to it.
  };
  const own: Record<string, unknown> = {
    workspace: {
      isTrusted: true,
      workspaceFolders: [],
      textDocuments: documents,
      getConfiguration: () => ({ get: () => undefined }),
      onDidOpenTextDocument: (open: (document: unknown) => void) => {
        asked.open = open;
        return { dispose: () => undefined };
      },
    },
    languages: {
      setTextDocumentLanguage: ({ fileName }: { readonly fileName: string }, language: string) => {
        asked.languages.push([fileName, language]);
        return Promise.resolve();
      },
    },
    version: "1.90.0",
  };
  return new Proxy(own, { get: (target, name) => target[String(name)] ?? empty });
}

describe("the extension's own code, in an editor that is none", () => {
  const document = (fileName: string, languageId: string, text: string) => ({
    fileName,
    languageId,
    getText: () => text,
  });

  it("takes JSON that is QAPI for QAPI, when it is there already and when it is opened", async () => {
    const asked: Asked = { languages: [], open: undefined };
    const documents = [
      document("a.json", "json", "# -*- Mode: Python -*-\n\n{ 'include': 'b.json' }\n"),
      document("b.json", "jsonc", "##\n# @A:\n##\r\n{ 'enum': 'A', 'data': [] }\n"),
      document("c.json", "json", '{ "include": "b.json" }\n'),
      document("d.txt", "plaintext", "{ 'enum': 'A', 'data': [] }\n"),
      document("e.json", "json", "{ 'other': 'A' }\n"),
    ];
    const loaded = loadExtension(fakedEditor(documents, asked));
    const context = {
      asAbsolutePath: (path: string) => join(extension, path),
      subscriptions: [] as unknown[],
    };
    // The client itself needs more of an editor than there is.
    await loaded.activate(context).catch(() => undefined);
    expect(asked.languages).toEqual([
      ["a.json", "qapi"],
      ["b.json", "qapi"],
    ]);
    asked.open?.(document("f.json", "json", "\n{ 'struct' : 'F', 'data': {} }"));
    expect(asked.languages.at(-1)).toEqual(["f.json", "qapi"]);
    expect(context.subscriptions).toHaveLength(1);
  });
});

/** Loads what was packed, with another `vscode` than there is none of. */
function loadExtension(vscode: object): { activate: (context: unknown) => Promise<void> } {
  const require = createRequire(join(extension, "extension.cjs"));
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
  try {
    return require("./extension.cjs") as ReturnType<typeof loadExtension>;
  } finally {
    loader._load = load;
  }
}
