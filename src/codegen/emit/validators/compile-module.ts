import { groupBy } from "../../../util/lists.js";
import type { EmitContext } from "../../plan/emitter.js";
import { MARK } from "../../file/generated-file.js";
import { type ImportSymbol, specifierOf } from "../../file/import-table.js";
import type { NamedType, Scalars } from "../../plan/plan.js";
import { definitionSchema, type Dialect, type JsonSchema } from "../../json-schema/type-schema.js";
import { CheckDialect } from "./check-dialect.js";
import { compileChecks } from "./compile-checks.js";
import { checkName } from "./keywords.js";

/** What ajv writes is JavaScript without types; the exports have theirs. */
const HEADER = `// ${MARK}. Do not edit.\n// @ts-nocheck\n`;

interface ValidatorsModule {
  /** Of the file, relative to the output folder. */
  readonly path: string;
  readonly types: readonly NamedType[];
  /** The file that checks each type of the schema. */
  readonly homes: ReadonlyMap<NamedType, string>;
  /** The name of a type's public validator. */
  readonly publicName: (type: NamedType) => string;
  /** How a type's declaration is called, and where it stands. */
  readonly declaration: (type: NamedType) => TypeDeclaration;
}

interface TypeDeclaration {
  readonly symbol: ImportSymbol;
  readonly takesForm: boolean;
}

/** The text of a file of validators. */
export function compileModule(module: ValidatorsModule, context: EmitContext): string {
  const { schemas, references } = moduleSchemas(module, context.plan.scalars);
  const frame = frameOf(module, references, context);
  return context.reuse(module.path, JSON.stringify([frame, [...schemas]]), () => {
    const checks = compileChecks(schemas);
    const body = [frame.imports, ...helpers(checks, module.path, context), checks, frame.exports, ""];
    return HEADER + body.join("\n");
  });
}

function moduleSchemas(
  { types, homes }: ValidatorsModule,
  scalars: Scalars,
): {
  schemas: Map<string, JsonSchema>;
  references: Set<NamedType>;
} {
  const references = new Set<NamedType>();
  const reference = (type: NamedType): JsonSchema => {
    // What has no file is looked into where it stands.
    if (!homes.has(type)) return definitionSchema(type, dialect);
    references.add(type);
    return { qapiType: type.name, ...(type.kind === "alternate" && { qapiHeld: true }) };
  };
  const dialect: Dialect = new CheckDialect(reference, false, false, scalars);
  const schemas = new Map(types.map((type) => [type.name, definitionSchema(type, dialect)]));
  return { schemas, references };
}

/** What the keywords need of the runtime, where they do. */
function helpers(checks: string, path: string, context: EmitContext): string[] {
  const needed = [
    ...(checks.includes("wasFraction(") ? ["fractions", "wasFraction"] : []),
    ...(checks.includes("isIntegerText(") ? ["isIntegerText"] : []),
  ];
  if (needed.length === 0) return [];
  const source = specifierOf(context.runtime("runCheck").from, path, context.importExtension);
  // A variable of this module is looked up faster than one of another.
  const local = needed.includes("fractions") ? ["const spelling = fractions;"] : [];
  return [importStatement(needed, source), ...local];
}

/** What stands around the compiled checks. */
interface Frame {
  readonly imports: string;
  readonly exports: string;
}

function frameOf(module: ValidatorsModule, references: Iterable<NamedType>, context: EmitContext): Frame {
  const { path, types, homes, publicName, declaration } = module;
  const imported = groupBy(references, (type) => homes.get(type) ?? path);
  imported.delete(path);
  const runtime = specifierOf(context.runtime("runCheck").from, path, context.importExtension);
  return {
    imports: [
      importStatement(["type CompiledCheck", "runCheck", "type Sent", "type ValidationProblem"], runtime),
      ...[...imported].map(([home, used]) =>
        importStatement(
          used.map(({ name }) => checkName(name)),
          specifierOf({ file: home }, path, context.importExtension),
        ),
      ),
    ].join("\n"),
    exports: types
      .map((type) => {
        const check = checkName(type.name);
        const { symbol, takesForm } = declaration(type);
        // Named where it stands: an import could clash with a name of ajv's.
        const source = specifierOf(symbol.from, path, context.importExtension);
        const form = `import(${JSON.stringify(source)}).${symbol.name}${takesForm ? "<Sent>" : ""}`;
        return [
          `/** Whether a JSON value is a {@link ${symbol.name}}. \`problems\` receives everything that is wrong with it. */`,
          `export function ${publicName(type)}(value: unknown, problems?: ValidationProblem[]): value is ${form} {`,
          `  return runCheck(${check}, value, problems);`,
          "}",
        ].join("\n");
      })
      .join("\n"),
  };
}

function importStatement(names: readonly string[], specifier: string): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(specifier)};`;
}
