import type { Connection, Diagnostic } from "vscode-languageserver";
import type { LintFinding } from "../lint/lint-schema.js";
import { carryFindings } from "./carry-findings.js";
import type { Positions } from "./encoding.js";
import { diagnosticsByFile } from "./features/problems.js";
import { uriOf, type OpenSchema, type Workspace } from "./workspace.js";

/** So long after the last edit lint runs, in ms. */
const IDLE_MS = 250;
/** So long lint runs at a stretch, in ms; then it is looked whether the client wants something. */
const SLICE_MS = 8;

/** What a client can do with diagnostics. */
interface Reader {
  readonly positions: Positions;
  /** Whether it asks for those of what it has open. */
  readonly canPull: boolean;
  /** Whether it can be told to ask again. */
  readonly canRefresh: boolean;
  /** The version of what it has open; undefined of anything else. */
  readonly versionOf: (uri: string) => number | undefined;
}

/** What lint found in a schema, and in which version of it. */
interface Findings {
  readonly version: number;
  readonly findings: readonly LintFinding[];
  /** Whether lint looked at that version; else they are an older one's. */
  readonly isFresh: boolean;
}

/** Keeps a client told of what is wrong, in files that are not open too. */
export class Publisher {
  /** What each file was last told, as JSON: what has not changed is not told again. */
  private readonly told = new Map<string, string>();
  private readonly findings = new Map<string, Findings>();
  private readonly texts = new WeakMap<Diagnostic, string>();
  private idle: NodeJS.Timeout | undefined;
  /** What the client has edited since it was told of it; it is, whether there is anything new or not. */
  private readonly edited = new Set<string>();
  private isDue = false;
  private isEnded = false;
  /** Counts what makes a lint that is under way pointless. */
  private turn = 0;

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly reader: Reader,
  ) {}

  /**
   * Something has changed: says what is wrong at once, and what lint thinks of it once the hand rests.
   *
   * @param edited what the client has opened or edited
   */
  soon(edited?: string): void {
    if (this.isEnded) return;
    if (edited !== undefined) this.edited.add(edited);
    this.lintAfter(this.findings.size === 0 ? 0 : IDLE_MS);
    this.publishSoon();
  }

  /** Runs lint without waiting for the hand to rest. */
  lintNow(): void {
    if (!this.isEnded) this.lintAfter(0);
  }

  end(): void {
    this.isEnded = true;
    this.turn++;
    clearTimeout(this.idle);
  }

  /** What lint found in a schema: if it has not looked since, what can be said of it from before. */
  findingsOf(schema: OpenSchema): readonly LintFinding[] {
    const known = this.findings.get(schema.main);
    if (known === undefined || known.version === schema.version) return known?.findings ?? [];
    const findings = carryFindings(known.findings, schema.compilation.files);
    this.keep(schema, findings, false);
    return findings;
  }

  /** What is wrong in a file, for a client that asks: who can be told to ask again need not wait for lint. */
  diagnosticsOf(path: string): Diagnostic[] {
    const schema = this.workspace.schemaOf(path);
    const canWait = this.reader.canRefresh && this.findings.has(schema.main);
    if (!this.isLinted(schema) && !canWait) {
      this.lint(schema);
      this.publishSoon();
    }
    return diagnosticsByFile(schema, this.findingsOf(schema), this.reader.positions).get(path) ?? [];
  }

  /** Edits that come together are answered together. */
  private publishSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.publish();
    });
  }

  private lintAfter(delay: number): void {
    clearTimeout(this.idle);
    const turn = ++this.turn;
    this.idle = setTimeout(() => {
      void this.lintAll(turn);
    }, delay);
  }

  private lint(schema: OpenSchema): void {
    const steps = this.workspace.lint(schema);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    this.keep(schema, step.value, true);
  }

  private keep({ main, version }: OpenSchema, findings: readonly LintFinding[], isFresh: boolean): void {
    this.findings.set(main, { version, findings, isFresh });
  }

  private isLinted({ main, version }: OpenSchema): boolean {
    const known = this.findings.get(main);
    return known?.version === version && known.isFresh;
  }

  private async lintAll(turn: number): Promise<void> {
    for (const schema of this.workspace.openSchemas()) {
      if (!(await this.lintInSlices(schema, turn))) return;
    }
    this.publish();
  }

  /**
   * Runs lint a slice at a time, so that nobody waits for it.
   *
   * @returns whether it came to its end: it is given up as soon as something changes
   */
  private async lintInSlices(schema: OpenSchema, turn: number): Promise<boolean> {
    const steps = this.workspace.lint(schema);
    while (!this.isLinted(schema)) {
      const until = performance.now() + SLICE_MS;
      do {
        const { done, value } = steps.next();
        if (done === true) this.keep(schema, value, true);
        else if (value !== undefined && !this.findings.has(schema.main)) {
          // The first time, what is found soon is told soon.
          this.keep(schema, value, false);
          this.publish();
        }
      } while (!this.isLinted(schema) && performance.now() < until);
      await new Promise<void>((proceed) => setImmediate(proceed));
      if (turn !== this.turn) return false;
    }
    return true;
  }

  /** A diagnostic as JSON, made once. */
  private textOf(diagnostic: Diagnostic): string {
    const text = this.texts.get(diagnostic) ?? JSON.stringify(diagnostic);
    this.texts.set(diagnostic, text);
    return text;
  }

  /** Tells the client what has changed of what is wrong. */
  private publish(): void {
    if (this.isEnded) return;
    const schemas = this.workspace.openSchemas();
    const mains = new Set(schemas.map(({ main }) => main));
    for (const main of this.findings.keys()) if (!mains.has(main)) this.findings.delete(main);
    const now = new Map<string, Map<string, Diagnostic>>();
    for (const schema of schemas) {
      for (const [path, list] of diagnosticsByFile(schema, this.findingsOf(schema), this.reader.positions)) {
        const uri = uriOf(path);
        // What two schemas find in a file that both include is told once.
        const all = now.get(uri) ?? new Map<string, Diagnostic>();
        for (const each of list) all.set(this.textOf(each), each);
        now.set(uri, all);
      }
    }
    for (const uri of [...this.told.keys(), ...this.edited]) if (!now.has(uri)) now.set(uri, new Map());
    let hasNews = false;
    for (const [uri, diagnostics] of now) {
      const text = [...diagnostics.keys()].join("\n");
      const isNew = (this.told.get(uri) ?? "") !== text;
      if (isNew) hasNews = true;
      if (text === "") this.told.delete(uri);
      else this.told.set(uri, text);
      if (!isNew && !this.edited.has(uri)) continue;
      const version = this.reader.versionOf(uri);
      // A client that pulls asks for what it has open by itself.
      if (this.reader.canPull && version !== undefined) continue;
      const list = [...diagnostics.values()];
      void this.connection.sendDiagnostics({
        uri,
        diagnostics: list,
        ...(version !== undefined && { version }),
      });
    }
    this.edited.clear();
    if (hasNews && this.reader.canPull && this.reader.canRefresh)
      void this.connection.languages.diagnostics.refresh().then(undefined, () => undefined);
  }
}
