import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, setMember, writeJson, type JsonObject, type JsonValue } from "../../src/json/index.js";

describe("writeJson", () => {
  it.each<[JsonValue, string, string]>([
    [null, "null", "null"],
    [true, "true", "true"],
    [18446744073709551615n, "18446744073709551615", "18446744073709551615"],
    [-9223372036854775808n, "-9223372036854775808", "-9223372036854775808"],
    [1, "1.0", "1"],
    [-0, "-0.0", "-0"],
    [0.1, "0.1", "0.10000000000000001"],
    [1.5, "1.5", "1.5"],
    [1e20, "100000000000000000000.0", "1e+20"],
    [1e21, "1e+21", "1e+21"],
    [1e16, "10000000000000000.0", "10000000000000000"],
    [1e17, "100000000000000000.0", "1e+17"],
    [123456789012345680, "123456789012345680.0", "1.2345678901234568e+17"],
    [0.0001, "0.0001", "0.0001"],
    [0.00001, "0.00001", "1.0000000000000001e-05"],
    [-1e-7, "-1e-7", "-9.9999999999999995e-08"],
    // Halfway between two 17-digit numbers: C takes the even one.
    [2 ** -25, "2.9802322387695312e-8", "2.9802322387695312e-08"],
    [3 * 2 ** -25, "8.940696716308594e-8", "8.9406967163085938e-08"],
    [5e-324, "5e-324", "4.9406564584124654e-324"],
    ['a"\\/\b\f\n\r\t', '"a\\"\\\\/\\b\\f\\n\\r\\t"', '"a\\"\\\\/\\b\\f\\n\\r\\t"'],
    ["é😀\u007f\u0001", '"é😀\u007f\\u0001"', '"\\u00E9\\uD83D\\uDE00\\u007F\\u0001"'],
    ["\ud800x", '"\\ud800x"', '"\\uFFFDx"'],
    [[1n, [], {}], "[1,[],{}]", "[1, [], {}]"],
    [{ a: 1n, "b c": [true, null] }, '{"a":1,"b c":[true,null]}', '{"a": 1, "b c": [true, null]}'],
  ])("writes %o", (value, compact, qmp) => {
    expect(writeJson(value)).toBe(compact);
    expect(writeJson(value, "qmp")).toBe(qmp);
  });

  it("indents", () => {
    const text = `{
  "a": [
    1,
    {
      "b": 1.5
    }
  ],
  "c": {},
  "d": []
}
`;
    expect(writeJson({ a: [1n, { b: 1.5 }], c: {}, d: [] }, "indented")).toBe(text);
  });

  it("leaves out members that were set to undefined", () => {
    const object: JsonObject = { a: 0n, b: 1n };
    Reflect.set(object, "a", undefined);
    expect(writeJson(object)).toBe('{"b":1}');
    expect(writeJson(object, "qmp")).toBe('{"b": 1}');
  });

  it("refuses what has no JSON form", () => {
    expect(() => writeJson([Number.NaN])).toThrow(new RangeError("NaN has no JSON form"));
    expect(() => writeJson({ a: Number.POSITIVE_INFINITY })).toThrow(
      new RangeError("Infinity has no JSON form"),
    );
    const loop: JsonValue[] = [];
    loop.push(loop);
    expect(() => writeJson(loop)).toThrow(new RangeError("nested deeper than 1024 levels"));
  });

  it("gives back what was read, in every style but for doubles that QEMU prints as integers", () => {
    fc.assert(
      fc.property(jsonValue(), (value) => {
        assert.deepStrictEqual(parseJson(writeJson(value)), value);
        assert.deepStrictEqual(parseJson(writeJson(value, "indented")), value);
        expect(writeJson(parseJson(writeJson(value, "qmp")), "qmp")).toBe(writeJson(value, "qmp"));
      }),
    );
  });
});

/** Values of every kind, with keys that objects have by themselves among them. */
function jsonValue(): fc.Arbitrary<JsonValue> {
  const key = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString"));
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: "grapheme" }),
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
      // QEMU writes a negative zero as it would an integer, which has none.
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((members) => {
        const object: JsonObject = {};
        for (const [name, member] of members) setMember(object, name, member);
        return object;
      }),
    ),
  }));
  return value;
}
