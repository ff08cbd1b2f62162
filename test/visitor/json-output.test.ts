import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, writeJson, type JsonValue } from "../../src/json/index.js";
import {
  clone,
  fromJson,
  toJson,
  VisitError,
  visitAny,
  visitArray,
  visitNumber,
  visitSize,
} from "../../src/visitor/index.js";
import type { TypeVisit } from "../../src/visitor/index.js";
import {
  visitBitmap,
  visitConditional,
  visitMapping,
  visitScalars,
  visitShape,
  visitShapeRef,
} from "./sample-types.js";
import type { Scalars, Shape } from "./sample-types.js";
import type { Exact } from "../../src/visitor/index.js";

describe("toJson", () => {
  it("writes members in the schema's order", () => {
    expect(writeJson(toJson(visitBitmap, { alias: "a", name: "n" }))).toBe('{"name":"n","alias":"a"}');
    expect(writeJson(toJson(visitShape, { radius: 1, label: "x", kind: "circle" }))).toBe(
      '{"kind":"circle","label":"x","radius":1}',
    );
  });

  it("takes whole numbers for integers, and leaves out what is undefined", () => {
    const json = toJson(visitScalars, { "a-size": 5, "a-u8": 7, "a-str": undefined, "a-number": 2 });
    expect(json).toEqual({ "a-number": 2, "a-size": 5n, "a-u8": 7n });
  });

  it.each<[TypeVisit<unknown>, unknown, string]>([
    [visitScalars, { "a-size": 1.5 }, "Invalid parameter type for 'a-size', expected: integer"],
    [
      visitScalars,
      { "a-size": 2 ** 53 },
      "Parameter 'a-size' wants a bigint: as a number, 9007199254740992 is not exact",
    ],
    [visitScalars, { "a-size": -1n }, "Parameter 'a-size' expects uint64_t"],
    [visitScalars, { "an-int": 2n ** 63n }, "Parameter 'an-int' expects int64_t"],
    [visitScalars, { "a-u8": 256 }, "Parameter 'a-u8' expects uint8_t"],
    [visitScalars, { "a-number": NaN }, "Invalid parameter type for 'a-number', expected: number"],
    [visitScalars, { color: "pink" }, "Parameter 'color' does not accept value 'pink'"],
    [visitScalars, { nosuch: 1 }, "Parameter 'nosuch' is unexpected"],
    [visitBitmap, { name: "n" }, "Parameter 'alias' is missing"],
    [visitMapping, { "node-name": "n", bitmaps: [{ name: "n" }] }, "Parameter 'bitmaps[0].alias' is missing"],
    [visitShapeRef, 1, "Invalid parameter type for 'null', expected: ShapeRef"],
    [visitShape, { kind: "square", radius: 1 }, "Parameter 'radius' is unexpected"],
    [visitAny, () => 1, "Invalid parameter type for '<anonymous>', expected: value"],
    [visitArray(visitSize), [1n, 2.5], "Invalid parameter type for '[1]', expected: integer"],
  ])("refuses %o %o", (type, value, message) => {
    expect(() => toJson(type, value)).toThrow(new VisitError(message));
  });

  it("keeps what the schema does not know when it is asked to", () => {
    const received = fromJson(visitShape, parseJson('{"kind": "hexagon", "sides": 6}'), { strict: false });
    expect(toJson<unknown>(visitShape, received, { strict: false })).toEqual({ kind: "hexagon", sides: 6n });
  });

  it("does not set a prototype", () => {
    const value: unknown = parseJson('{"__proto__": {"x": 1}}');
    const json = toJson<unknown>(visitAny, value);
    expect(writeJson(json)).toBe('{"__proto__":{"x":1}}');
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  });

  it("stops at a value that holds itself", () => {
    const circle: Record<string, unknown> = { always: "x" };
    circle["extra"] = circle;
    expect(() => toJson<unknown>(visitConditional, circle)).toThrow("JSON nesting depth limit exceeded");
  });
});

describe("clone", () => {
  it("copies everything, unknown members included", () => {
    const value = fromJson(
      visitMapping,
      parseJson('{"node-name":"n","bitmaps":[{"name":"a","alias":"b","new":[1]}]}'),
      {
        strict: false,
      },
    );
    const copy = clone(visitMapping, value);
    expect(copy).toEqual(value);
    expect(copy.bitmaps[0]).not.toBe(value.bitmaps[0]);
  });
});

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const scalars = fc.record(
  {
    "a-bool": fc.boolean(),
    "a-str": fc.string({ unit: "binary" }),
    "a-number": fc.double({ noNaN: true, noDefaultInfinity: true }),
    "a-null": fc.constant(null),
    "an-int": int64,
    "a-size": uint64,
    "a-u64": uint64,
    "a-u8": fc.integer({ min: 0, max: 255 }),
    "a-s16": fc.integer({ min: -32768, max: 32767 }),
    color: fc.constantFrom("red", "green", "blue"),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Scalars<Exact>>;
const { shape } = fc.letrec<{ shape: Shape<Exact> }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 6 },
    fc.record({ kind: fc.constantFrom("square", "nothing") }),
    fc.record({ kind: fc.constant("circle"), radius: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ kind: fc.constant("nested"), inner: tie("shape") }),
  ),
}));

describe("what goes out comes in again", () => {
  const survives = <Value>(
    type: TypeVisit<Value, unknown, unknown>,
    arbitrary: fc.Arbitrary<Value>,
  ): void => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const json = toJson<unknown>(type, value);
        expect(fromJson(type, json)).toEqual(value);
        expect(clone<unknown>(type, value)).toEqual(value);
      }),
    );
  };

  it("scalars", () => {
    survives(visitScalars, scalars);
  });
  it("unions", () => {
    survives(visitShape, shape);
  });
  it("numbers", () => {
    survives(visitNumber, fc.double({ noNaN: true, noDefaultInfinity: true }));
  });
  it("any JSON", () => {
    const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<JsonValue>(null, true, 1n, 1.5, "x"),
        fc.array(tie("json")),
        fc.dictionary(fc.constantFrom("a", "__proto__", "constructor"), tie("json"), {
          noNullPrototype: true,
        }),
      ),
    }));
    survives(visitAny, json);
  });
});
