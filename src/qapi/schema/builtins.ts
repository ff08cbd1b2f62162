import type { Span } from "../../diagnostic/source.js";
import type {
  ArrayType,
  BuiltinName,
  BuiltinType,
  Definition,
  EnumType,
  JsonKind,
  ObjectType,
  Schema,
  Type,
} from "./model.js";
import { createObjectType, type Mutable } from "./object-type.js";

/** The module of all that is built in. */
export const BUILTIN_MODULE = "./builtin";

const builtIn = {
  module: BUILTIN_MODULE,
  condition: undefined,
  features: [],
  doc: undefined,
  span: undefined,
} as const;

const jsonKinds: readonly (readonly [BuiltinName, JsonKind])[] = [
  ["str", "string"],
  ["number", "number"],
  ["int", "int"],
  ["int8", "int"],
  ["int16", "int"],
  ["int32", "int"],
  ["int64", "int"],
  ["uint8", "int"],
  ["uint16", "int"],
  ["uint32", "int"],
  ["uint64", "int"],
  ["size", "int"],
  ["bool", "boolean"],
  ["any", "value"],
  ["null", "null"],
];

/** The scalar types, in QEMU's order. */
export function createBuiltinTypes(): BuiltinType[] {
  return jsonKinds.map(([name, json]) => ({ kind: "builtin", name, json, ...builtIn }));
}

/** The object without members, which branches of a union that are not written have. */
export function createEmptyObject(): Mutable<ObjectType> {
  return createObjectType({ name: "q_empty", ...builtIn }, "implicit");
}

/** An array, until its elements' type is known as one of `element`. */
export function createArrayType(name: string, span: Span | undefined, element: Type): Mutable<ArrayType> {
  return { kind: "array", ...builtIn, name, span, element };
}

/** The enum of JSON kinds; alternates are tagged by it. */
export function createQType(): EnumType {
  const names = ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"];
  const members = names.map((name) => ({ name, condition: undefined, features: [], span: undefined }));
  return { kind: "enum", name: "QType", prefix: undefined, members, ...builtIn };
}

/** A schema that is no file's, in one module beside the built-in one. */
export function createSchema(
  module: string,
  builtIn: readonly Type[],
  definitions: readonly Definition[],
): Schema {
  const all = [...builtIn, createQType()];
  return {
    modules: [
      { name: BUILTIN_MODULE, entities: all },
      { name: module, entities: definitions },
    ],
    definitions: new Map([...all, ...definitions].map((definition) => [definition.name, definition])),
    docs: [],
  };
}
