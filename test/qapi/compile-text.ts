import { memoryHost } from "../support/memory-host.js";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.js";
import type { Example } from "../../src/diagnostic/catalogue/problem-kind.js";
import { renderQemu } from "../../src/diagnostic/render/qemu.js";
import { compileSchema, type CompileOptions, type CompileResult } from "../../src/qapi/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";

/** Compiles a schema given as text, or as files of which `schema.json` is the main one. */
export function compileText(schema: Example, options: CompileOptions = {}): CompileResult {
  const files = typeof schema === "string" ? { "schema.json": schema } : schema;
  return compileSchema("schema.json", { host: memoryHost(files), docRules: "strict", ...options });
}

/** The schema of a text that has no problems. */
export function schemaOf(text: Example, options: CompileOptions = {}): Schema {
  const { schema, diagnostics } = compileText(text, options);
  if (!schema) throw new Error(renderQemu(diagnostics));
  return schema;
}

/** Every problem of a text as `line:column code: message`, the place being what is marked. */
export function problemsOf(text: Example, options: CompileOptions = {}): string[] {
  return compileText(text, options).diagnostics.map(describeProblem);
}

function describeProblem({ span, code, message }: Diagnostic): string {
  const { line, column } = span.file.position(span.start);
  return `${line}:${column} ${code}: ${message}`;
}
