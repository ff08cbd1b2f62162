/** From a schema to the files of a TypeScript library. */
import type { Schema } from "../qapi/schema/model.js";
import type { Emitter, Reuse } from "./plan/emitter.js";
import type { GeneratedFile } from "./file/generated-file.js";
import type { ImportExtension } from "./file/import-table.js";
import { generateFiles } from "./generate-files.js";
import type { Scalars } from "./plan/plan.js";
import { selectEmitters } from "./select-emitters.js";
import { selectDefinitions } from "./select-definitions.js";
import { withoutFeatures } from "./without-features.js";

/** What is generated of a schema, and in which form. */
export interface GenerateOptions {
  /** The emitters there are to choose from. */
  readonly emitters: readonly Emitter[];
  /** The products wanted, by name; what they need comes along. Default: all of `emitters`. */
  readonly products?: readonly string[] | undefined;
  /** Only these commands and events, with the types they reach. Default: the whole schema. */
  readonly commands?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
  /** Leave out what the schema marks as deprecated, or unstable. */
  readonly excludeDeprecated?: boolean | undefined;
  readonly excludeUnstable?: boolean | undefined;
  /** The module that generated code takes its runtime from; default `qapi-ts/visitor`. */
  readonly runtime?: string | undefined;
  /**
   * 64-bit types that shall be `number`, or decimal `string`s: values that do not fit exactly are then
   * refused.
   */
  readonly scalars?: Scalars | undefined;
  /** What imports of generated files end in: `.js`, the default, or `.ts` for running them as they are. */
  readonly importExtension?: ImportExtension | undefined;
  /** Remembers costly files from run to run; default is to make them anew. */
  readonly reuse?: Reuse | undefined;
}

/**
 * Generate a TypeScript library from a schema. Nothing is written: what comes back are the files of
 * the output folder, the same for the same input.
 *
 * @throws {UnknownDefinitionError} when the schema lacks a command or event that is asked for
 * @throws {RangeError} when a product is unknown
 */
export function generateWith(schema: Schema, options: GenerateOptions): GeneratedFile[] {
  const { emitters, commands, events } = options;
  const products = options.products ?? emitters.map((emitter) => emitter.name);
  const hidden = [
    ...(options.excludeDeprecated === true ? ["deprecated"] : []),
    ...(options.excludeUnstable === true ? ["unstable"] : []),
  ];
  const shown = hidden.length === 0 ? schema : withoutFeatures(schema, new Set(hidden));
  const wanted =
    commands === undefined && events === undefined ? shown : selectDefinitions(shown, { commands, events });
  return generateFiles(wanted, selectEmitters(products, emitters), options);
}
