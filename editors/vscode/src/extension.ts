import { existsSync } from "node:fs";
import { join } from "node:path";
import { languages, workspace, type ExtensionContext, type TextDocument } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Starts the server, and takes `.json` files that are QAPI by their text for what they are. */
export async function activate(context: ExtensionContext): Promise<void> {
  // Colours do not wait for a server, nor need one.
  context.subscriptions.push(workspace.onDidOpenTextDocument((document) => void recognise(document)));
  for (const document of workspace.textDocuments) await recognise(document);
  const module = serverModule(context.asAbsolutePath("server.mjs"));
  const run = { module, transport: TransportKind.stdio, args: ["lsp"] };
  client = new LanguageClient(
    "qapi",
    "QAPI",
    { run, debug: run },
    {
      documentSelector: [{ language: "qapi", scheme: "file" }],
      initializationOptions: { schema: setting("schema") },
    },
  );
  await client.start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

/** The server that a setting names, or the workspace has, or that comes with the extension. */
function serverModule(bundled: string): string {
  const named = workspace.isTrusted ? setting("server") : undefined;
  if (named !== undefined) return named;
  // A workspace that is not trusted does not get to say what is run.
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const own = folders
    .map(({ uri }) => join(uri.fsPath, "node_modules", "qapi-ts", "dist", "cli.js"))
    .find((path) => existsSync(path));
  return own ?? bundled;
}

function setting(name: string): string | undefined {
  const value = workspace.getConfiguration("qapi").get<string>(name);
  return value === undefined || value === "" ? undefined : value;
}

/** JSON has neither comments with a number sign nor single quotes. */
const qapi = /^(?:\s|#[^\n]*\n)*\{\s*'(?:include|pragma|enum|struct|union|alternate|command|event)'\s*:/;

async function recognise(document: TextDocument): Promise<void> {
  if (document.languageId !== "json" && document.languageId !== "jsonc") return;
  if (qapi.test(document.getText().slice(0, 20_000)))
    await languages.setTextDocumentLanguage(document, "qapi");
}
