/**
 * The interface of products. Ours (`types`, `visitors`, …) are emitters like any other; one's own
 * goes into `GenerateOptions.emitters`.
 */
import type { Schema } from "../../qapi/schema/model.js";
import type { FileBuilder } from "../file/file-builder.js";
import type { GeneratedFile } from "../file/generated-file.js";
import type { ImportExtension, ImportSymbol } from "../file/import-table.js";
import type { Plan } from "./plan.js";

/** One product of generation. */
export interface Emitter {
  /** What `--emit` calls it. */
  readonly name: string;
  /** Products whose files those of this one import. They are emitted too. */
  readonly needs: readonly string[];
  emit(context: EmitContext): EmittedProduct;
}

/**
 * The text of a file: that of an earlier run where it was made from the same input, else what `make` returns.
 *
 * @param input everything that decides the text
 */
export type Reuse = (path: string, input: string, make: () => string) => string;

/** What an emitter works from. */
export interface EmitContext {
  readonly schema: Schema;
  /** How the schema's things are called in TypeScript, and in which file each stands. */
  readonly plan: Plan;
  /** Something that the runtime (`qapi-ts/visitor`) exports. */
  runtime(name: string): ImportSymbol;
  /** What imports of generated files end in; `FileBuilder` sees to it by itself. */
  readonly importExtension: ImportExtension;
  /** For products that are costly to make: see {@link Reuse}. */
  readonly reuse: Reuse;
}

/** Some of what a file exports. */
export interface ExportedNames {
  readonly path: string;
  readonly names: readonly string[];
}

/** What an emitter made. */
export interface EmittedProduct {
  /**
   * TypeScript files, to be laid out. Those without statements are left out.
   */
  readonly files?: readonly FileBuilder[];
  /** Files that are finished as they are. Each must hold `MARK` near its start. */
  readonly raw?: readonly GeneratedFile[];
  /** Files that the index re-exports, whole or in part; each name must be the only one. */
  readonly exported?: readonly (string | ExportedNames)[];
  /** Paths of raw files that are not laid out by prettier's rules. */
  readonly unformatted?: readonly string[];
}
