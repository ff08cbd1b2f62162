import type { AlternateType, EnumType, ObjectType, Type } from "../../qapi/schema/model.js";
import { elementType, usedTypes } from "../../qapi/schema/used-types.js";

/** A type with a name of its own in the output. */
export type NamedType = EnumType | ObjectType | AlternateType;

/** What a 64-bit type is in memory: `string` is for programs that hand on what they received as JSON. */
type ScalarForm = "bigint" | "number" | "string";

/** The 64-bit types that are to be something else than `bigint`. */
export type Scalars = Readonly<Partial<Record<"int" | "int64" | "uint64" | "size", ScalarForm>>>;

/**
 * The object and alternate types whose declaration depends on the form: those that reach a 64-bit
 * integer, an enum or a union without passing through `any`.
 */
export function findFormTypes(types: readonly NamedType[], scalars: Scalars): ReadonlySet<NamedType> {
  const found = new Set<NamedType>();
  const users = new Map<NamedType, NamedType[]>();
  const pending: NamedType[] = [];
  const add = (type: NamedType): void => {
    if (found.has(type)) return;
    found.add(type);
    pending.push(type);
  };
  for (const type of types) {
    for (const used of usedTypes(type).map(elementType)) {
      if (isFormItself(used, scalars)) add(type);
      else if (used.kind === "object" || used.kind === "alternate") usersOf(users, used).push(type);
    }
  }
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    for (const user of users.get(type) ?? []) add(user);
  }
  return found;
}

function usersOf(users: Map<NamedType, NamedType[]>, type: NamedType): NamedType[] {
  let found = users.get(type);
  if (found === undefined) {
    found = [];
    users.set(type, found);
  }
  return found;
}

function isFormItself(type: Type, scalars: Scalars): boolean {
  return (
    type.kind === "enum" ||
    (type.kind === "builtin" && isInt64(type.name) && scalarForm(type.name, scalars) === "bigint")
  );
}

/** The built-in types that are `bigint` unless it is said otherwise. */
type Int64Name = keyof Scalars | "integer";

/** Whether a built-in type is one of the 64-bit integers. */
export function isInt64(name: string): name is Int64Name {
  return name === "int" || name === "int64" || name === "uint64" || name === "size" || name === "integer";
}

/** What a 64-bit integer is in memory; one of unknown width goes by what is said of `int`. */
export function scalarForm(name: Int64Name, scalars: Scalars): ScalarForm {
  return scalars[name === "integer" ? "int" : name] ?? "bigint";
}
