import { copySchema } from "./copy-schema.js";
import type { Condition, Schema } from "./model.js";

/** Whether a condition holds when exactly the names in `defines` are defined. */
export function holds(condition: Condition | undefined, defines: ReadonlySet<string>): boolean {
  if (condition === undefined) return true;
  if (typeof condition === "string") return defines.has(condition);
  if ("not" in condition) return !holds(condition.not, defines);
  if ("all" in condition) return condition.all.every((each) => holds(each, defines));
  return condition.any.some((each) => holds(each, defines));
}

/**
 * The schema as it is when exactly the names in `defines` are defined: definitions, members, values,
 * branches and features whose condition does not hold are gone, and no condition is left. A type that
 * is gone by its condition yet used by what remains, which would not compile in C, stays.
 */
export function resolveConditions(schema: Schema, defines: ReadonlySet<string>): Schema {
  return copySchema(schema, {
    keeps: ({ condition }) => holds(condition, defines),
    conditionOf: () => undefined,
  });
}
