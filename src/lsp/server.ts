import { resolve } from "node:path";
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  PositionEncodingKind,
  ResponseError,
  TextDocumentSyncKind,
  LSPErrorCodes,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type Range,
  type TextDocumentPositionParams,
  type TextEdit,
} from "vscode-languageserver";
import { createChronicle, type Chronicle } from "../evolution/chronicle.js";
import { type HistoryRecord, versionsOf } from "../evolution/record/record.js";
import { releaseRecord } from "../lint/release-record.js";
import type { Schema } from "../qapi/schema/model.js";
import { madeOnce } from "../util/made-once.js";
import { openDocuments } from "./documents.js";
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
  type FileInSchema,
} from "./features/navigate.js";
import {
  documentSymbols,
  foldingRanges,
  selectionRange,
  semanticTokens,
  semanticTokenTypes,
  workspaceSymbols,
} from "./features/outline.js";
import { codeActions } from "./features/problems.js";
import { Publisher } from "./publisher.js";
import { TokenHistory } from "./token-history.js";
import { pathOf, Workspace, type WorkspaceSettings } from "./workspace.js";

/** QEMU's years have three releases, the last of which is the second after the point. */
const LAST_MINOR = 2;

interface ServerOptions {
  readonly version: string;
  /** Levels of lint rules and main files, as a configuration in a folder of the client's has them. */
  readonly settings: (root: string) => Promise<Required<WorkspaceSettings>>;
  readonly record: () => Promise<HistoryRecord>;
}

/** Serves one client until its connection ends. */
export function serveLanguage(connection: Connection, options: ServerOptions): void {
  new LanguageServer(connection, options).listen();
}

class LanguageServer {
  private readonly documents = openDocuments(() => this.positions.encoding);
  private workspace = new Workspace();
  private positions = new Positions("utf-16");
  private publisher: Publisher;
  private roots: readonly string[] = [];
  /** The main file that the client names. */
  private named: readonly string[] = [];
  private record: HistoryRecord | undefined;
  private readonly tokens = new TokenHistory();
  private chronicleOf: ((schema: Schema) => Chronicle) | undefined;
  private canWatch = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: ServerOptions,
  ) {
    this.publisher = this.publisherFor({});
  }

  listen(): void {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => {
      if (this.canWatch) {
        void connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: "**/*.json" }, { globPattern: "**/qapi.config.*" }],
        });
      }
      this.publisher.soon();
    });
    connection.onShutdown(() => {
      this.publisher.end();
    });
    documents.onDidChangeContent(({ document }) => {
      const { uri } = document;
      const path = pathOf(uri);
      if (path === undefined) return;
      this.workspace.open(path, document.getText());
      this.publisher.soon(uri);
    });
    documents.onDidClose(({ document: { uri } }) => {
      const path = pathOf(uri);
      if (path === undefined) return;
      this.workspace.close(path);
      this.tokens.forget(uri);
      this.publisher.soon();
    });
    documents.onDidSave(() => {
      this.publisher.lintNow();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => this.watched(changes.map(({ uri }) => uri)));
    this.answer();
    documents.listen(connection);
    connection.listen();
  }

  private async watched(uris: readonly string[]): Promise<void> {
    if (uris.some((uri) => isConfig(uri))) this.workspace.configure(await this.settings());
    else this.workspace.forgetMains();
    this.publisher.soon();
  }

  /** What the configurations in the client's folders say, together. */
  private async settings(): Promise<WorkspaceSettings> {
    const all = await Promise.all(this.roots.map((root) => this.options.settings(root)));
    return {
      levels: new Map(all.flatMap(({ levels }) => [...levels])),
      mains: [...this.named, ...all.flatMap(({ mains }) => mains)],
    };
  }

  private publisherFor({ textDocument, workspace }: ClientCapabilities): Publisher {
    return new Publisher(this.connection, this.workspace, {
      positions: this.positions,
      canPull: textDocument?.diagnostic !== undefined,
      canRefresh: workspace?.diagnostics?.refreshSupport === true,
      versionOf: (uri) => this.documents.get(uri)?.version,
    });
  }

  private async initialize(params: InitializeParams): Promise<InitializeResult> {
    const { capabilities } = params;
    const encodings = capabilities.general?.positionEncodings ?? [];
    this.positions = new Positions(encodings.includes(PositionEncodingKind.UTF8) ? "utf-8" : "utf-16");
    this.roots = rootsOf(params);
    const named = schemaOption(params.initializationOptions);
    this.named = named === undefined ? [] : [resolve(this.roots[0] ?? ".", named)];
    const history = await this.options.record();
    this.record = history;
    this.chronicleOf = madeOnce((schema) => createChronicle(schema, history));
    const settings = await this.settings();
    const record = releaseRecord(history);
    this.workspace = new Workspace({ ...settings, roots: this.roots, record });
    this.publisher = this.publisherFor(capabilities);
    this.canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    const canPull = capabilities.textDocument?.diagnostic !== undefined;
    return {
      serverInfo: { name: "qapi", version: this.options.version },
      capabilities: {
        positionEncoding: this.positions.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...(canPull && {
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
          full: { delta: true },
          range: true,
        },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        codeLensProvider: {},
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        workspace: {
          fileOperations: {
            willRename: {
              filters: [
                { scheme: "file", pattern: { glob: "**/*.json", matches: "file" } },
                { scheme: "file", pattern: { glob: "**", matches: "folder" } },
              ],
            },
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
      this.at(params, (cursor) =>
        referencesAt(cursor, this.workspace.allSchemas(), this.positions, params.context.includeDeclaration),
      ),
    );
    connection.onPrepareRename((params) =>
      this.at(params, (cursor) => prepareRename(cursor, this.positions)),
    );
    connection.onRenameRequest((params) =>
      this.at(params, (cursor) => {
        const edit = renameAt(cursor, params.newName, this.workspace.allSchemas(), this.positions);
        if (typeof edit === "string") throw new ResponseError(LSPErrorCodes.RequestFailed, edit);
        return edit;
      }),
    );
    connection.onHover((params) =>
      this.at(params, (cursor) =>
        hoverAt(cursor, this.positions, cursor.schema.model && this.chronicleOf?.(cursor.schema.model)),
      ),
    );
    connection.onCompletion((params) => this.at(params, completionsAt));
    connection.onDocumentSymbol(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => documentSymbols(schema, file, this.positions)),
    );
    connection.onWorkspaceSymbol(({ query }) =>
      workspaceSymbols(this.workspace.allSchemas(), query, this.positions),
    );
    connection.onFoldingRanges(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ parsed }) => foldingRanges(parsed)),
    );
    connection.onSelectionRanges(({ textDocument, positions }) =>
      this.inFile(textDocument.uri, ({ parsed, file }) =>
        positions.map((position) =>
          selectionRange(parsed, this.positions.offset(file, position), this.positions),
        ),
      ),
    );
    const colours = (uri: string, range?: Range): number[] =>
      this.inFile(uri, ({ schema, file }) =>
        semanticTokens(
          schema,
          file,
          this.positions,
          range === undefined ? undefined : { from: range.start.line, to: range.end.line },
        ),
      ) ?? [];
    connection.languages.semanticTokens.on(({ textDocument: { uri } }) =>
      this.tokens.full(uri, colours(uri)),
    );
    connection.languages.semanticTokens.onDelta(({ textDocument: { uri }, previousResultId }) =>
      this.tokens.delta(uri, previousResultId, colours(uri)),
    );
    connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }) => ({
      data: colours(uri, range),
    }));
    connection.languages.inlayHint.on(({ textDocument, range }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => inlayHints(schema, file, range, this.positions)),
    );
    connection.onCodeLens(({ textDocument }) =>
      this.inFile(textDocument.uri, ({ schema, file }) => codeLenses(schema, file, this.positions)),
    );
    connection.onCodeAction(({ textDocument, range, context: { only } }) => {
      const path = pathOf(textDocument.uri);
      const isWanted = only?.some((kind) => kind === CodeActionKind.QuickFix || kind === "") ?? true;
      if (path === undefined || !isWanted) return null;
      const schema = this.workspace.schemaOf(path);
      const findings = this.publisher.findingsOf(schema);
      const about = { path, range, findings, release: this.release };
      return codeActions(schema, about, this.positions).map(({ edits, ...action }) => ({
        ...action,
        edit: { changes: { [textDocument.uri]: this.withLineEnds(textDocument.uri, edits) } },
      }));
    });
    const laidOut = (uri: string, range?: Range): TextEdit[] | null =>
      this.inFile(uri, ({ parsed }) => this.withLineEnds(uri, formatEdits(parsed, range, this.positions)));
    connection.onDocumentFormatting(({ textDocument }) => laidOut(textDocument.uri));
    connection.onDocumentRangeFormatting(({ textDocument, range }) => laidOut(textDocument.uri, range));
    connection.workspace.onWillRenameFiles(({ files }) => {
      const moves = files.flatMap(({ oldUri, newUri }) => {
        const [from, to] = [pathOf(oldUri), pathOf(newUri)];
        return from === undefined || to === undefined ? [] : [{ from, to }];
      });
      return renamedFiles(this.workspace.allSchemas(), moves, this.positions);
    });
    connection.languages.diagnostics.on(({ textDocument }) => {
      const path = pathOf(textDocument.uri);
      return { kind: "full", items: path === undefined ? [] : this.publisher.diagnosticsOf(path) };
    });
  }

  /** The file of a URI with its schema; null where it is none, or not to be read. */
  private inFile<Result>(uri: string, use: (found: FileInSchema) => Result): Result | null {
    const path = pathOf(uri);
    if (path === undefined) return null;
    const schema = this.workspace.schemaOf(path);
    const parsed = this.workspace.parsedOf(schema, path);
    return parsed === undefined ? null : use({ schema, parsed, file: parsed.file });
  }

  private at<Result>(
    { textDocument, position }: TextDocumentPositionParams,
    use: (cursor: Cursor) => Result,
  ): Result | null {
    return this.inFile(textDocument.uri, (found) =>
      use({ ...found, offset: this.positions.offset(found.file, position) }),
    );
  }

  /** The release after the last that is known of. */
  private get release(): string {
    const versions = this.record === undefined ? [] : versionsOf(this.record);
    const [major = 0, minor = 0] = (versions.at(-1) ?? "").split(".").map(Number);
    return minor < LAST_MINOR ? `${major}.${minor + 1}` : `${major + 1}.0`;
  }

  /** New lines end as those of the text do. */
  private withLineEnds(uri: string, edits: readonly TextEdit[]): TextEdit[] {
    const isDos = this.documents.get(uri)?.getText().includes("\r\n") === true;
    return edits.map(({ range, newText }) => ({
      range,
      newText: isDos ? newText.replaceAll("\n", "\r\n") : newText,
    }));
  }
}

/** Older clients name one folder, by its URI. */
function rootsOf(params: InitializeParams): string[] {
  const older = "rootUri" in params ? (params as { readonly rootUri: unknown }).rootUri : undefined;
  const uris: readonly unknown[] = params.workspaceFolders?.map(({ uri }) => uri) ?? [older];
  return uris.flatMap((uri) => (typeof uri === "string" ? (pathOf(uri) ?? []) : []));
}

function isConfig(uri: string): boolean {
  return /\/qapi\.config\.[a-z]+$/.test(uri);
}

function schemaOption(options: unknown): string | undefined {
  if (typeof options !== "object" || options === null || !("schema" in options)) return undefined;
  return typeof options.schema === "string" ? options.schema : undefined;
}
