import { alternative, visitAlternate } from "../visitor/alternate-type.js";
import { visitArray } from "../visitor/array-type.js";
import { visitObject } from "../visitor/object-type.js";
import type { AlternateVisit, ArrayVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";

/** Types refer to each other in circles, and the same ones are asked for again and again. */
const known = new WeakMap<TypeVisit<unknown>, TypeVisit<unknown>>();

/**
 * The same type with no member that must be there: how a reply is read that may come from a QEMU older
 * than the schema, where a member that later became mandatory was not yet sent.
 */
export function undemanding(type: TypeVisit<unknown>): TypeVisit<unknown> {
  let made = known.get(type);
  if (made === undefined) {
    made = make(type);
    known.set(type, made);
  }
  return made;
}

function make(type: TypeVisit<unknown>): TypeVisit<unknown> {
  switch (type.kind) {
    case "builtin":
    case "enum":
      return type;
    case "array":
      return visitArray(undemanding((type as ArrayVisit<unknown>).element));
    case "object":
      return makeObject(type as ObjectVisit<unknown>);
    case "alternate":
      return visitAlternate(type.name, () =>
        [...(type as AlternateVisit<unknown>).alternatives.values()].map((each) =>
          alternative(each.name, undemanding(each.type), each.condition),
        ),
      );
  }
}

function makeObject(type: ObjectVisit<unknown>): TypeVisit<unknown> {
  return visitObject(type.name, () => {
    const members = [...type.members.values()].map((member) => ({
      ...member,
      type: undemanding(member.type),
      optional: true,
    }));
    if (type.variants === undefined) return { members };
    const { tag, branches } = type.variants;
    return {
      members,
      tag,
      branches: [...branches.values()].map((branch) => ({
        ...branch,
        type: undemanding(branch.type) as ObjectVisit<unknown>,
      })),
    };
  });
}
