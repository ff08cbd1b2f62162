import type { EmitContext, ExportedNames } from "./plan/emitter.js";
import { FileBuilder } from "./file/file-builder.js";
import { relativeSpecifier } from "./file/import-table.js";
import { assignmentBrokenLeft, braces, typeArguments } from "./file/layout.js";
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
    const runtime = (name: string): string => file.type(context.runtime(name));
    const [commands, events] = [map("Commands"), map("Events")] as const;
    const [exact, sent] = [runtime("Exact"), runtime("Sent")] as const;
    const type = [
      runtime("Qapi"),
      typeArguments([commands, events, `${commands}<${exact}, ${sent}>`, `${events}<${sent}>`]),
    ];
    file.add([
      tsdoc([
        "The whole schema: give it to a client or server, and both its types and its decoders are known.",
      ]),
      assignmentBrokenLeft(["export const qapi: ", ...type], `{ ${value("commands")}, ${value("events")} }`),
    ]);
  }
  return file;
}
