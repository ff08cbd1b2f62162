import type {
  AlternateType,
  BuiltinName,
  BuiltinType,
  EnumType,
  NamedType,
  ObjectMember,
  Type,
} from "../../qapi/schema/model.js";
import { shapeOf, type Shape } from "./shape.js";

/** A JSON Schema. A `bigint` in it stands for an integer that a double may not hold. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a JSON Schema for one reader says what JSON Schema leaves to choice. */
export interface Dialect {
  /** Whether objects may hold members that are not listed. */
  readonly open: boolean;
  readonly number: JsonSchema;
  integer(name: BuiltinName): JsonSchema;
  enum(type: EnumType): JsonSchema;
  object(shape: Shape): JsonSchema;
  alternate(type: AlternateType): JsonSchema;
  /** A schema that says: as the definition of this type says. */
  reference(type: NamedType): JsonSchema;
}

/** The definition of a named type. */
export function definitionSchema(type: NamedType, dialect: Dialect): JsonSchema {
  switch (type.kind) {
    case "enum":
      return dialect.enum(type);
    case "object":
      return dialect.object(shapeOf(type));
    case "alternate":
      return dialect.alternate(type);
  }
}

/** What stands where a type is used. */
export function typeSchema(type: Type, dialect: Dialect): JsonSchema {
  switch (type.kind) {
    case "builtin":
      return builtinSchema(type, dialect);
    case "array":
      return { type: "array", items: typeSchema(type.element, dialect) };
    default:
      return dialect.reference(type);
  }
}

function builtinSchema(type: BuiltinType, dialect: Dialect): JsonSchema {
  switch (type.json) {
    case "int":
      return dialect.integer(type.name);
    case "number":
      return dialect.number;
    case "value":
      return {};
    default:
      return { type: type.json };
  }
}

/** A member as an object schema lists it. */
export interface Property {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** An object with these members. */
export function objectSchema(
  properties: readonly Property[],
  { open }: { readonly open: boolean },
): JsonSchema {
  const required = properties.filter((property) => property.required).map((property) => property.name);
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    ...(!open && { additionalProperties: false }),
  };
}

/** Whether a document must hold a member. Nobody can demand one whose condition is open. */
export function isDemanded(member: ObjectMember): boolean {
  return !member.optional && member.condition === undefined;
}
