/** From a schema file to the schema: the stages in order. */
import type { Diagnostic } from "../diagnostic/diagnostic.js";
import { type DocRules, Problems } from "../diagnostic/problems.js";
import { checkDefinitions } from "./check/check-definitions.js";
import type { SchemaHost } from "./load/host.js";
import { loadSchema } from "./load/load-schema.js";
import { explainOlderLanguage } from "./load/older-language.js";
import { nodeHost } from "./load/node-host.js";
import type { Schema } from "./schema/model.js";
import { resolveConditions } from "./schema/resolve-conditions.js";
import { resolveSchema } from "./schema/resolve-schema.js";

export interface CompileOptions {
  /** How files are read; by default from the file system. */
  readonly host?: SchemaHost;
  /** Which doc comments pass; `lenient` by default. */
  readonly docRules?: DocRules;
  /**
   * The conditions that hold. What stands under one that does not is left out of the schema, and no
   * condition is left in it. Without this, everything is in the schema, with its condition.
   */
  readonly defines?: Iterable<string>;
}

export interface CompileResult {
  /** The problems found, the first being the one that QEMU's own tool stops at. */
  readonly diagnostics: readonly Diagnostic[];
  /** The schema; absent when there are problems. */
  readonly schema: Schema | undefined;
}

/**
 * Read, check and resolve a QAPI schema. A stage that finds problems is the last.
 * @param path of the schema's main file; messages repeat it as it is
 */
export function compileSchema(path: string, options: CompileOptions = {}): CompileResult {
  const { host = nodeHost, docRules = "lenient", defines } = options;
  const problems = new Problems(docRules);
  const schema = runStages(path, host, problems);
  return {
    diagnostics: problems.all,
    schema: schema && defines ? resolveConditions(schema, new Set(defines)) : schema,
  };
}

function runStages(path: string, host: SchemaHost, problems: Problems): Schema | undefined {
  const { items, docs, pragma } = loadSchema(path, host, problems);
  const entries = problems.all.length > 0 ? [] : checkDefinitions(items, pragma, problems);
  if (problems.all.length > 0) {
    explainOlderLanguage(items, problems);
    return undefined;
  }
  return resolveSchema({ entries, docs, pragma, main: path }, (each) => host.absolute(each), problems);
}
