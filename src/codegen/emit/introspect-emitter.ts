import type { EmitContext, EmittedProduct, Emitter } from "../plan/emitter.js";
import { tsdoc } from "../docs/tsdoc.js";
import { FileBuilder } from "../file/file-builder.js";
import { assignment, hug, list } from "../file/layout.js";
import { introspect } from "./introspect.js";

/** What `query-qmp-schema` returns, for servers: a function of the conditions that hold. */
export const introspectEmitter: Emitter = {
  name: "introspect",
  needs: [],
  emit(context: EmitContext): EmittedProduct {
    const file = new FileBuilder("introspect.ts", ["introspection"]);
    const type = file.type(context.runtime("Introspection"));
    const create = file.value(context.runtime("introspectionOf"));
    const entries = introspect(context.schema).map((entry) => quote(JSON.stringify(entry)));
    file.add([
      tsdoc(["What `query-qmp-schema` returns for this schema, given the conditions that hold."]),
      assignment(`export const introspection: ${type}`, [
        "/* @__PURE__ */ ",
        hug(create, [], list(entries), false),
      ]),
    ]);
    return { files: [file], exported: [file.path] };
  },
};

/** A string literal of JSON, which is full of double quotes. */
function quote(json: string): string {
  return `'${json.replace(/[\\']/g, "\\$&")}'`;
}
