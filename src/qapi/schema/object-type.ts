import type { ObjectMember, ObjectType } from "./model.js";

/** A part of the model while it is being put together. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Common = Pick<ObjectType, "name" | "module" | "condition" | "features" | "doc" | "span">;

/**
 * An object type without members, to be filled in. Its list of all members is made on demand: along
 * a chain of bases these lists together grow with the square of its length.
 */
export function createObjectType(common: Common, form: ObjectType["form"]): Mutable<ObjectType> {
  return new FillableObjectType(common, form);
}

class FillableObjectType implements Mutable<ObjectType> {
  kind = "object" as const;
  name: string;
  module: string;
  condition: ObjectType["condition"];
  features: ObjectType["features"];
  doc: ObjectType["doc"];
  span: ObjectType["span"];
  form: ObjectType["form"];
  base: ObjectType | undefined = undefined;
  localMembers: readonly ObjectMember[] = [];
  variants: ObjectType["variants"] = undefined;
  private allMembers: readonly ObjectMember[] | undefined = undefined;

  constructor({ name, module, condition, features, doc, span }: Common, form: ObjectType["form"]) {
    this.name = name;
    this.module = module;
    this.condition = condition;
    this.features = features;
    this.doc = doc;
    this.span = span;
    this.form = form;
  }

  get members(): readonly ObjectMember[] {
    return (this.allMembers ??= withBases(this).flatMap(({ localMembers }) => localMembers));
  }
}

/** The member of a name and whose it is: the type's own, or that of the nearest base that has it. */
export function findMember(
  type: ObjectType,
  name: string,
): { readonly owner: ObjectType; readonly member: ObjectMember } | undefined {
  for (let owner: ObjectType | undefined = type; owner; owner = owner.base) {
    const member = owner.localMembers.find((each) => each.name === name);
    if (member) return { owner, member };
  }
  return undefined;
}

/** The type and its bases, the outermost base first. */
export function withBases(type: ObjectType): ObjectType[] {
  const chain: ObjectType[] = [];
  for (let each: ObjectType | undefined = type; each; each = each.base) chain.push(each);
  return chain.length === 1 ? chain : chain.reverse();
}
