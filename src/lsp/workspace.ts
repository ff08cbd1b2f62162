import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { SourceFile } from "../diagnostic/source.js";
import { lintSchema, type LintFinding, type RuleLevels } from "../lint/lint-schema.js";
import type { ReleaseRecord } from "../lint/rule.js";
import { SchemaCompiler, type Compilation } from "../qapi/index.js";
import { decode } from "../qapi/load/decode.js";
import type { SchemaHost } from "../qapi/load/host.js";
import { nodeHost } from "../qapi/load/node-host.js";
import { findMain } from "./find-main.js";

/** Where a schema's main file is known from, beside the files themselves. */
export interface WorkspaceOptions {
  /** The folder that the client opened, if it says so. */
  readonly root?: string | undefined;
  /** Main files by name: what the client, or a configuration, names. */
  readonly mains?: readonly string[];
  readonly levels?: RuleLevels;
  readonly record?: ReleaseRecord | undefined;
}

/** A schema that is open in an editor, as its files are now. */
export interface OpenSchema {
  readonly main: string;
  readonly compilation: Compilation;
  /** Counts the compilations: what was made of an older one is stale. */
  readonly version: number;
}

/** Rules that cost too much for every key stroke. */
const EXPENSIVE = "doc-example-invalid";

/** The schemas of a client's workspace: the text of what is open is the client's, of the rest the disk's. */
export class Workspace {
  private readonly texts = new Map<string, string>();
  private readonly mainOf = new Map<string, string>();
  private readonly schemas = new Map<string, { compiler: SchemaCompiler; schema: OpenSchema | undefined }>();
  private readonly host: SchemaHost;

  constructor(private readonly options: WorkspaceOptions = {}) {
    this.host = {
      read: (path) => this.texts.get(resolve(path)) ?? nodeHost.read(path),
      absolute: (path) => nodeHost.absolute(path),
    };
  }

  /** A file's text as the client has it. What was compiled with it is stale. */
  open(path: string, text: string): void {
    this.texts.set(path, decode(text).text);
    this.invalidate();
  }

  close(path: string): void {
    this.texts.delete(path);
    this.invalidate();
  }

  /** Files have come, gone or changed outside the client. */
  invalidate(): void {
    for (const each of this.schemas.values()) each.schema = undefined;
  }

  /** New files may make another file the main one. */
  forgetMains(): void {
    this.mainOf.clear();
    this.invalidate();
  }

  /** The main files of what is open. */
  get mains(): readonly string[] {
    return [...new Set([...this.texts.keys()].map((path) => this.mainFor(path)))];
  }

  /** The schema that a file belongs to, as it is now. */
  schemaOf(path: string): OpenSchema {
    return this.compiled(this.mainFor(path));
  }

  compiled(main: string): OpenSchema {
    const known = this.schemas.get(main) ?? {
      compiler: new SchemaCompiler({ host: this.host, docRules: "lenient" }),
      schema: undefined,
    };
    this.schemas.set(main, known);
    known.schema ??= { main, compilation: known.compiler.compile(main), version: nextVersion() };
    return known.schema;
  }

  /** A file of a schema, read whatever is wrong with it. */
  fileOf(schema: OpenSchema, path: string): SourceFile | undefined {
    return schema.compilation.files.find(({ file }) => resolve(file.path) === path)?.file;
  }

  /**
   * What lint finds in a schema; nothing while it does not compile.
   *
   * @param isThorough whether rules that cost seconds are tried too
   */
  lint({ compilation }: OpenSchema, isThorough: boolean): LintFinding[] {
    if (compilation.schema === undefined) return [];
    const { levels = new Map(), record } = this.options;
    const chosen: RuleLevels = isThorough ? levels : new Map([...levels, [EXPENSIVE, "off"]]);
    return lintSchema(compilation, compilation.schema, { levels: chosen, record });
  }

  private mainFor(path: string): string {
    const known = this.mainOf.get(path);
    if (known !== undefined) return known;
    const named = (this.options.mains ?? []).find((main) => {
      const { compilation } = this.compiled(main);
      return compilation.files.some(({ file }) => resolve(file.path) === path);
    });
    const main = named ?? findMain(path, this.options.root);
    this.mainOf.set(path, main);
    return main;
  }
}

let versions = 0;

function nextVersion(): number {
  return ++versions;
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
