import { parseJson } from "../json/parse.js";
import { isJsonObject, type JsonValue } from "../json/value.js";
import { conditionHolds, type Condition } from "../util/condition.js";

/**
 * What `query-qmp-schema` returns for a schema.
 *
 * @param defines the names that are defined; without it, everything conditional is there
 */
export type Introspection = (defines?: ReadonlySet<string>) => JsonValue[];

/**
 * @param entries as JSON, in order. A list item that depends on a condition is written
 *   `{"if": CONDITION, "then": ITEM}`.
 */
export function introspectionOf(entries: readonly string[]): Introspection {
  return (defines) =>
    decideConditions(
      entries.map((entry) => parseJson(entry)),
      defines,
    );
}

/** Replaces the conditional items of introspection data by what they stand for, if that is there. */
export function decideConditions(
  items: readonly JsonValue[],
  defines: ReadonlySet<string> | undefined,
): JsonValue[] {
  return items.flatMap((item): JsonValue[] => {
    if (!isJsonObject(item)) return [item];
    const { if: condition, then } = item;
    if (condition !== undefined && then !== undefined) {
      const holds = defines === undefined || conditionHolds(condition as Condition, defines);
      return holds ? decideConditions([then], defines) : [];
    }
    const members = Object.entries(item).map(([key, value]): [string, JsonValue] => [
      key,
      Array.isArray(value) ? decideConditions(value, defines) : value,
    ]);
    return [Object.fromEntries(members)];
  });
}
