import { applyFixes } from "../../src/lint/apply-fixes.js";
import { lintSchema } from "../../src/lint/lint-schema.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { SchemaCompiler } from "../../src/qapi/index.js";
import { nodeHost } from "../../src/qapi/load/node-host.js";

/** Every rule that could mend something, on. Examples take long, and nobody can mend them. */
const levels = new Map(
  lintRules.map(({ id, proposed }) => [id, id === "doc-example-invalid" ? "off" : proposed] as const),
);

/** A schema that is fine, some of its files with another text than on disk. */
export function compileFiles(main: string, texts: ReadonlyMap<string, string> = new Map()) {
  const host = { ...nodeHost, read: (path: string) => texts.get(path) ?? nodeHost.read(path) };
  const compilation = new SchemaCompiler({ host, docRules: "lenient" }).compile(main);
  return { compilation, schema: compilation.schema! };
}

/**
 * A schema with all mended that lint can mend, round by round until there is nothing more to do.
 *
 * @param texts of files that differ from those on disk
 * @returns with what lint could still mend, which it then did not
 */
export function mendSchema(main: string, docsToo: boolean, texts: ReadonlyMap<string, string> = new Map()) {
  const now = new Map(texts);
  for (let rounds = 0; rounds < 10; rounds++) {
    const { compilation, schema } = compileFiles(main, now);
    const findings = lintSchema(compilation, schema, { levels });
    const wanted = findings.filter(({ editsDocs }) => docsToo || !editsDocs);
    const fixed = applyFixes(wanted);
    if (fixed.length === 0) return { schema, left: wanted.filter(({ fix }) => fix.length > 0), rounds };
    for (const { file, text } of fixed) now.set(file.path, text);
  }
  throw new Error("there is no end to mending");
}
