import { conditionHolds } from "../../util/condition.js";
import { copySchema } from "./copy-schema.js";
import type { Schema } from "./model.js";

/**
 * The schema as it is when exactly the names in `defines` are defined: definitions, members, values,
 * branches and features whose condition does not hold are gone, and no condition is left. A type that
 * is gone by its condition yet used by what remains, which would not compile in C, stays.
 */
export function resolveConditions(schema: Schema, defines: ReadonlySet<string>): Schema {
  return copySchema(schema, {
    keeps: ({ condition }) => conditionHolds(condition, defines),
    conditionOf: () => undefined,
  });
}
