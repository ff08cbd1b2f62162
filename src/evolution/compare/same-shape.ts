import type { ObjectType, Type } from "../../qapi/schema/model.js";
import { append } from "../../util/lists.js";
import { compareIntegers } from "./integer-range.js";
import { jsonClass } from "./json-class.js";

/** Pairs beyond which two types are taken for different: telling renames is not worth more. */
const MOST = 2000;

/** Whether two types take the same values, as far as both schemas can tell; names do not count. */
export function sameShape(old: Type, next: Type): boolean {
  const assumed = new Map<Type, Set<Type>>();
  const open: (readonly [Type, Type])[] = [[old, next]];
  for (let count = 0; ; count++) {
    const pair = open.pop();
    if (pair === undefined) return true;
    const [a, b] = pair;
    const seen = assumed.get(a) ?? new Set();
    if (seen.has(b)) continue;
    if (count > MOST) return false;
    assumed.set(a, seen.add(b));
    const parts = partsOf(a, b);
    if (parts === undefined) return false;
    append(open, parts);
  }
}

type Parts = (readonly [Type, Type])[];

/** The types inside that must have the same shape; undefined where the outer ones differ already. */
function partsOf(a: Type, b: Type): Parts | undefined {
  if (a === b) return [];
  if (a.kind === "builtin" && b.kind === "builtin") {
    const { lost, won } = compareIntegers(a.name, b.name);
    return a.json === b.json && !lost && !won ? [] : undefined;
  }
  if (a.kind === "array" && b.kind === "array") return [[a.element, b.element]];
  if (a.kind === "enum" && b.kind === "enum") return sameNames(a.members, b.members) ? [] : undefined;
  if (a.kind === "alternate" && b.kind === "alternate") {
    const others = new Map(b.alternatives.map((each) => [jsonClass(each.type), each.type]));
    if (others.size !== a.alternatives.length) return undefined;
    return pairs(a.alternatives.map((each) => [each.type, others.get(jsonClass(each.type))]));
  }
  if (a.kind === "object" && b.kind === "object") return objectParts(a, b);
  return undefined;
}

function objectParts(a: ObjectType, b: ObjectType): Parts | undefined {
  const members = new Map(b.members.map((member) => [member.name, member]));
  if (members.size !== a.members.length) return undefined;
  if (a.members.some(({ name, optional }) => members.get(name)?.optional !== optional)) return undefined;
  if (a.variants?.tag.name !== b.variants?.tag.name) return undefined;
  const branches = new Map(b.variants?.branches.map(({ name, type }) => [name, type]));
  if (branches.size !== (a.variants?.branches.length ?? 0)) return undefined;
  return pairs([
    ...a.members.map(({ name, type }) => [type, members.get(name)?.type] as const),
    ...(a.variants?.branches ?? []).map(({ name, type }) => [type, branches.get(name)] as const),
  ]);
}

function sameNames(a: readonly { name: string }[], b: readonly { name: string }[]): boolean {
  const names = new Set(a.map(({ name }) => name));
  return a.length === b.length && b.every(({ name }) => names.has(name));
}

function pairs(found: readonly (readonly [Type, Type | undefined])[]): Parts | undefined {
  const complete = found.filter((pair): pair is readonly [Type, Type] => pair[1] !== undefined);
  return complete.length === found.length ? complete : undefined;
}
