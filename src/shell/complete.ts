import type { Completion } from "../terminal/line-shell.js";
import { actionArguments, actionType, splitKey } from "./parse-line.js";
import { findMember, type ObjectType, type SchemaIndex, type ShellType } from "./schema-index.js";
import { splitWords } from "./words.js";

/** Completes the last word of a line up to the cursor: a command, a key with `=`, or a key's value. */
export function completeLine(line: string, { commands }: SchemaIndex): Completion {
  return completeWords(line, [...commands.keys()], (name) => commands.get(name)?.arguments);
}

/** Completes the last word of a line within a transaction: an action, a key with `=`, or a key's value. */
export function completeAction(line: string, schema: SchemaIndex): Completion {
  const actions = actionType(schema)?.branches() ?? new Map<string, ObjectType>();
  return completeWords(line, [...actions.keys(), ")"], (name) => actionArguments(actions.get(name)));
}

/** Completes the first word of a line, where nothing is known of what goes after it. */
export function completeName(line: string, names: readonly string[]): Completion {
  return completeWords(line, names, () => undefined);
}

function completeWords(
  line: string,
  names: readonly string[],
  argumentsOf: (name: string) => ObjectType | undefined,
): Completion {
  const words = splitWords(line).map(({ text }) => text);
  const typed = /\s$/.test(line) || words.length === 0 ? "" : (words.pop() ?? "");
  const [command, ...given] = words;
  const all = command === undefined ? names : completeArgument(typed, given, argumentsOf(command));
  return { candidates: all.filter((candidate) => candidate.startsWith(typed)), typed };
}

function completeArgument(typed: string, given: readonly string[], type: ObjectType | undefined): string[] {
  if (type === undefined) return [];
  const at = typed.indexOf("=");
  const names = splitKey(at < 0 ? typed : typed.slice(0, at), type);
  const last = names.pop() ?? "";
  const holder = objectAt(names, type);
  if (holder === undefined) return [];
  const prefix = names.map((name) => `${name}.`).join("");
  if (at >= 0) {
    const member = findMember(holder, last);
    return member === undefined ? [] : valuesOf(member.type()).map((value) => `${prefix}${last}=${value}`);
  }
  const values = new Map(given.map(splitAtEqualsSign));
  return namesFor(holder, (name) => values.get(prefix + name))
    .filter((name) => !values.has(prefix + name))
    .map((name) => {
      const isObject = findMember(holder, name)?.type().kind === "object";
      return `${prefix}${name}${isObject ? "." : "="}`;
    });
}

function splitAtEqualsSign(word: string): [key: string, value: string] {
  const at = word.indexOf("=");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

/** The members that an object may have: of a union, those of the branch that has been chosen. */
function namesFor(type: ObjectType, valueOf: (name: string) => string | undefined): string[] {
  const chosen = type.tag === undefined ? undefined : valueOf(type.tag);
  const branch = chosen === undefined ? undefined : type.branches().get(chosen);
  return [...type.members.keys(), ...(branch === undefined ? [] : namesFor(branch, valueOf))];
}

function objectAt(names: readonly string[], type: ObjectType): ObjectType | undefined {
  let object: ObjectType | undefined = type;
  for (const name of names) {
    const member: ShellType | undefined = object === undefined ? undefined : findMember(object, name)?.type();
    object = member?.kind === "object" ? member : undefined;
  }
  return object;
}

function valuesOf(type: ShellType): readonly string[] {
  switch (type.kind) {
    case "enum":
      return type.values;
    case "builtin":
      return type.json === "boolean" ? ["true", "false"] : [];
    case "alternate":
      return type.types().flatMap(valuesOf);
    default:
      return [];
  }
}
