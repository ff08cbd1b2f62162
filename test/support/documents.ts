import fc from "fast-check";
import { setMember, type JsonObject, type JsonValue } from "../../src/json/index.js";
import type { BuiltinType, ObjectMember, ObjectType, Type } from "../../src/qapi/schema/model.js";

/** Levels of nesting beyond which optional members, list items and the like are left out. */
const ENOUGH = 4;

/** Whether a type has values at all. */
export function isInhabited(type: Type): boolean {
  return type.kind !== "enum" || type.members.length > 0;
}

/** JSON documents that a type accepts. */
export function documentsOf(type: Type, depth = 0): fc.Arbitrary<JsonValue> {
  switch (type.kind) {
    case "builtin":
      return builtin(type);
    case "enum":
      return fc.constantFrom(...type.members.map((member) => member.name));
    case "array":
      return fc.array(
        lazily(() => documentsOf(type.element, depth + 1)),
        { maxLength: depth > ENOUGH ? 0 : 3 },
      );
    case "alternate":
      return fc.oneof(...type.alternatives.map((part) => lazily(() => documentsOf(part.type, depth + 1))));
    case "object":
      return objects(type, depth);
  }
}

function objects(type: ObjectType, depth: number): fc.Arbitrary<JsonObject> {
  const common = members(
    type.members.filter((member) => member !== type.variants?.tag),
    depth,
  );
  if (type.variants === undefined) return common;
  const { tag, branches } = type.variants;
  const branch = fc
    .constantFrom(...branches)
    .chain(({ name, type }) => objects(type, depth).map((document) => ({ [tag.name]: name, ...document })));
  return fc.tuple(common, branch).map(([first, second]) => ({ ...first, ...second }));
}

function members(list: readonly ObjectMember[], depth: number): fc.Arbitrary<JsonObject> {
  const wanted = list.filter((member) => !member.optional || (depth < ENOUGH && isInhabited(member.type)));
  const model = Object.fromEntries(
    wanted.map((member) => [member.name, lazily(() => documentsOf(member.type, depth + 1))]),
  );
  const requiredKeys = wanted.filter((member) => !member.optional).map((member) => member.name);
  return fc.record(model, { requiredKeys });
}

/** Types may contain themselves: what lies below is made when it is first drawn. */
function lazily<T>(make: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.constant(null).chain(make);
}

const RANGES: Readonly<Record<string, [bigint, bigint]>> = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [-(2n ** 63n), 2n ** 64n - 1n],
  size: [-(2n ** 63n), 2n ** 64n - 1n],
};

function builtin(type: BuiltinType): fc.Arbitrary<JsonValue> {
  const [min, max] = RANGES[type.name] ?? [0n, 0n];
  switch (type.json) {
    case "int":
      return fc.bigInt({ min, max });
    case "number":
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.bigInt());
    case "string":
      return fc.string({ maxLength: 5 });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "value":
      return fc.constantFrom<JsonValue>(null, "any", 1n, [{ any: true }]);
  }
}

/** A document and a few changes to it: most make it wrong, some do not. */
export function mutated(document: JsonValue): fc.Arbitrary<JsonValue> {
  return fc
    .array(fc.tuple(fc.nat(), fc.constantFrom(...CHANGES), fc.constantFrom(...STRANGERS)), {
      minLength: 1,
      maxLength: 2,
    })
    .map((changes) =>
      changes.reduce((changed, [at, change, stranger]) => {
        const places = count(changed);
        return edit(changed, at % places, (value) => change(value, stranger));
      }, document),
    );
}

const STRANGERS: readonly JsonValue[] = [
  null,
  true,
  "",
  "nosuch",
  "constructor",
  0n,
  -1n,
  127n,
  128n,
  255n,
  256n,
  65536n,
  2n ** 31n,
  2n ** 32n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n,
  -(2n ** 63n),
  -(2n ** 63n) - 1n,
  0.5,
  -1e300,
  [],
  [null],
  {},
  { nosuch: 1n },
];

const CHANGES: readonly ((value: JsonValue, stranger: JsonValue) => JsonValue)[] = [
  (_, stranger) => stranger,
  (value, stranger) => withMember(value, "nosuch", stranger),
  (value, stranger) => withMember(value, "__proto__", stranger),
  (value, stranger) => withMember(value, "constructor", stranger),
  withoutMember,
];

function withMember(value: JsonValue, key: string, member: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const changed = { ...value };
  setMember(changed, key, member);
  return changed;
}

function withoutMember(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).slice(1));
}

function count(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + count(item), 1);
}

/** Changes the value with the given number, counted from the outermost, depth first. */
function edit(value: JsonValue, at: number, change: (value: JsonValue) => JsonValue): JsonValue {
  let left = at;
  const walk = (value: JsonValue): JsonValue => {
    if (left-- === 0) return change(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(walk);
    const copy: JsonObject = {};
    for (const [key, member] of Object.entries(value)) setMember(copy, key, walk(member));
    return copy;
  };
  return walk(value);
}
