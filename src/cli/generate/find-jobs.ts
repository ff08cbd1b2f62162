import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "../command-failure.js";
import type { SchemaConfig } from "../../codegen/config.js";
import { DocumentError } from "../../document/document-error.js";
import { isProduct, allProducts } from "../../codegen/products.js";
import type { ConnectionOptions } from "../live-client.js";
import { readDefines, type DefineOptions } from "../read-defines.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import type { GenerateJob } from "./job.js";
import { findConfig, loadConfig } from "./load-config.js";

export interface GenerateCommandOptions extends SchemaOptions, DefineOptions, ConnectionOptions {
  readonly output?: string;
  readonly emit?: readonly string[];
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly config?: string;
  readonly command?: readonly string[];
  readonly event?: readonly string[];
  readonly excludeDeprecated?: boolean;
  readonly excludeUnstable?: boolean;
  readonly runtime?: string;
}

/** What a command line asks for. */
interface JobList {
  readonly jobs: readonly GenerateJob[];
  /** The files that said so: a configuration, files of conditions. */
  readonly config: readonly string[];
}

/**
 * The jobs of a command line: the one it names itself, or those of the configuration.
 *
 * @param cwd the working folder, where a configuration is looked for when no schema is named
 * @throws {UsageError}
 * @throws {DocumentError} as {@link loadConfig} does
 */
export async function findJobs(
  schema: string | undefined,
  options: GenerateCommandOptions,
  cwd: string,
): Promise<JobList> {
  if (schema !== undefined) {
    if (options.config !== undefined) throw new UsageError("name a schema or a configuration, not both");
    const config = options.definesFile === undefined ? [] : [options.definesFile];
    return { jobs: [await commandLineJob(schema, options)], config };
  }
  const config = options.config ?? findConfig(cwd);
  if (config === undefined) throw new UsageError("name a schema; there is no qapi.config.* here");
  const folder = dirname(resolve(cwd, config));
  const { schemas = [] } = await loadConfig(resolve(cwd, config));
  if (schemas.length === 0) throw new DocumentError(config, [{ message: "has no schemas to generate for" }]);
  const defines = schemas.flatMap(({ definesFile }) =>
    definesFile === undefined ? [] : [join(folder, definesFile)],
  );
  return {
    jobs: await Promise.all(schemas.map((each) => configJob(each, folder, options, cwd))),
    config: [config, ...defines],
  };
}

async function commandLineJob(schema: string, options: GenerateCommandOptions): Promise<GenerateJob> {
  const { diagnostics, docRules, wait, excludeDeprecated, excludeUnstable, runtime, check = false } = options;
  if (options.output === undefined || options.output === "")
    throw new UsageError("say with -o DIR where the output goes");
  const unknown = options.emit?.find((product) => !isProduct(product));
  if (unknown !== undefined) {
    throw new UsageError(`there is no product ${unknown}; there are ${allProducts.join(", ")}`);
  }
  return {
    schema,
    output: options.output,
    emitters: [],
    defines: await readDefines(options),
    products: options.emit,
    commands: options.command,
    events: options.event,
    ...{ diagnostics, docRules, wait, excludeDeprecated, excludeUnstable, runtime, check },
  };
}

async function configJob(
  config: SchemaConfig,
  folder: string,
  { diagnostics, wait, check = false }: GenerateCommandOptions,
  cwd: string,
): Promise<GenerateJob> {
  const { emit, emitters = [], docRules = "lenient", defines, definesFile, ...rest } = config;
  // Messages name files as one would from here.
  const locate = (path: string): string => relative(cwd, join(folder, path)) || ".";
  const conditions = {
    ...(defines && { define: defines }),
    ...(definesFile !== undefined && { definesFile: locate(definesFile) }),
  };
  return {
    ...rest,
    // What is no file is the same from everywhere; a revision's path is taken from the repository's root as well.
    schema: /^(?:-$|git:|unix:|tcp:)/.test(config.schema) ? config.schema : locate(config.schema),
    output: locate(config.output),
    products: emit,
    defines: await readDefines(conditions),
    ...{ emitters, docRules, diagnostics, wait, check },
  };
}
