import { append } from "../../util/lists.js";
import { cName } from "../check/names.js";
import type { MemberDefinition } from "../check/definition.js";
import type { DefinitionDraft, ObjectDraft } from "./drafts.js";

/**
 * For each member of an object whose C name is that of an earlier member, of the object itself or of
 * one of its bases, that earlier member. Goes down the trees of inheritance once, with one table of
 * names, so that the cost does not grow with their depth. Objects on a cycle of bases are not reached.
 */
export function findMemberClashes(
  byName: ReadonlyMap<string, DefinitionDraft>,
): Map<MemberDefinition, MemberDefinition> {
  const clashes = new Map<MemberDefinition, MemberDefinition>();
  const { roots, heirs } = inheritance(byName);
  const names = new Map<string, MemberDefinition>();
  // An object to enter, or the names to forget when all its heirs have been seen.
  const agenda: (ObjectDraft | readonly string[])[] = roots;
  for (let next = agenda.pop(); next; next = agenda.pop()) {
    if (!("kind" in next)) {
      for (const name of next) names.delete(name);
      continue;
    }
    const below = heirs.get(next);
    const added: string[] = [];
    for (const member of next.members) {
      const name = cName(member.name);
      const earlier = names.get(name);
      if (earlier) {
        clashes.set(member, earlier);
      } else {
        names.set(name, member);
        added.push(name);
      }
    }
    if (below) {
      agenda.push(added);
      append(agenda, below);
    } else if (added.length === names.size) {
      names.clear();
    } else {
      for (const name of added) names.delete(name);
    }
  }
  return clashes;
}

/** Objects without a base that could be one, and for each object those that have it as their base. */
function inheritance(byName: ReadonlyMap<string, DefinitionDraft>): {
  readonly roots: ObjectDraft[];
  readonly heirs: ReadonlyMap<ObjectDraft, readonly ObjectDraft[]>;
} {
  const roots: ObjectDraft[] = [];
  const heirs = new Map<ObjectDraft, ObjectDraft[]>();
  for (const draft of byName.values()) {
    if (draft.kind !== "object") continue;
    const base = draft.base && byName.get(draft.base.name);
    if (base?.kind !== "object") {
      roots.push(draft);
      continue;
    }
    const siblings = heirs.get(base);
    if (siblings) siblings.push(draft);
    else heirs.set(base, [draft]);
  }
  return { roots, heirs };
}

/** Of the features, values or branches of one thing, each whose C name is that of an earlier one, with that one. */
export function findClashes<T extends { readonly name: string }>(items: readonly T[]): Map<T, T> {
  const clashes = new Map<T, T>();
  const names = new Map<string, T>();
  for (const item of items) {
    const name = cName(item.name);
    const earlier = names.get(name);
    if (earlier) clashes.set(item, earlier);
    else names.set(name, item);
  }
  return clashes;
}
