import type { Schema } from "../qapi/schema/model.js";
import type { EmitContext, EmittedProduct, Emitter, Reuse } from "./plan/emitter.js";
import type { PlacedOrigin } from "./file/print-doc.js";
import { MARK, type GeneratedFile } from "./file/generated-file.js";
import type { ImportExtension } from "./file/import-table.js";
import { indexFile } from "./index-file.js";
import { lineMap } from "./line-map.js";
import { foldersAbove, foldPath } from "./file/output-path.js";
import { Plan, type Scalars } from "./plan/plan.js";

interface GenerateSettings {
  readonly runtime?: string | undefined;
  readonly scalars?: Scalars | undefined;
  readonly importExtension?: ImportExtension | undefined;
  readonly reuse?: Reuse | undefined;
}

const DEFAULT_RUNTIME = "qapi-ts/visitor";

/** Lets emitters make their products of a schema, and puts an index and a line map beside them. */
export function generateFiles(
  schema: Schema,
  emitters: readonly Emitter[],
  {
    runtime = DEFAULT_RUNTIME,
    scalars,
    importExtension = ".js",
    reuse = (_path, _input, make) => make(),
  }: GenerateSettings,
): GeneratedFile[] {
  const context: EmitContext = {
    schema,
    plan: new Plan(schema, scalars),
    runtime: (name) => ({ name, from: { package: runtime } }),
    importExtension,
    reuse,
  };
  const products = emitters.map((emitter) => emitter.emit(context));
  return assemble(products, context);
}

function assemble(products: readonly EmittedProduct[], context: EmitContext): GeneratedFile[] {
  const exported = products.flatMap((product) => product.exported ?? []);
  const builders = products.flatMap((product) => product.files ?? []).filter((file) => !file.isEmpty);
  const origins = new Map<string, readonly PlacedOrigin[]>();
  const files: GeneratedFile[] = products.flatMap((product) => product.raw ?? []);
  for (const builder of [...builders, indexFile(exported, context)]) {
    const finished = builder.finish(context.importExtension);
    files.push(finished.file);
    if (finished.origins.length > 0) origins.set(finished.file.path, finished.origins);
  }
  const unformatted = products.flatMap((product) => product.unformatted ?? []);
  if (unformatted.length > 0) files.push(prettierIgnore(unformatted));
  files.push(
    lineMap(
      files.map(({ path }) => path),
      origins,
    ),
  );
  refuseSamePaths(files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
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
