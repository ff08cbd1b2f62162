import type { LiveQapi } from "../live-schema/live-qapi.js";
import { emptyObject } from "../visitor/object-type.js";
import type { ArrayVisit, EnumVisit, MemberVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";

/** What goes with a command; undefined where the schema has none of that name, or there is no schema. */
export function argumentsOf(schema: LiveQapi | undefined, command: string): ObjectVisit<unknown> | undefined {
  const found = schema?.commands[command];
  return found && (found.arguments ?? emptyObject);
}

/** The union of all actions of a transaction, as far as there is one. */
export function actionType(schema: LiveQapi | undefined): ObjectVisit<unknown> | undefined {
  return asObject(elementOf(memberType(argumentsOf(schema, "transaction"), "actions")));
}

/** What an action takes, given its branch of {@link actionType}. */
export function actionArguments(branch: ObjectVisit<unknown> | undefined): ObjectVisit<unknown> | undefined {
  return asObject(memberType(branch, "data"));
}

/** The branches of a union by the tag's value; none where a type is no union. */
export function branchesOf(
  type: ObjectVisit<unknown> | undefined,
): ReadonlyMap<string, ObjectVisit<unknown>> {
  return new Map([...(type?.variants?.branches ?? [])].map(([value, { type: branch }]) => [value, branch]));
}

/** A member by name: of the object itself, or of whichever branch has one. */
function findMember(type: ObjectVisit<unknown> | undefined, name: string): MemberVisit | undefined {
  const own = type?.members.get(name);
  if (own !== undefined) return own;
  for (const branch of branchesOf(type).values()) {
    const found = findMember(branch, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function memberType(
  type: ObjectVisit<unknown> | undefined,
  name: string,
): TypeVisit<unknown> | undefined {
  return findMember(type, name)?.type;
}

/** The names of all members that an object of the type may have, those of every branch included. */
export function memberNames(type: ObjectVisit<unknown>): ReadonlySet<string> {
  const names = new Set(type.members.keys());
  for (const branch of branchesOf(type).values()) for (const name of memberNames(branch)) names.add(name);
  return names;
}

export function asObject(type: TypeVisit<unknown> | undefined): ObjectVisit<unknown> | undefined {
  return type?.kind === "object" ? (type as ObjectVisit<unknown>) : undefined;
}

export function elementOf(type: TypeVisit<unknown> | undefined): TypeVisit<unknown> | undefined {
  return type?.kind === "array" ? (type as ArrayVisit<unknown>).element : undefined;
}

/** The values of an enum; none of any other type. */
export function enumValues(type: TypeVisit<unknown> | undefined): readonly string[] {
  return type?.kind === "enum" ? (type as EnumVisit<string>).values.map(({ name }) => name) : [];
}
