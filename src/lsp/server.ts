import { resolve } from "node:path";
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  PositionEncodingKind,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  LSPErrorCodes,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createChronicle, type Chronicle } from "../evolution/chronicle.js";
import type { HistoryRecord } from "../evolution/record/record.js";
import type { LintFinding, RuleLevels } from "../lint/lint-schema.js";
import { releaseRecord } from "../lint/release-record.js";
import type { Schema } from "../qapi/schema/model.js";
import { Positions } from "./encoding.js";
import { completionsAt } from "./features/complete.js";
import { codeLenses, hoverAt, inlayHints } from "./features/describe.js";
import { formatEdits, renamedFiles } from "./features/edit.js";
import {
  definitionAt,
  prepareRename,
  referencesAt,
  renameAt,
  typeDefinitionAt,
  type Cursor,
} from "./features/navigate.js";
import {
  documentSymbols,
  foldingRanges,
  selectionRange,
  semanticTokens,
  semanticTokenTypes,
  workspaceSymbols,
} from "./features/outline.js";
import { codeActions, diagnosticsByFile } from "./features/problems.js";
import { pathOf, uriOf, Workspace, type OpenSchema } from "./workspace.js";

/** So long after the last edit lint runs, in ms; on saving it runs at once, with all rules. */
const IDLE_MS = 250;

export interface ServerOptions {
  readonly version: string;
  /** Levels of lint rules and main files, as a configuration in the client's folder has them. */
  readonly settings: (
    root: string | undefined,
  ) => Promise<{ readonly levels: RuleLevels; readonly mains: readonly string[] }>;
  readonly record: () => Promise<HistoryRecord>;
}

/** Serves one client until its connection ends. */
export function serveLanguage(connection: Connection, options: ServerOptions): void {
  new LanguageServer(connection, options).listen();
}

class LanguageServer {
  private readonly documents = new TextDocuments(TextDocument);
  private workspace = new Workspace();
  private positions = new Positions("utf-16");
  private record: HistoryRecord | undefined;
  private chronicle: { readonly schema: Schema; readonly chronicle: Chronicle } | undefined;
  /** What each file was last told, as JSON: what has not changed is not told again. */
  private readonly told = new Map<string, string>();
  private readonly findings = new Map<
    string,
    { readonly version: number; readonly findings: readonly LintFinding[] }
  >();
  private idle: NodeJS.Timeout | undefined;
  private isDue = false;
  private isEnded = false;
  private canWatch = false;
  private canPull = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: ServerOptions,
  ) {}

  listen(): void {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onShutdown(() => {
      this.isEnded = true;
      clearTimeout(this.idle);
    });
    connection.onInitialized(() => {
      if (this.canWatch) {
        void connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: "**/*.json" }],
        });
      }
    });
    documents.onDidOpen(({ document }) => {
      this.change(document.uri, document.getText());
    });
    documents.onDidChangeContent(({ document }) => {
      this.change(document.uri, document.getText());
    });
    documents.onDidClose(({ document }) => {
      const path = pathOf(document.uri);
      if (path === undefined) return;
      this.workspace.close(path);
      this.soon();
    });
    documents.onDidSave(() => {
      this.lintAll(true);
    });
    connection.onDidChangeWatchedFiles(() => {
      this.workspace.forgetMains();
      this.soon();
    });
    this.answer();
    documents.listen(connection);
    connection.listen();
  }

  private async initialize(params: InitializeParams): Promise<InitializeResult> {
    const { capabilities } = params;
    const encodings = capabilities.general?.positionEncodings ?? [];
    this.positions = new Positions(encodings.includes(PositionEncodingKind.UTF8) ? "utf-8" : "utf-16");
    const root = rootOf(params);
    const { levels, mains } = await this.options.settings(root);
    const named = schemaOption(params.initializationOptions);
    const all = named === undefined ? mains : [resolve(root ?? ".", named), ...mains];
    this.record = await this.options.record();
    this.workspace = new Workspace({ root, mains: all, levels, record: releaseRecord(this.record) });
    this.canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.canPull = capabilities.textDocument?.diagnostic !== undefined;
    return {
      serverInfo: { name: "qapi", version: this.options.version },
      capabilities: {
        positionEncoding: this.positions.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...(this.canPull && {
          diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
        }),
        definitionProvider: true,
        typeDefinitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ["'", "@", "`", "{", "["] },
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...semanticTokenTypes], tokenModifiers: [] },
          full: true,
        },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        codeLensProvider: {},
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        workspace: {
          fileOperations: {
            willRename: { filters: [{ pattern: { glob: "**/*.json" } }] },
          },
        },
      },
    };
  }

  private answer(): void {
    const { connection } = this;
    connection.onDefinition((params) => this.at(params, (cursor) => definitionAt(cursor, this.positions)));
    connection.onTypeDefinition((params) =>
      this.at(params, (cursor) => typeDefinitionAt(cursor, this.positions)),
    );
    connection.onReferences((params) =>
      this.at(params, (cursor) => referencesAt(cursor, this.positions, params.context.includeDeclaration)),
    );
    connection.onPrepareRename((params) =>
      this.at(params, (cursor) => prepareRename(cursor, this.positions)),
    );
    connection.onRenameRequest((params) =>
      this.at(params, (cursor) => {
        const edit = renameAt(cursor, params.newName, this.positions);
        if (typeof edit === "string") throw new ResponseError(LSPErrorCodes.RequestFailed, edit);
        return edit;
      }),
    );
    connection.onHover((params) =>
      this.at(params, (cursor) => hoverAt(cursor, this.positions, this.chronicleOf(cursor.schema))),
    );
    connection.onCompletion((params) => this.at(params, completionsAt));
    connection.onDocumentSymbol(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => documentSymbols(schema, file, this.positions)),
    );
    connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(this.schemas(), query, this.positions));
    connection.onFoldingRanges(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ file }) => foldingRanges(file)),
    );
    connection.onSelectionRanges(({ textDocument, positions }) =>
      this.inFile(textDocument.uri, ({ file }) =>
        positions.map((position) =>
          selectionRange(file, this.positions.offset(file, position), this.positions),
        ),
      ),
    );
    connection.languages.semanticTokens.on(({ textDocument }) => ({
      data:
        this.inFile(textDocument.uri, ({ schema, file }) => semanticTokens(schema, file, this.positions)) ??
        [],
    }));
    connection.languages.inlayHint.on(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => inlayHints(schema, file.path, this.positions)),
    );
    connection.onCodeLens(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => codeLenses(schema, file.path, this.positions)),
    );
    connection.onCodeAction(({ textDocument, range }) => {
      const path = pathOf(textDocument.uri);
      if (path === undefined) return null;
      const schema = this.workspace.schemaOf(path);
      return codeActions(schema, path, this.findingsOf(schema), range, this.positions);
    });
    connection.onDocumentFormatting(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ file }) => formatEdits(file, undefined, this.positions)),
    );
    connection.onDocumentRangeFormatting(({ textDocument, range }) =>
      this.inFile(textDocument.uri, ({ file }) => formatEdits(file, range, this.positions)),
    );
    connection.workspace.onWillRenameFiles(({ files }) => {
      const moves = files.flatMap(({ oldUri, newUri }) => {
        const [from, to] = [pathOf(oldUri), pathOf(newUri)];
        return from === undefined || to === undefined ? [] : [{ from, to }];
      });
      return renamedFiles(this.schemas(), moves, this.positions);
    });
    connection.languages.diagnostics.on(({ textDocument }) => ({
      kind: "full" as const,
      items: this.diagnosticsOf(textDocument.uri),
    }));
  }

  private schemas(): OpenSchema[] {
    return this.workspace.mains.map((main) => this.workspace.compiled(main));
  }

  /** The file of a URI with its schema; null where it is none, or not to be read. */
  private inFile<Result>(
    uri: string,
    use: (found: { schema: OpenSchema; file: Cursor["file"] }) => Result,
  ): Result | null {
    const path = pathOf(uri);
    if (path === undefined) return null;
    const schema = this.workspace.schemaOf(path);
    const file = this.workspace.fileOf(schema, path);
    return file === undefined ? null : use({ schema, file });
  }

  private at<Result>(
    {
      textDocument,
      position,
    }: {
      readonly textDocument: { readonly uri: string };
      readonly position: { readonly line: number; readonly character: number };
    },
    use: (cursor: Cursor) => Result,
  ): Result | null {
    return this.inFile(textDocument.uri, ({ schema, file }) =>
      use({ schema, file, offset: this.positions.offset(file, position) }),
    );
  }

  private chronicleOf({ compilation: { schema } }: OpenSchema): Chronicle | undefined {
    if (schema === undefined || this.record === undefined) return undefined;
    if (this.chronicle?.schema !== schema)
      this.chronicle = { schema, chronicle: createChronicle(schema, this.record) };
    return this.chronicle.chronicle;
  }

  private change(uri: string, text: string): void {
    const path = pathOf(uri);
    if (path === undefined) return;
    this.workspace.open(path, text);
    this.soon();
  }

  /** Edits that come together are answered together. */
  private soon(): void {
    if (this.isEnded) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.lintAll(false);
    }, IDLE_MS);
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      if (!this.isEnded) this.publish();
    });
  }

  private lintAll(isThorough: boolean): void {
    for (const schema of this.schemas()) {
      const findings = this.workspace.lint(schema, isThorough);
      this.findings.set(schema.main, { version: schema.version, findings });
    }
    this.publish();
  }

  /** What lint found in a schema as it is now; findings of an older text stand at wrong places. */
  private findingsOf(schema: OpenSchema): readonly LintFinding[] {
    const known = this.findings.get(schema.main);
    return known?.version === schema.version ? known.findings : [];
  }

  private diagnosticsOf(uri: string): Diagnostic[] {
    const path = pathOf(uri);
    if (path === undefined) return [];
    const schema = this.workspace.schemaOf(path);
    const known = this.findings.get(schema.main);
    const findings = known?.version === schema.version ? known.findings : this.workspace.lint(schema, false);
    this.findings.set(schema.main, { version: schema.version, findings });
    return diagnosticsByFile(schema, findings, this.positions).get(path) ?? [];
  }

  /** Tells the client what has changed of what is wrong, in files that are not open too. */
  private publish(): void {
    const now = new Map<string, Diagnostic[]>();
    for (const schema of this.schemas()) {
      for (const [path, list] of diagnosticsByFile(schema, this.findingsOf(schema), this.positions)) {
        now.set(uriOf(path), [...(now.get(uriOf(path)) ?? []), ...list]);
      }
    }
    for (const uri of this.told.keys()) if (!now.has(uri)) now.set(uri, []);
    for (const [uri, diagnostics] of now) {
      const text = JSON.stringify(diagnostics);
      if ((this.told.get(uri) ?? "[]") === text) continue;
      this.told.set(uri, text);
      // A client that pulls asks for what it has open by itself.
      if (this.canPull && this.documents.get(uri) !== undefined) continue;
      void this.connection.sendDiagnostics({ uri, diagnostics });
    }
    if (this.canPull) void this.connection.languages.diagnostics.refresh().then(undefined, () => undefined);
  }
}

/** Older clients name one folder, by its URI. */
function rootOf(params: InitializeParams): string | undefined {
  const [folder] = params.workspaceFolders ?? [];
  const older = "rootUri" in params ? (params as { readonly rootUri: unknown }).rootUri : undefined;
  const uri = folder?.uri ?? older;
  return typeof uri === "string" ? pathOf(uri) : undefined;
}

function schemaOption(options: unknown): string | undefined {
  if (typeof options !== "object" || options === null || !("schema" in options)) return undefined;
  return typeof options.schema === "string" ? options.schema : undefined;
}
