import type { ObjectMember, ObjectType, Type } from "../../src/qapi/schema/model.js";
import {
  alternative,
  branch,
  optional,
  required,
  visitAlternate,
  visitAny,
  visitArray,
  visitBool,
  visitEnum,
  visitInt,
  visitInt16,
  visitInt32,
  visitInt64,
  visitInt8,
  visitNull,
  visitNumber,
  visitObject,
  visitSize,
  visitStr,
  visitUint16,
  visitUint32,
  visitUint64,
  visitUint8,
  type MemberVisit,
  type ObjectVisit,
  type TypeVisit,
} from "../../src/visitor/index.js";

const builtins = {
  str: visitStr,
  number: visitNumber,
  int: visitInt,
  int8: visitInt8,
  int16: visitInt16,
  int32: visitInt32,
  int64: visitInt64,
  uint8: visitUint8,
  uint16: visitUint16,
  uint32: visitUint32,
  uint64: visitUint64,
  size: visitSize,
  bool: visitBool,
  any: visitAny,
  null: visitNull,
};

/** The visitors of types, made from the model instead of being generated. */
export function visitsOf(): (type: Type) => TypeVisit<unknown> {
  const visits = new Map<Type, TypeVisit<unknown>>();
  const visitOf = (type: Type): TypeVisit<unknown> => {
    const visit = visits.get(type) ?? create(type);
    visits.set(type, visit);
    return visit;
  };
  const objectOf = (type: ObjectType) => visitOf(type) as ObjectVisit<unknown>;
  const memberOf = ({ name, type, optional: mayLack, condition }: ObjectMember): MemberVisit => {
    const note = condition === undefined ? {} : { condition };
    return mayLack ? optional(name, visitOf(type), note) : required(name, visitOf(type), note);
  };
  const create = (type: Type): TypeVisit<unknown> => {
    switch (type.kind) {
      case "builtin":
        return builtins[type.name];
      case "enum":
        return visitEnum(
          type.name,
          type.members.map((member) => member.name),
        );
      case "array":
        return visitArray(visitOf(type.element));
      case "alternate":
        return visitAlternate(type.name, () =>
          type.alternatives.map((alternate) => alternative(alternate.name, visitOf(alternate.type))),
        );
      case "object":
        return visitObject(type.name, () => ({
          members: type.members.map(memberOf),
          ...(type.variants && {
            tag: type.variants.tag.name,
            branches: type.variants.branches.map((variant) => branch(variant.name, objectOf(variant.type))),
          }),
        }));
    }
  };
  return visitOf;
}
