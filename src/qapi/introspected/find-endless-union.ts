import type { ObjectType, Type } from "../schema/model.js";

/**
 * A union that is a branch of itself, which no schema compiler lets through but data from elsewhere may hold;
 * undefined where there is none.
 */
export function findEndlessUnion(types: Iterable<Type>): ObjectType | undefined {
  /** Unions that are being followed, and those that were followed to their ends. */
  const state = new Map<ObjectType, "open" | "ended">();
  for (const type of types) {
    const found = type.kind === "object" ? follow(type, state) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Chains may be long, so what is open waits on a list of our own, not on the call stack. */
function follow(first: ObjectType, state: Map<ObjectType, "open" | "ended">): ObjectType | undefined {
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
      if (known === "open") return inner;
      if (known === undefined) agenda.push(inner);
    }
  }
  return undefined;
}
