import type { LiveQapi } from "../live-schema/live-qapi.js";
import type { Completion } from "../terminal/line-shell.js";
import type { AlternateVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";
import { splitKey } from "./parse-line.js";
import {
  actionArguments,
  actionType,
  argumentsOf,
  asObject,
  branchesOf,
  enumValues,
  memberType,
} from "./schema-members.js";
import { splitAssignment, splitWords } from "./words.js";

/** Completes the last word of a line up to the cursor: a command, a key with `=`, or a key's value. */
export function completeLine(line: string, schema: LiveQapi): Completion {
  return completeWords(line, Object.keys(schema.commands), (name) => argumentsOf(schema, name));
}

/** Completes the last word of a line within a transaction: an action, a key with `=`, or a key's value. */
export function completeAction(line: string, schema: LiveQapi): Completion {
  const actions = branchesOf(actionType(schema));
  return completeWords(line, [...actions.keys(), ")"], (name) => actionArguments(actions.get(name)));
}

/** Completes the first word of a line, where nothing is known of what goes after it. */
export function completeName(line: string, names: readonly string[]): Completion {
  return completeWords(line, names, () => undefined);
}

function completeWords(
  line: string,
  names: readonly string[],
  argumentsOf: (name: string) => ObjectVisit<unknown> | undefined,
): Completion {
  const words = splitWords(line).map(({ text }) => text);
  const typed = /\s$/.test(line) || words.length === 0 ? "" : (words.pop() ?? "");
  const [command, ...given] = words;
  const all = command === undefined ? names : completeArgument(typed, given, argumentsOf(command));
  return { candidates: all.filter((candidate) => candidate.startsWith(typed)), typed };
}

function completeArgument(
  typed: string,
  given: readonly string[],
  type: ObjectVisit<unknown> | undefined,
): string[] {
  if (type === undefined) return [];
  const at = typed.indexOf("=");
  const names = splitKey(at < 0 ? typed : typed.slice(0, at), type);
  const last = names.pop() ?? "";
  const holder = objectAt(names, type);
  if (holder === undefined) return [];
  const prefix = names.map((name) => `${name}.`).join("");
  if (at >= 0) {
    return valuesOf(memberType(holder, last)).map((value) => `${prefix}${last}=${value}`);
  }
  const values = new Map(given.map(splitAssignment));
  return namesFor(holder, (name) => values.get(prefix + name))
    .filter((name) => !values.has(prefix + name))
    .map((name) => {
      const isObject = memberType(holder, name)?.kind === "object";
      return `${prefix}${name}${isObject ? "." : "="}`;
    });
}

/** The members that an object may have: of a union, those of the branch that has been chosen. */
function namesFor(type: ObjectVisit<unknown>, valueOf: (name: string) => string | undefined): string[] {
  const chosen = type.variants && valueOf(type.variants.tag);
  const branch = chosen === undefined ? undefined : branchesOf(type).get(chosen);
  return [...type.members.keys(), ...(branch === undefined ? [] : namesFor(branch, valueOf))];
}

function objectAt(names: readonly string[], type: ObjectVisit<unknown>): ObjectVisit<unknown> | undefined {
  let object: ObjectVisit<unknown> | undefined = type;
  for (const name of names) object = asObject(memberType(object, name));
  return object;
}

function valuesOf(type: TypeVisit<unknown> | undefined): readonly string[] {
  if (type?.name === "bool") return ["true", "false"];
  if (type?.kind !== "alternate") return enumValues(type);
  const { alternatives } = type as AlternateVisit<unknown>;
  return [...alternatives.values()].flatMap((each) => valuesOf(each.type));
}
