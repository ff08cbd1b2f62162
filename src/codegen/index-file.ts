import type { EmitContext, ExportedNames } from "./plan/emitter.js";
import { FileBuilder } from "./file/file-builder.js";
import { relativeSpecifier } from "./file/import-table.js";
import { assignment, braces } from "./file/layout.js";
import { tsdoc } from "./docs/tsdoc.js";

const INDEX = "index.ts";

/**
 * The front door of the output: it hands on what the products export, and makes of the command and
 * event maps the one value that a client or server is given.
 *
 * @param exported paths of the files that are handed on
 */
export function indexFile(exported: readonly (string | ExportedNames)[], context: EmitContext): FileBuilder {
  const file = new FileBuilder(INDEX, ["qapi"]);
  for (const each of exported) {
    const path = typeof each === "string" ? each : each.path;
    const source = JSON.stringify(relativeSpecifier(INDEX, path, context.importExtension));
    const what = typeof each === "string" ? "*" : braces(each.names, ",");
    file.add(["export ", what, ` from ${source};`]);
  }
  if (exported.includes("commands.ts") && exported.includes("events.ts")) {
    const map = (name: string): string => file.type({ name, from: { file: `${name.toLowerCase()}.ts` } });
    const value = (name: string): string => file.value({ name, from: { file: `${name}.ts` } });
    const type = `${file.type(context.runtime("Qapi"))}<${map("Commands")}, ${map("Events")}>`;
    file.add([
      tsdoc([
        "The whole schema: give it to a client or server, and both its types and its decoders are known.",
      ]),
      assignment(`export const qapi: ${type}`, `{ ${value("commands")}, ${value("events")} }`),
    ]);
  }
  return file;
}
