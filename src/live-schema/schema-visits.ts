import type { ObjectMember, ObjectType, Type } from "../qapi/schema/model.js";
import { builtinVisits } from "../visitor/builtin.js";
import {
  alternative,
  branch,
  type MemberVisit,
  type ObjectVisit,
  optional,
  required,
  type TypeVisit,
  visitAlternate,
  visitArray,
  visitEnum,
  visitObject,
} from "../visitor/index.js";

/**
 * Descriptors of a compiled schema's types, made at run time where generated code is not to be had. What
 * is conditional is there.
 */
export class SchemaVisits {
  /** Types refer to each other in circles. */
  private readonly made = new Map<Type, TypeVisit<unknown>>();

  visitOf(type: Type): TypeVisit<unknown> {
    const visit = this.made.get(type) ?? this.make(type);
    this.made.set(type, visit);
    return visit;
  }

  objectOf(type: ObjectType): ObjectVisit<unknown> {
    return this.visitOf(type) as ObjectVisit<unknown>;
  }

  private make(type: Type): TypeVisit<unknown> {
    switch (type.kind) {
      case "builtin":
        return builtinVisits[type.name];
      case "enum":
        return visitEnum(
          type.name,
          type.members.map(({ name }) => name),
          Object.fromEntries(
            type.members.map(({ name, features }) => [name, { features: namesOf(features) }]),
          ),
        );
      case "array":
        return visitArray(this.visitOf(type.element));
      case "alternate":
        return visitAlternate(type.name, () =>
          type.alternatives.map((one) => alternative(one.name, this.visitOf(one.type))),
        );
      case "object":
        return visitObject(type.name, () => ({
          members: type.members.map((member) => this.memberOf(member)),
          ...(type.variants && {
            tag: type.variants.tag.name,
            branches: type.variants.branches.map((one) => branch(one.name, this.objectOf(one.type))),
          }),
        }));
    }
  }

  private memberOf({ name, type, optional: mayLack, condition, features }: ObjectMember): MemberVisit {
    const note = { features: namesOf(features), ...(condition !== undefined && { condition }) };
    return (mayLack ? optional : required)(name, this.visitOf(type), note);
  }
}

/** Features as descriptors have them. */
export function namesOf(features: readonly { readonly name: string }[]): string[] {
  return features.map(({ name }) => name);
}
