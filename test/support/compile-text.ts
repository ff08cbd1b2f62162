import { compileSchema } from "../../src/qapi/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { memoryHost } from "./memory-host.js";

/**
 * Compiles a schema given as text.
 *
 * @param defines the conditions that hold; without it none is decided
 */
export function compileText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  defines?: ReadonlySet<string>,
): Schema {
  const { schema, diagnostics } = compileSchema("main.json", {
    host: memoryHost({ "main.json": text, ...files }),
    docRules: "lenient",
    ...(defines && { defines }),
  });
  if (schema === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return schema;
}
