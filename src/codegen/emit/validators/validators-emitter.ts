import { implicitOwner } from "../../../qapi/schema/implicit-name.js";
import type { EmitContext, EmittedProduct, Emitter } from "../../plan/emitter.js";
import type { GeneratedFile } from "../../file/generated-file.js";
import type { NamedType } from "../../plan/plan.js";
import { compileModule } from "./compile-module.js";

/**
 * Validators compiled by ajv: one file per schema module, ajv's JavaScript with exports that are typed.
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
    const homes = new Map(
      modules.flatMap(({ types, path }) => types.map((type) => [type, filePath(path)] as const)),
    );
    const compiled = modules.map(({ path: module, types }): GeneratedFile => {
      const path = filePath(module);
      return { path, text: compileModule({ path, types, homes }, context) };
    });
    return {
      raw: compiled,
      // The checks behind the validators are there for one another only.
      exported: modules.map(({ path, types }) => ({
        path: filePath(path),
        names: types.map((type) => context.plan.validatorName(type)),
      })),
      unformatted: compiled.map(({ path }) => path),
    };
  },
};

function filePath(module: string): string {
  return `validators/${module}.ts`;
}

/** The base that a union was given in place is no type of its own in a document. */
function isValidated(type: NamedType): boolean {
  return implicitOwner(type.name)?.role !== "base";
}
