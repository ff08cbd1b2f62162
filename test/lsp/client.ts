import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mkdirSync } from "node:fs";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { serveLanguage } from "../../src/lsp/server.js";

/** A client of a language server in this process, and what the server has told it. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult["capabilities"];
  /** By URI. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Waits until the server has said something of files, and then nothing for a while. */
  readonly settled: () => Promise<void>;
  readonly open: (path: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function startClient(
  root: string | undefined,
  params: Partial<InitializeParams> = {},
): Promise<TestClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  serveLanguage(server, {
    version: "test",
    settings: () => Promise.resolve({ levels: new Map(), mains: [] }),
    record: shippedRecord,
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  let told = 0;
  connection.onNotification(
    "textDocument/publishDiagnostics",
    (message: { uri: string; diagnostics: Diagnostic[] }) => {
      diagnostics.set(message.uri, message.diagnostics);
      told++;
    },
  );
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: root === undefined ? null : pathToFileURL(root).href,
    capabilities: {},
    ...params,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    capabilities,
    diagnostics,
    settled: async () => {
      for (let last = -1, quiet = 0; quiet < 4;) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        quiet = told === last ? quiet + 1 : 0;
        last = told;
      }
    },
    open: async (path, text) => {
      const uri = pathToFileURL(path).href;
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "qapi", version: 1, text },
      });
      return uri;
    },
    close: async () => {
      await connection.sendRequest("shutdown");
      connection.dispose();
      server.dispose();
    },
  };
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
