import type { EmitContext, EmittedProduct, Emitter } from "../../plan/emitter.js";
import { FileBuilder } from "../../file/file-builder.js";
import type { GeneratedFile } from "../../file/generated-file.js";
import { callArguments, group, type Doc } from "../../file/layout.js";
import { implicitOwner, isImplicit, type NamedType, type PlannedModule } from "../../plan/plan.js";
import { tsdoc } from "../../docs/tsdoc.js";
import { compileModule } from "./compile-module.js";

/**
 * Validators compiled by ajv: one JavaScript file per schema module, with declarations beside it.
 * A file whose module did not change is taken over from the earlier run, since compiling all of
 * QEMU's schema takes longer than everything else together.
 */
export const validatorsEmitter: Emitter = {
  name: "validators",
  needs: ["types"],
  emit(context: EmitContext): EmittedProduct {
    const modules = context.plan.modules
      .map((module) => ({ ...module, types: module.types.filter(isValidated) }))
      .filter(({ types }) => types.length > 0);
    const publicName = (type: NamedType) => validatorName(type, context);
    const homes = new Map(
      modules.flatMap(({ types, path }) => types.map((type) => [type, filePath(path)] as const)),
    );
    const compiled = modules.map((module): GeneratedFile => {
      const path = filePath(module.path);
      return { path, text: compileModule({ path, types: module.types, homes, publicName }, context) };
    });
    const paths = compiled.map(({ path }) => path);
    return {
      files: modules.map((module) => declarations(module, context)),
      raw: compiled,
      exported: paths,
      unformatted: paths,
    };
  },
};

function filePath(module: string): string {
  return `validators/${module}.js`;
}

/** The base that a union was given in place is no type of its own in a document. */
function isValidated(type: NamedType): boolean {
  return !isImplicit(type) || implicitOwner(type).role === "arg";
}

function validatorName(type: NamedType, { plan }: EmitContext): string {
  return `validate${plan.typeName(type)}`;
}

function declarations({ path, types }: PlannedModule, context: EmitContext): FileBuilder {
  const names = types.map((type) => validatorName(type, context));
  const file = new FileBuilder(`validators/${path}.d.ts`, names);
  for (const type of types) file.add(declaration(type, file, context), type);
  return file;
}

function declaration(type: NamedType, file: FileBuilder, context: EmitContext): Doc {
  const name = file.type(context.plan.typeSymbol(type));
  const sent = context.plan.takesForm(type) ? `${name}<${file.type(context.runtime("Sent"))}>` : name;
  const problem = file.type(context.runtime("ValidationProblem"));
  const parameters = callArguments(["value: unknown", `problems?: ${problem}[]`]);
  return [
    tsdoc([
      `Whether a JSON value is a {@link ${name}}. \`problems\` receives everything that is wrong with it.`,
    ]),
    group([`export declare function ${validatorName(type, context)}`, parameters, `: value is ${sent};`]),
  ];
}
