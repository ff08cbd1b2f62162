import type { ObjectType, Type } from "../schema/model.js";
import { SchemaInfoError } from "./read-schema-info.js";

/**
 * Refuses unions that are a branch of themselves, which no schema compiler lets through but data
 * from elsewhere may hold.
 *
 * @throws {SchemaInfoError}
 */
export function refuseEndlessUnions(types: Iterable<Type>): void {
  /** Unions that are being followed, and those that were followed to their ends. */
  const state = new Map<ObjectType, "open" | "ended">();
  for (const type of types) {
    if (type.kind === "object") follow(type, state);
  }
}

/** Chains may be long, so what is open waits on a list of our own, not on the call stack. */
function follow(first: ObjectType, state: Map<ObjectType, "open" | "ended">): void {
  const agenda = [first];
  for (let type = agenda.at(-1); type; type = agenda.at(-1)) {
    if (state.has(type)) {
      state.set(type, "ended");
      agenda.pop();
      continue;
    }
    state.set(type, "open");
    for (const { type: inner } of type.variants?.branches ?? []) {
      const known = state.get(inner);
      if (known === "open") throw new SchemaInfoError(`'${inner.name}' is a branch of itself`);
      if (known === undefined) agenda.push(inner);
    }
  }
}
