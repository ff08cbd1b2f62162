import { groupBy } from "../../../util/lists.js";
import type { EmitContext } from "../../plan/emitter.js";
import { MARK } from "../../file/generated-file.js";
import { type ImportSymbol, specifierOf } from "../../file/import-table.js";
import type { NamedType } from "../../plan/plan.js";
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
}

/** The text of a file of validators. */
export function compileModule(module: ValidatorsModule, context: EmitContext): string {
  const { types, homes, path } = module;
  const references = new Set<NamedType>();
  const reference = (type: NamedType): JsonSchema => {
    // What has no file is looked into where it stands.
    if (!homes.has(type)) return definitionSchema(type, dialect);
    references.add(type);
    return { qapiType: type.name, ...(type.kind === "alternate" && { qapiHeld: true }) };
  };
  const dialect: Dialect = new CheckDialect(reference, false, false, context.plan.scalars);
  const schemas = new Map(types.map((type) => [type.name, definitionSchema(type, dialect)]));
  const frame = frameOf(module, references, context);
  return context.reuse(path, JSON.stringify([frame, [...schemas]]), () => {
    const checks = compileChecks(schemas);
    const body = [frame.imports, ...helpers(checks, path, context), checks, frame.exports, ""];
    return HEADER + body.join("\n");
  });
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
function frameOf(
  { path, types, homes }: ValidatorsModule,
  references: Iterable<NamedType>,
  context: EmitContext,
): { readonly imports: string; readonly exports: string } {
  const imported = groupBy(references, (type) => homes.get(type) ?? path);
  imported.delete(path);
  const { plan, importExtension } = context;
  const specifier = (from: ImportSymbol["from"]): string => specifierOf(from, path, importExtension);
  const names = ["type CompiledCheck", "runCheck", "type Sent", "type ValidationProblem"];
  return {
    imports: [
      importStatement(names, specifier(context.runtime("runCheck").from)),
      ...[...imported].map(([home, used]) =>
        importStatement(
          used.map(({ name }) => checkName(name)),
          specifier({ file: home }),
        ),
      ),
    ].join("\n"),
    exports: types
      .map((type) => {
        const { name, from } = plan.typeSymbol(type);
        // Named where it stands: an import could clash with a name of ajv's.
        const declared = `import(${JSON.stringify(specifier(from))}).${name}${plan.takesForm(type) ? "<Sent>" : ""}`;
        return [
          `/** Whether a JSON value is a {@link ${name}}. \`problems\` receives everything that is wrong with it. */`,
          `export function ${plan.validatorName(type)}(value: unknown, problems?: ValidationProblem[]): value is ${declared} {`,
          `  return runCheck(${checkName(type.name)}, value, problems);`,
          "}",
        ].join("\n");
      })
      .join("\n"),
  };
}

function importStatement(names: readonly string[], specifier: string): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(specifier)};`;
}
