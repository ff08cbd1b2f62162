import type { Condition, Feature } from "../../qapi/schema/model.js";
import { propertyKey } from "../file/identifier.js";
import { braces, list, type Doc } from "../file/layout.js";

/** What is to say about a member or value beside its name and type; undefined for nothing. */
export function note(condition: Condition | undefined, features: readonly Feature[]): Doc | undefined {
  const parts = noteParts(condition, features);
  return parts.length === 0 ? undefined : braces(parts, ",");
}

/** The same as the members of an object literal. */
export function noteParts(condition: Condition | undefined, features: readonly Feature[]): Doc[] {
  const parts: Doc[] = [];
  if (condition !== undefined) parts.push(["condition: ", conditionLiteral(condition)]);
  if (features.length > 0) parts.push(["features: ", list(features.map(({ name }) => JSON.stringify(name)))]);
  const conditional = features.flatMap(({ name, condition: own }): Doc[] =>
    own === undefined ? [] : [[`${propertyKey(name)}: `, conditionLiteral(own)]],
  );
  if (conditional.length > 0) parts.push(["featureConditions: ", braces(conditional, ",")]);
  return parts;
}

/** A condition as the runtime has it. */
export function conditionLiteral(condition: Condition): Doc {
  if (typeof condition === "string") return JSON.stringify(condition);
  if ("all" in condition) return braces([["all: ", list(condition.all.map(conditionLiteral))]], ",");
  if ("any" in condition) return braces([["any: ", list(condition.any.map(conditionLiteral))]], ",");
  return braces([["not: ", conditionLiteral(condition.not)]], ",");
}
