import { invariant } from "../../../util/invariant.js";
import type { JsonSchema } from "../../json-schema/type-schema.js";
import { createAjv } from "./create-ajv.js";
import { checkName, qapiType } from "./keywords.js";

/**
 * Compiles schemas ahead of time.
 *
 * @param schemas by the name that `qapiType` refers to them by
 * @returns JavaScript that exports a `check_NAME` for each, of the runtime's type `CompiledCheck`. It
 *   refers to the checks of types that are not among `schemas`, but defines none for them.
 */
export function compileChecks(schemas: ReadonlyMap<string, JsonSchema>): string {
  const ajv = createAjv("may-be-integers", {
    // Only the source is wanted: it need not be parsed here.
    code: { source: true, esm: true, optimize: false, process: () => "return function(){}" },
    // Reading a member must not find what objects inherit. It costs, so only where a name could.
    ownProperties: [...schemas.values()].some(namesInherited),
  });
  ajv.addKeyword(qapiType);
  const written = new Set<string>();
  const lines: string[] = [];
  for (const [name, schema] of schemas) {
    const { source } = ajv.compile(schema);
    invariant(source !== undefined, "ajv was told to keep the source");
    for (const values of Object.values(source.scopeValues)) {
      for (const value of values ?? []) {
        // ajv offers each whole schema as a constant; most functions do not look at it.
        if (written.has(value.str) || !source.validateCode.includes(value.str)) continue;
        written.add(value.str);
        const code = value.value?.code?.toString() ?? "";
        invariant(code !== "" && !code.includes("require("), `ajv needs ${value.str} at run time`);
        lines.push(`const ${value.str} = ${code};`);
      }
    }
    lines.push(
      source.validateCode.replace(SCHEMA_PATH, ""),
      `export const ${checkName(name)}: CompiledCheck = ${source.validateName.str};`,
    );
  }
  return lines.join("\n");
}

/** Where in its schema an error comes from: a quarter of the code, which nobody reads. */
const SCHEMA_PATH = /,schemaPath:"(?:[^"\\]|\\.)*"/g;

/** Whether a schema mentions, at any depth, a member that every object inherits. */
function namesInherited(schema: JsonSchema): boolean {
  return Object.entries(schema).some(
    ([key, value]) =>
      key in Object.prototype ||
      (typeof value === "object" && value !== null && namesInherited(value as JsonSchema)),
  );
}
