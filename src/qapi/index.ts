/** From a schema file to the schema: the stages in order. */
import { resolveConditions } from "./schema/copy-schema.js";
import { type Compilation, type CompilerOptions, SchemaCompiler } from "./schema-compiler.js";

export { type Compilation, type CompilerOptions, SchemaCompiler } from "./schema-compiler.js";

/** How a schema is compiled. */
export interface CompileOptions extends CompilerOptions {
  /**
   * The conditions that hold. What stands under one that does not is left out of the schema, and no
   * condition is left in it. Without this, everything is in the schema, with its condition.
   */
  readonly defines?: Iterable<string>;
}

/** A schema that was compiled, or what is wrong with it. */
export type CompileResult = Pick<Compilation, "diagnostics" | "schema">;

/**
 * Read, check and resolve a QAPI schema once. A stage that finds problems is the last.
 * @param path of the schema's main file; messages repeat it as it is
 */
export function compileSchema(path: string, options: CompileOptions = {}): CompileResult {
  const { diagnostics, schema } = new SchemaCompiler(options).compile(path);
  const { defines } = options;
  return { diagnostics, schema: schema && defines ? resolveConditions(schema, new Set(defines)) : schema };
}
