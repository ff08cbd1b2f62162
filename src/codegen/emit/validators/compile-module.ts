import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { EmitContext } from "../../plan/emitter.js";
import { MARK } from "../../file/generated-file.js";
import { relativeSpecifier } from "../../file/import-table.js";
import type { NamedType } from "../../plan/plan.js";
import { definitionSchema, type Dialect, type JsonSchema } from "../json-schema/type-schema.js";
import { CheckDialect } from "./check-dialect.js";
import { compileChecks } from "./compile-checks.js";
import { checkName } from "./keywords.js";

/** Counted up whenever the same schemas compile to other code, so that no older file is taken over. */
const FORMAT = 1;

const ajv = createRequire(import.meta.url)("ajv/package.json") as { readonly version: string };

export interface ValidatorsModule {
  /** Of the file, relative to the output folder. */
  readonly path: string;
  readonly types: readonly NamedType[];
  /** The file that checks each type of the schema. */
  readonly homes: ReadonlyMap<NamedType, string>;
  /** The name of a type's public validator. */
  readonly publicName: (type: NamedType) => string;
}

/**
 * The text of a file of validators. The earlier run's is returned when it was made from the same
 * input and nobody has changed it since; its second line says so.
 */
export function compileModule(module: ValidatorsModule, context: EmitContext): string {
  const { schemas, references } = moduleSchemas(module);
  const frame = frameOf(module, references, context);
  const input = digest(JSON.stringify([FORMAT, ajv.version, frame, [...schemas]]));
  const previous = context.previous(module.path);
  if (previous !== undefined && isMadeFrom(input, previous)) return previous;
  const body = [frame.imports, compileChecks(schemas), frame.exports, ""].join("\n");
  return header(input, body) + body;
}

function moduleSchemas({ types, homes }: ValidatorsModule): {
  schemas: Map<string, JsonSchema>;
  references: Set<NamedType>;
} {
  const references = new Set<NamedType>();
  const dialect: Dialect = new CheckDialect((type) => {
    // What has no file is looked into where it stands.
    if (!homes.has(type)) return definitionSchema(type, dialect);
    references.add(type);
    return { qapiType: type.name };
  });
  const schemas = new Map(types.map((type) => [type.name, definitionSchema(type, dialect)]));
  return { schemas, references };
}

/** What stands around the compiled checks. */
interface Frame {
  readonly imports: string;
  readonly exports: string;
}

function frameOf(module: ValidatorsModule, references: Iterable<NamedType>, context: EmitContext): Frame {
  const { path, types, homes, publicName } = module;
  const imported = new Map<string, string[]>();
  for (const type of references) {
    const home = homes.get(type);
    if (home === undefined || home === path) continue;
    const names = imported.get(home) ?? [];
    imported.set(home, [...names, checkName(type.name)]);
  }
  const { from, name: runCheck } = context.runtime("runCheck");
  const runtime = "package" in from ? from.package : relativeSpecifier(path, from.file);
  return {
    imports: [
      importStatement([runCheck], runtime),
      ...[...imported].map(([home, names]) => importStatement(names, relativeSpecifier(path, home))),
    ].join("\n"),
    exports: [
      ...types.map((type) => {
        const check = checkName(type.name);
        return `export function ${publicName(type)}(value, problems) { return ${runCheck}(${check}, value, problems); }`;
      }),
      `export { ${types.map((type) => checkName(type.name)).join(", ")} };`,
    ].join("\n"),
  };
}

function importStatement(names: readonly string[], specifier: string): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(specifier)};`;
}

function header(input: string, body: string): string {
  return `// ${MARK}. Do not edit.\n// Compiled by ajv from ${input} to ${digest(body)}.\n`;
}

function isMadeFrom(input: string, previous: string): boolean {
  const body = previous.split("\n").slice(2).join("\n");
  return previous === header(input, body) + body;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
