import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, writeJson, type JsonValue } from "../../src/json/index.js";
import {
  alternative,
  asNumber,
  asString,
  branch,
  fromJson,
  optional,
  required,
  visitAlternate,
  visitAny,
  visitArray,
  visitBool,
  visitEnum,
  visitInt,
  visitInt16,
  visitInteger,
  visitNull,
  visitNumber,
  visitObject,
  visitSize,
  visitStr,
  visitUint64,
  visitUint8,
  VisitError,
  type AlternateVisit,
  type FromJsonOptions,
  type ObjectVisit,
  type TypeVisit,
} from "../../src/visitor/index.js";
import { visitMapping, visitShape } from "./sample-types.js";

/** Names that trip who looks on the prototype, and some that do not. */
const names = ["a", "b", "kind", "__proto__", "constructor", "toString"];
const name = fc.constantFrom(...names);
const color = visitEnum("Color", ["red", "green", "constructor"]);

const scalar = fc.constantFrom<TypeVisit<unknown>>(
  ...[visitInt, visitUint8, visitInt16, visitUint64, visitSize, visitInteger, visitNumber, visitStr],
  ...[visitBool, visitNull, visitAny, color, asNumber(visitUint64), asNumber(visitInt), asString(visitInt)],
);
const condition = fc.constantFrom(undefined, undefined, "CONFIG_A");

const { type } = fc.letrec<{
  type: TypeVisit<unknown>;
  object: ObjectVisit<unknown>;
  alternate: AlternateVisit<unknown>;
}>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    tie("type").map((element) => visitArray(element)),
    tie("object"),
    tie("alternate"),
    fc.constantFrom<TypeVisit<unknown>>(visitShape, visitMapping),
  ),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(name, tie("type"), fc.boolean(), condition), {
        maxLength: 4,
        selector: ([each]) => each,
      }),
      fc.option(
        fc.uniqueArray(fc.tuple(fc.constantFrom("red", "green", "constructor"), tie("object")), {
          maxLength: 3,
          selector: ([each]) => each,
        }),
        { nil: undefined },
      ),
    )
    .map(([members, branches]) => {
      const own = members.map(([each, member, isOptional, when]) =>
        (isOptional ? optional : required)(each, member, { condition: when }),
      );
      return visitObject("Thing", () => ({
        members: branches === undefined ? own : [...own, required("tag", color)],
        ...(branches !== undefined && {
          tag: "tag",
          branches: branches.map(([value, each]) => branch(value, each)),
        }),
      }));
    }),
  alternate: fc
    .tuple(tie("object"), fc.boolean())
    .map(([object, hasNull]) =>
      visitAlternate("Either", () => [
        alternative("text", visitStr),
        alternative("whole", visitInt16),
        alternative("thing", object),
        ...(hasNull ? [alternative("none", visitNull)] : []),
      ]),
    ),
}));

const anything = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    0.5,
    1,
    "",
    "red",
    "circle",
    [],
    {},
    -1n,
    7n,
    300n,
    2n ** 63n,
    2n ** 64n,
  ),
  fc.array(fc.constantFrom<JsonValue>(1n, "x", null), { maxLength: 2 }),
  fc.dictionary(name, fc.constantFrom<JsonValue>(1n, "x", null, {}), { maxKeys: 3, noNullPrototype: true }),
);

/** JSON that fits a type most of the time: `dice` says which way to go, and where something else stands. */
function likely(of: TypeVisit<unknown>, dice: () => number, odd: () => JsonValue, depth = 0): JsonValue {
  if (depth > 6 || dice() < 0.03) return odd();
  const within = (each: TypeVisit<unknown>): JsonValue => likely(each, dice, odd, depth + 1);
  switch (of.kind) {
    case "enum":
      return dice() < 0.9 ? pick([...(of as typeof color).values], dice).name : "mauve";
    case "array":
      return Array.from({ length: Math.floor(dice() * 4) }, () =>
        within((of as ReturnType<typeof visitArray>).element),
      );
    case "alternate":
      return within(pick([...(of as AlternateVisit<unknown>).alternatives.values()], dice).type);
    case "object":
      return Object.fromEntries(entries(of as ObjectVisit<unknown>, dice, within));
    case "builtin":
      return scalarOf(of.name, dice, odd);
  }
}

function entries(
  { members, variants }: ObjectVisit<unknown>,
  dice: () => number,
  within: (type: TypeVisit<unknown>) => JsonValue,
): [string, JsonValue][] {
  const own = [...members.values()]
    .filter((member) => dice() < (member.optional ? 0.5 : 0.97))
    .map((member): [string, JsonValue] => [member.name, within(member.type)]);
  const extra: [string, JsonValue][] = dice() < 0.1 ? [[pick(names, dice), 1n]] : [];
  const tag = own.find(([each]) => each === variants?.tag)?.[1];
  const selected = typeof tag === "string" ? variants?.branches.get(tag)?.type : undefined;
  return [...own, ...extra, ...(selected === undefined ? [] : entries(selected, dice, within))];
}

function scalarOf(name: string, dice: () => number, odd: () => JsonValue): JsonValue {
  if (name === "str") return pick(["", "text", "red"], dice);
  if (name === "bool") return dice() < 0.5;
  if (name === "null") return null;
  if (name === "any") return odd();
  return name === "number" && dice() < 0.5 ? 0.5 : pick([0n, 1n, 100n, -1n, 200n, 2n ** 60n], dice);
}

function pick<T>(from: readonly T[], dice: () => number): T {
  const [first] = from;
  if (first === undefined) throw new Error("nothing to pick from");
  return from[Math.floor(dice() * from.length)] ?? first;
}

/** The same type for a visitor; as none of its alternatives is known beforehand, it is never decoded quickly. */
function visitedOnly(of: TypeVisit<unknown>): AlternateVisit<unknown> {
  return {
    name: of.name,
    kind: "alternate",
    alternatives: new Map(),
    visit: (visitor, path, value) => of.visit(visitor, path, value),
  };
}

interface Outcome {
  readonly kind: "value" | "problem";
  readonly what: unknown;
}

function outcome(of: TypeVisit<unknown>, json: JsonValue, options: FromJsonOptions): Outcome {
  try {
    return { kind: "value", what: fromJson(of, json, options) };
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    return { kind: "problem", what: error.message };
  }
}

describe("decoding what fits its type", () => {
  it("gives what a visitor gives, errors included, of any type and any document", () => {
    const seen = { value: 0, problem: 0 };
    fc.assert(
      fc.property(
        type,
        fc.infiniteStream(fc.noBias(fc.nat({ max: 999 }))),
        fc.infiniteStream(anything),
        fc.record({ strict: fc.boolean(), allowMissing: fc.boolean(), name: name }),
        (of, numbers, odds, options) => {
          const json = likely(
            of,
            () => Number(numbers.next().value) / 1000,
            () => odds.next().value as JsonValue,
          );
          const before = writeJson(json);
          const quick = outcome(of, json, options);
          const careful = outcome(visitedOnly(of), json, options);
          expect(isDeepStrictEqual(quick, careful)).toBe(true);
          // Decoding changes nothing in what it is given.
          expect(writeJson(json)).toBe(before);
          seen[quick.kind]++;
        },
      ),
      { numRuns: 1500 },
    );
    expect(seen.value).toBeGreaterThan(300);
    expect(seen.problem).toBeGreaterThan(100);
  });

  it.each(["constructor", "toString", "__proto__"])("finds no member %s that is not there", (inherited) => {
    const thing = visitObject("Thing", () => ({ members: [required(inherited, visitAny)] }));
    expect(() => fromJson(thing, {}, { strict: false })).toThrow(`Parameter '${inherited}' is missing`);
    const own = parseJson(`{"${inherited}": {"x": 1}}`);
    expect(fromJson(thing, own)).toBe(own);
  });

  it.each([1023, 1024, 1025])("counts %d levels", (depth) => {
    const list: TypeVisit<unknown> = visitAlternate("Nested", () => [
      alternative("none", visitNull),
      alternative("list", visitArray(list)),
    ]);
    let json: JsonValue = null;
    for (let level = 0; level < depth; level++) json = [json];
    const quick = outcome(list, json, {});
    expect(isDeepStrictEqual(quick, outcome(visitedOnly(list), json, {}))).toBe(true);
    expect(quick.kind).toBe(depth > 1024 ? "problem" : "value");
  });
});
