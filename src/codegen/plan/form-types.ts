import type { NamedType, Type } from "../../qapi/schema/model.js";
import { elementType, usedTypes } from "../../qapi/schema/used-types.js";
import { append, groupBy } from "../../util/lists.js";

/** What a 64-bit type is in memory: `string` is for programs that hand on what they received as JSON. */
type ScalarForm = "bigint" | "number" | "string";

/** The 64-bit types that are to be something else than `bigint`. */
export type Scalars = Readonly<Partial<Record<"int" | "int64" | "uint64" | "size", ScalarForm>>>;

/**
 * The object and alternate types whose declaration depends on the form: those that reach a 64-bit
 * integer, an enum or a union without passing through `any`.
 */
export function findFormTypes(types: readonly NamedType[], scalars: Scalars): ReadonlySet<NamedType> {
  const uses = types.flatMap((user) => usedTypes(user).map((type) => ({ user, used: elementType(type) })));
  const usesOf = groupBy(uses, ({ used }) => used);
  const pending = uses.filter(({ used }) => isFormItself(used, scalars));
  const found = new Set<NamedType>();
  for (let use = pending.pop(); use !== undefined; use = pending.pop()) {
    if (found.has(use.user)) continue;
    found.add(use.user);
    append(pending, usesOf.get(use.user) ?? []);
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
