import { relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LintMemory } from "../lint/lint-memory.js";
import { lintSteps, type LintFinding, type RuleLevels } from "../lint/lint-schema.js";
import type { ReleaseRecord } from "../lint/release-record.js";
import { SchemaCompiler, type Compilation } from "../qapi/index.js";
import { decode } from "../qapi/load/decode.js";
import type { SchemaHost } from "../qapi/load/host.js";
import { nodeHost } from "../qapi/load/node-host.js";
import type { ParsedFile } from "../qapi/parse/parse-file.js";
import type { Schema } from "../qapi/schema/model.js";
import { DiskFiles } from "./disk-files.js";
import { MainFinder } from "./find-main.js";

/** What a configuration says of a workspace. */
export interface WorkspaceSettings {
  /** Main files by name: what the client, or a configuration, names. */
  readonly mains?: readonly string[];
  readonly levels?: RuleLevels;
}

interface WorkspaceOptions extends WorkspaceSettings {
  /** The folders that the client opened, as far as it says so. */
  readonly roots?: readonly string[];
  readonly record?: ReleaseRecord | undefined;
}

/** A schema that is open in an editor, as its files are now. */
export interface OpenSchema {
  readonly main: string;
  readonly compilation: Compilation;
  /** The schema as it last was right, for what is told of names while something else is broken. */
  readonly model: Schema | undefined;
  /** Counts the compilations: what was made of an older one is stale. */
  readonly version: number;
}

/** What is kept of a schema from edit to edit. */
interface Kept {
  readonly compiler: SchemaCompiler;
  readonly memory: LintMemory;
  schema: OpenSchema | undefined;
  model: Schema | undefined;
}

/** Of so many paths it is remembered where they belong. */
const MOST_KNOWN = 10_000;

/** The schemas of a client's workspace: the text of what is open is the client's, of the rest the disk's. */
export class Workspace {
  private readonly texts = new Map<string, string>();
  private readonly mainOf = new Map<string, string>();
  private readonly schemas = new Map<string, Kept>();
  private readonly disk = new DiskFiles();
  private readonly host: SchemaHost;
  private readonly finder: MainFinder;
  private readonly roots: readonly string[];
  private settings: WorkspaceSettings;
  private versions = 0;

  constructor(private readonly options: WorkspaceOptions = {}) {
    const read = (path: string): Uint8Array | string => this.texts.get(resolve(path)) ?? this.disk.read(path);
    this.host = { read, absolute: (path) => nodeHost.absolute(path) };
    this.finder = new MainFinder((path) => decode(read(path)).text);
    this.roots = options.roots ?? [];
    this.settings = options;
  }

  /** The settings have changed. */
  configure(settings: WorkspaceSettings): void {
    this.settings = settings;
    this.forgetMains();
  }

  /** A file's text as the client has it. What was compiled with it is stale. */
  open(path: string, text: string): void {
    const decoded = decode(text).text;
    this.texts.set(path, decoded);
    if (this.finder.update(path, decoded)) this.mainOf.clear();
    this.invalidate();
  }

  close(path: string): void {
    this.texts.delete(path);
    this.forgetMains();
  }

  /** Files have come, gone or changed outside the client: another may be the main one. */
  forgetMains(): void {
    this.finder.forget();
    this.mainOf.clear();
    this.invalidate();
  }

  /** What is open or named by the settings, as it is now. Of any other schema nothing is kept. */
  openSchemas(): OpenSchema[] {
    const mains = new Set(this.settings.mains);
    for (const path of this.texts.keys()) mains.add(this.schemaOf(path).main);
    for (const main of this.schemas.keys()) if (!mains.has(main)) this.schemas.delete(main);
    return [...mains].map((main) => this.compiled(main));
  }

  /** The same and what else the client's folders hold. */
  allSchemas(): OpenSchema[] {
    const open = this.openSchemas();
    const known = new Set(open.map(({ main }) => main));
    const others = this.roots.flatMap((root) => this.finder.mainsBelow(root));
    return [
      ...open,
      ...[...new Set(others)].filter((main) => !known.has(main)).map((main) => this.compiled(main)),
    ];
  }

  /** The schema that a file belongs to, as it is now; the file alone while its main file is too broken to reach it. */
  schemaOf(path: string): OpenSchema {
    const schema = this.compiled(this.mainFor(path));
    return this.parsedOf(schema, path) === undefined ? this.compiled(path) : schema;
  }

  /** A file of a schema, read whatever is wrong with it. */
  parsedOf(schema: OpenSchema, path: string): ParsedFile | undefined {
    return schema.compilation.files.find(({ file }) => resolve(file.path) === path);
  }

  /**
   * What lint finds in a schema, bit by bit and what is found soon before all is; nothing while it does not
   * compile. Files that have a main file of their own are not judged by another's.
   */
  *lint({ compilation, main }: OpenSchema): Generator<LintFinding[] | undefined, LintFinding[], undefined> {
    if (compilation.schema === undefined) return [];
    const { levels = new Map() } = this.settings;
    const { record } = this.options;
    const isOurs = ({ at }: LintFinding): boolean => this.mainFor(resolve(at.file.path)) === main;
    const steps = lintSteps(compilation, compilation.schema, {
      levels,
      record,
      memory: this.entryOf(main).memory,
    });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value.filter(isOurs);
      yield value?.filter(isOurs);
    }
  }

  private compiled(main: string): OpenSchema {
    const kept = this.entryOf(main);
    if (kept.schema === undefined) {
      const compilation = kept.compiler.compile(main);
      kept.model = compilation.schema ?? kept.model;
      kept.schema = { main, compilation, model: kept.model, version: ++this.versions };
    }
    return kept.schema;
  }

  private entryOf(main: string): Kept {
    const kept = this.schemas.get(main) ?? {
      compiler: new SchemaCompiler({ host: this.host, docRules: "lenient" }),
      memory: new LintMemory(),
      schema: undefined,
      model: undefined,
    };
    this.schemas.set(main, kept);
    return kept;
  }

  private invalidate(): void {
    for (const each of this.schemas.values()) each.schema = undefined;
  }

  private mainFor(path: string): string {
    const known = this.mainOf.get(path);
    if (known !== undefined) return known;
    const named = (this.settings.mains ?? []).find((main) =>
      this.compiled(main).compilation.files.some(({ file }) => resolve(file.path) === path),
    );
    const main = named ?? this.finder.mainOf(path, this.rootOf(path));
    if (this.mainOf.size >= MOST_KNOWN) this.mainOf.clear();
    this.mainOf.set(path, main);
    return main;
  }

  /** The client's folder that a file is in. */
  private rootOf(path: string): string | undefined {
    const around = this.roots.filter((root) => !relative(root, path).startsWith(`..${sep}`));
    return around.sort((a, b) => b.length - a.length)[0];
  }
}

/** The path of a file's URI; undefined for what is no file. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(resolve(path)).href;
}
