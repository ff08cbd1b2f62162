import type { CompiledHx, HxTable } from "../hx/index.js";
import { invariant } from "../util/invariant.js";
import { emitHmpIndex, emitHmpTable, type HmpTablePlan, planHmpTable } from "./emit/hmp/hmp-table.js";
import { finishFiles } from "./line-map.js";
import type { GeneratedFile } from "./file/generated-file.js";

export interface GenerateHmpOptions {
  /** Where the output finds the types of a command table; `qapi-ts/visitor` by default. */
  readonly runtime?: string;
}

/**
 * The TypeScript of a command table and its sub-tables: a file for each, and an index.
 *
 * @param compiled without diagnostics
 */
export function generateHmp(compiled: CompiledHx, options: GenerateHmpOptions = {}): GeneratedFile[] {
  const { table, subTables } = compiled;
  invariant(table !== undefined, "a command table with problems cannot be generated");
  const { runtime = "qapi-ts/visitor" } = options;
  const plans = new Map<HxTable, HmpTablePlan>();
  for (const each of [table, ...subTables.values()]) plans.set(each, planHmpTable(each));

  const references = {
    runtime: (name: string) => ({ name, from: { package: runtime } }),
    subTable: (name: string) => {
      const each = subTables.get(name);
      const plan = each && plans.get(each);
      invariant(plan !== undefined, `sub-table '${name}' was not read`);
      return plan;
    },
  };
  const tables = [...plans.values()];
  return finishFiles([...tables.map((plan) => emitHmpTable(plan, references)), emitHmpIndex(tables)]);
}
