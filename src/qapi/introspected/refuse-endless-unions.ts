import type { ObjectType, Type } from "../schema/model.js";
import { SchemaInfoError } from "./read-schema-info.js";

/**
 * Refuses unions that are a branch of themselves, which no schema compiler lets through but data
 * from elsewhere may hold.
 *
 * @throws {SchemaInfoError}
 */
export function refuseEndlessUnions(types: Iterable<Type>): void {
  const ended = new Set<ObjectType>();
  for (const type of types) {
    if (type.kind === "object") follow(type, new Set(), ended);
  }
}

function follow(type: ObjectType, around: Set<ObjectType>, ended: Set<ObjectType>): void {
  if (ended.has(type)) return;
  if (around.has(type)) throw new SchemaInfoError(`'${type.name}' is a branch of itself`);
  around.add(type);
  for (const branch of type.variants?.branches ?? []) follow(branch.type, around, ended);
  around.delete(type);
  ended.add(type);
}
