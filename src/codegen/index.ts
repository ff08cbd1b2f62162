/** From a schema to the files of a TypeScript library. */
import type { Schema } from "../qapi/schema/model.js";
import type { EmitContext, Emitter, Reuse } from "./plan/emitter.js";
import { MARK, type GeneratedFile } from "./file/generated-file.js";
import type { ImportExtension } from "./file/import-table.js";
import { foldersAbove, foldPath } from "./file/output-path.js";
import { indexFile } from "./index-file.js";
import { finishFiles } from "./line-map.js";
import { Plan, type Scalars } from "./plan/plan.js";
import { selectDefinitions, withoutFeatures } from "./select-definitions.js";

const DEFAULT_RUNTIME = "qapi-ts/visitor";

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

/** Lets emitters make their products of a schema, and puts an index and a line map beside them. */
export function generateFiles(
  schema: Schema,
  emitters: readonly Emitter[],
  {
    runtime = DEFAULT_RUNTIME,
    scalars,
    importExtension = ".js",
    reuse = (_path, _input, make) => make(),
  }: Pick<GenerateOptions, "runtime" | "scalars" | "importExtension" | "reuse">,
): GeneratedFile[] {
  const context: EmitContext = {
    schema,
    plan: new Plan(schema, scalars),
    runtime: (name) => ({ name, from: { package: runtime } }),
    importExtension,
    reuse,
  };
  const products = emitters.map((emitter) => emitter.emit(context));
  const exported = products.flatMap((product) => product.exported ?? []);
  const builders = products.flatMap((product) => product.files ?? []).filter((file) => !file.isEmpty);
  const raw = products.flatMap((product) => product.raw ?? []);
  const unformatted = products.flatMap((product) => product.unformatted ?? []);
  if (unformatted.length > 0) raw.push(prettierIgnore(unformatted));
  const files = finishFiles([...builders, indexFile(exported, context)], raw, importExtension);
  refuseSamePaths(files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The emitters of some products and of what these need, in the order of `available`.
 *
 * @throws {RangeError} when a product has no emitter
 */
function selectEmitters(products: readonly string[], available: readonly Emitter[]): Emitter[] {
  const byName = new Map(available.map((emitter) => [emitter.name, emitter]));
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const emitter = byName.get(name);
    if (emitter === undefined) throw new RangeError(`there is no product ${name}`);
    if (wanted.has(name)) return;
    wanted.add(name);
    emitter.needs.forEach(want);
  };
  products.forEach(want);
  return available.filter((emitter) => wanted.has(emitter.name));
}

/**
 * Paths differ where case does not count, too, and no file stands where another needs a folder. Those
 * of our own emitters do; an emitter of the user's own may say otherwise.
 */
function refuseSamePaths(files: readonly GeneratedFile[]): void {
  const taken = new Map<string, string>();
  for (const { path } of files) {
    const other = taken.get(foldPath(path));
    if (other !== undefined) throw new RangeError(`two files would go to ${path} (one as ${other})`);
    taken.set(foldPath(path), path);
  }
  for (const { path } of files) {
    const folder = foldersAbove(foldPath(path)).find((above) => taken.has(above));
    if (folder !== undefined) throw new RangeError(`${path} needs a folder where ${folder} is a file`);
  }
}

function prettierIgnore(paths: readonly string[]): GeneratedFile {
  return { path: ".prettierignore", text: [`# ${MARK}. Do not edit.`, ...paths, ""].join("\n") };
}
