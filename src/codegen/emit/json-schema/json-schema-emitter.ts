import type { EmitContext, EmittedProduct, Emitter } from "../../plan/emitter.js";
import { MARK } from "../../file/generated-file.js";
import { formatJson } from "../format-json.js";
import { jsonSchemaBundle } from "./bundle.js";

/** The whole schema as JSON Schema, for tools in any language. */
export const jsonSchemaEmitter: Emitter = {
  name: "json-schema",
  needs: [],
  emit({ schema }: EmitContext): EmittedProduct {
    const bundle = { $comment: `${MARK}. Do not edit.`, ...jsonSchemaBundle(schema) };
    return { raw: [{ path: "json-schema.json", text: formatJson(bundle) }] };
  },
};
