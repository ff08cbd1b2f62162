import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { connectLanguage } from "../../src/lsp/connect-language.js";
import { serveLanguage } from "../../src/lsp/server.js";
import type { WorkspaceSettings } from "../../src/lsp/workspace.js";

export const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A client of a language server, and what the server has told it. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult["capabilities"];
  /** By URI. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Waits until the server has said all that it has to say of what is open, lint's findings too. */
  readonly settled: () => Promise<void>;
  readonly open: (path: string, text: string) => Promise<string>;
  /** Gives an open document another text. */
  readonly type: (uri: string, text: string) => Promise<void>;
  readonly ask: <Result>(method: string, uri: string, more?: object) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/** A client of a server in this process. */
export async function startClient(
  root: string | undefined,
  params: Partial<InitializeParams> = {},
  settings?: (root: string) => WorkspaceSettings,
): Promise<TestClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const { connection: server } = connectLanguage(toServer, toClient);
  serveLanguage(server, {
    version: "test",
    settings: (folder) => Promise.resolve({ levels: new Map(), mains: [], ...settings?.(folder) }),
    record: shippedRecord,
  });
  const client = await greet(toClient, toServer, root, params);
  return {
    ...client,
    close: async () => {
      await client.close();
      server.dispose();
    },
  };
}

/** A client of `qapi lsp`, as an editor starts it, and how that ends. */
export async function startProgram(
  root: string | undefined,
  params: Partial<InitializeParams> = {},
  nodeOptions: readonly string[] = [],
): Promise<TestClient & { readonly pid: number; readonly ended: Promise<number | null> }> {
  const child = spawn(process.execPath, [...nodeOptions, program, "lsp"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const client = await greet(child.stdout, child.stdin, root, params);
  return {
    ...client,
    pid: child.pid!,
    ended,
    close: async () => {
      await client.connection.sendRequest("shutdown");
      await client.connection.sendNotification("exit");
      await ended;
      client.connection.dispose();
    },
  };
}

async function greet(
  input: Readable,
  output: Writable,
  root: string | undefined,
  params: Partial<InitializeParams>,
): Promise<TestClient> {
  const connection = createProtocolConnection(
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  connection.onNotification(
    "textDocument/publishDiagnostics",
    (message: { uri: string; diagnostics: Diagnostic[] }) => {
      diagnostics.set(message.uri, message.diagnostics);
    },
  );
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: root === undefined ? null : pathToFileURL(root).href,
    capabilities: {},
    ...params,
  });
  await connection.sendNotification("initialized", {});
  const versions = new Map<string, number>();
  const next = (uri: string): number => {
    const version = (versions.get(uri) ?? 0) + 1;
    versions.set(uri, version);
    return version;
  };
  const ask = <Result>(method: string, uri: string, more: object = {}): Promise<Result> =>
    connection.sendRequest<Result>(method, { textDocument: { uri }, ...more });
  return {
    connection,
    capabilities,
    diagnostics,
    ask,
    // Who asks for diagnostics makes lint look; what else it found is told before the second answer.
    settled: async () => {
      for (const uri of versions.keys()) await ask("textDocument/diagnostic", uri);
      await new Promise((done) => setTimeout(done, 50));
      for (const uri of versions.keys()) await ask("textDocument/diagnostic", uri);
    },
    open: async (path, text) => {
      const uri = pathToFileURL(path).href;
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "qapi", version: next(uri), text },
      });
      return uri;
    },
    type: (uri, text) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: next(uri) },
        contentChanges: [{ text }],
      }),
    close: async () => {
      await connection.sendRequest("shutdown");
      connection.dispose();
    },
  };
}

/** The place in a text where a text begins, or so many characters into it. */
export function placeOf(text: string, wanted: string, inside = 1): Position {
  const at = text.indexOf(wanted);
  if (at === -1) throw new RangeError(`there is no ${wanted}`);
  const before = text.slice(0, at + inside).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** A text after edits, which all are counted in it as it was. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  const offset = ({ line, character }: Position) => (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}

/** The text that was last looked into, line by line: most often it is the one that is looked into next. */
let lastLines = { of: "", lines: [""] };

/** What stands in a text at a range. */
export function textAt(text: string, { start, end }: { start: Position; end: Position }): string {
  if (lastLines.of !== text) lastLines = { of: text, lines: text.split(/\r\n|\n|\r/) };
  const lines = lastLines.lines.slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines
    .map((line, i) => line.slice(i === 0 ? start.character : 0, i === last ? end.character : undefined))
    .join("\n");
}

/** A folder with files, and how to remove it. */
export function folderOf(files: Readonly<Record<string, string>>): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "qapi-lsp-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
