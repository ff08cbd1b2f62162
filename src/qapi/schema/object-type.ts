import type { ObjectMember, ObjectType } from "./model.js";

/** A part of the model while it is being put together. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Common = Pick<ObjectType, "name" | "module" | "condition" | "features" | "doc" | "span">;

/**
 * An object type without members, to be filled in. Its list of all members is made on demand: along
 * a chain of bases these lists together grow with the square of its length.
 */
export function createObjectType(common: Common, form: ObjectType["form"]): Mutable<ObjectType> {
  let members: readonly ObjectMember[] | undefined;
  return {
    kind: "object",
    ...common,
    form,
    base: undefined,
    localMembers: [],
    get members() {
      return (members ??= withBases(this).flatMap(({ localMembers }) => localMembers));
    },
    variants: undefined,
  };
}

/** The type and its bases, the outermost base first. */
export function withBases(type: ObjectType): ObjectType[] {
  const chain: ObjectType[] = [];
  for (let each: ObjectType | undefined = type; each; each = each.base) chain.push(each);
  return chain.reverse();
}
