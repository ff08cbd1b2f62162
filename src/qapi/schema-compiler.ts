import type { Diagnostic } from "../diagnostic/diagnostic.js";
import { type DocRules, Problems } from "../diagnostic/problems.js";
import type { Include, Pragma } from "./ast/document.js";
import { DefinitionChecker } from "./check/check-definitions.js";
import type { Definition } from "./check/definition.js";
import type { SchemaHost } from "./load/host.js";
import { loadSchema, type LoadedSchema } from "./load/load-schema.js";
import { nodeHost } from "./load/node-host.js";
import { explainOlderLanguage } from "./load/older-language.js";
import { samePragma } from "./load/pragma.js";
import type { ParsedFile } from "./parse/parse-file.js";
import type { Schema } from "./schema/model.js";
import { resolveSchema } from "./schema/resolve-schema.js";

/** How a compiler reads schemas. */
export interface CompilerOptions {
  /** How files are read; by default from the file system. */
  readonly host?: SchemaHost;
  /** Which doc comments pass; `lenient` by default. */
  readonly docRules?: DocRules;
}

/** What came of a schema: the model if all is well, and in any case what could be made out. */
export interface Compilation {
  /** The problems found, the first being the one that QEMU's own tool stops at. */
  readonly diagnostics: readonly Diagnostic[];
  /** The schema; absent when there are problems. */
  readonly schema: Schema | undefined;
  /** Every file that could be read, the main file first: its text, expressions and doc comments with their places. */
  readonly files: readonly ParsedFile[];
  readonly pragma: Pragma;
  /**
   * The definitions by themselves, includes in their places, whether the schema is right or not: what
   * stands around broken text is there. Names in them are not looked up.
   */
  readonly definitions: readonly (Definition | Include)[];
}

/**
 * Compiles a schema again and again as its files change. Between compilations it keeps the files as
 * parsed, by their text, and the definitions as checked, by their expressions: only what changed is
 * done again, and what did not change is the same object as before.
 */
export class SchemaCompiler {
  private readonly host: SchemaHost;
  private readonly docRules: DocRules;
  private readonly checker = new DefinitionChecker();
  private files: ReadonlyMap<string, ParsedFile> = new Map();
  private pragma: Pragma | undefined;

  constructor({ host = nodeHost, docRules = "lenient" }: CompilerOptions = {}) {
    this.host = host;
    this.docRules = docRules;
  }

  /**
   * Reads, checks and resolves a QAPI schema as it is now. A stage that finds problems is the last.
   * @param path of the schema's main file; messages repeat it as it is
   */
  compile(path: string): Compilation {
    const problems = new Problems(this.docRules);
    const loaded = loadSchema(path, this.host, problems, this.files);
    this.files = new Map(loaded.files.map((parsed) => [this.host.absolute(parsed.file.path), parsed]));
    if (!this.pragma || !samePragma(this.pragma, loaded.pragma)) this.pragma = loaded.pragma;
    const definitions = this.check(loaded, this.pragma, problems);
    const schema = this.resolve(path, loaded, definitions, problems);
    return { diagnostics: problems.all, schema, files: loaded.files, pragma: this.pragma, definitions };
  }

  /** The definitions; what is wrong with them is told only if all files could be read. */
  private check(loaded: LoadedSchema, pragma: Pragma, problems: Problems): Compilation["definitions"] {
    const isRead = problems.all.length === 0;
    return this.checker.check(loaded.items, pragma, isRead ? problems : new Problems(this.docRules));
  }

  private resolve(
    main: string,
    { items, docs }: LoadedSchema,
    entries: Compilation["definitions"],
    problems: Problems,
  ): Schema | undefined {
    if (problems.all.length > 0 || this.pragma === undefined) {
      if (!explainOlderLanguage(items, problems) && problems.full) this.explainFromTheRest(main, problems);
      return undefined;
    }
    return resolveSchema(
      { entries, docs, pragma: this.pragma, main },
      (path) => this.host.absolute(path),
      problems,
    );
  }

  /** Strict doc rules may end the reading of an old schema before it shows its age; lenient ones do not. */
  private explainFromTheRest(main: string, problems: Problems): void {
    const others = new Problems("lenient");
    const { items } = loadSchema(main, this.host, others);
    explainOlderLanguage(items, problems, others.all);
  }
}
