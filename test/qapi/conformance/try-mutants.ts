import { renderJson } from "../../../src/diagnostic/render/json.js";
import { renderPretty } from "../../../src/diagnostic/render/pretty.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { dumpSchema } from "../../../src/qapi/dump/dump-schema.js";
import { compileSchema } from "../../../src/qapi/index.js";
import { resolveConditions } from "../../../src/qapi/schema/copy-schema.js";
import { memoryHost } from "../../support/memory-host.js";
import { mutant } from "./differential.js";
import type { Block } from "./draft-schema.js";
import { Random } from "./random.js";

/**
 * Compiles mutants and does with each what can be done with it; an exception names the seed. Gives
 * the seeds of mutants whose problems have no place.
 */
export function tryMutants(seeds: readonly Block[][], firstSeed: number, count: number): number[] {
  const misplaced: number[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const files = mutant(new Random(seed), seeds);
    try {
      if (!compileAndUse(files)) misplaced.push(seed);
    } catch (error) {
      throw new Error(`mutant ${seed}: ${Object.values(files).join("\n")}`, { cause: error });
    }
  }
  return misplaced;
}

/** Whether every problem lies in a file that was given. */
function compileAndUse(files: Record<string, string>): boolean {
  const { diagnostics, schema } = compileSchema("schema.json", {
    host: memoryHost(files),
    docRules: "strict",
  });
  renderQemu(diagnostics);
  renderPretty(diagnostics);
  renderJson(diagnostics);
  if (schema) {
    dumpSchema(schema);
    dumpSchema(resolveConditions(schema, new Set(["CONFIG_A"])));
  }
  return diagnostics.every(({ span: { file, start, end }, anchor }) => {
    const text = files[file.path];
    return text !== undefined && start <= end && end <= file.text.length && anchor.file.path in files;
  });
}
