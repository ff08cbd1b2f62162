import { describe, expect, it } from "vitest";
import { parseJson, type JsonValue } from "../../src/json/index.js";
import {
  asNumber,
  asString,
  clone,
  fromJson,
  fromText,
  toJson,
  toText,
  visitInt,
  visitInteger,
  visitUint64,
  visitAny,
  visitArray,
  visitInt16,
  visitStr,
  VisitError,
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

function decode(type: TypeVisit<unknown>, text: string, strict = true): unknown {
  return fromJson(type, parseJson(text), { strict });
}

describe("fromJson decodes", () => {
  it.each<[string, string, unknown]>([
    ["64-bit integers as bigint", '{"an-int": -9223372036854775808}', { "an-int": -(2n ** 63n) }],
    ["narrow integers as number", '{"a-u8": 255, "a-s16": -32768}', { "a-u8": 255, "a-s16": -32768 }],
    ["the greatest uint64", '{"a-u64": 18446744073709551615}', { "a-u64": 2n ** 64n - 1n }],
    ["a negative uint64 modulo 2^64", '{"a-size": -1}', { "a-size": 2n ** 64n - 1n }],
    ["an integer where a number is wanted", '{"a-number": 3}', { "a-number": 3 }],
    ["a fraction where a number is wanted", '{"a-number": 0.5}', { "a-number": 0.5 }],
    ["null", '{"a-null": null}', { "a-null": null }],
    ["nothing at all", "{}", {}],
  ])("%s", (_what, text, value) => {
    expect(decode(visitScalars, text)).toEqual(value);
  });

  it("unions by their tag", () => {
    expect(decode(visitShape, '{"kind": "circle", "radius": 3, "label": "x"}')).toEqual({
      kind: "circle",
      radius: 3,
      label: "x",
    });
    expect(decode(visitShape, '{"kind": "nothing"}')).toEqual({ kind: "nothing" });
    expect(decode(visitShape, '{"kind": "nested", "inner": {"kind": "square"}}')).toEqual({
      kind: "nested",
      inner: { kind: "square" },
    });
  });

  it("alternates by the JSON kind", () => {
    expect(decode(visitShapeRef, '"a"')).toBe("a");
    expect(decode(visitShapeRef, "null")).toBe(null);
    expect(decode(visitShapeRef, '{"kind": "circle", "radius": 1}')).toEqual({ kind: "circle", radius: 1 });
  });

  it("members in any order, in their own order", () => {
    const decoded = decode(visitBitmap, '{"alias": "a", "name": "n"}');
    expect(Object.keys(decoded as object)).toEqual(["alias", "name"]);
  });

  it("without touching the value it reads", () => {
    const json = parseJson('{"a-u8": 1, "a-str": "x"}');
    fromJson(visitScalars, json);
    expect(json).toEqual({ "a-u8": 1n, "a-str": "x" });
  });

  it("a mandatory member under a condition that may be absent", () => {
    expect(decode(visitConditional, '{"always": "x"}')).toEqual({ always: "x" });
  });
});

describe("fromJson refuses in QEMU's words", () => {
  const wrong = (name: string, kind: string) => `Invalid parameter type for '${name}', expected: ${kind}`;

  it.each<[TypeVisit<unknown>, string, string]>([
    [visitScalars, "[]", wrong("<anonymous>", "object")],
    [visitScalars, '{"a-bool": "on"}', wrong("a-bool", "boolean")],
    [visitScalars, '{"a-str": 1}', wrong("a-str", "string")],
    [visitScalars, '{"a-str": null}', wrong("a-str", "string")],
    [visitScalars, '{"a-number": "1"}', wrong("a-number", "number")],
    [visitScalars, '{"a-null": 0}', wrong("a-null", "null")],
    [visitScalars, '{"an-int": 1.0}', wrong("an-int", "integer")],
    [visitScalars, '{"an-int": 9223372036854775808}', wrong("an-int", "integer")],
    [visitScalars, '{"a-size": "1"}', "Parameter 'a-size' expects uint64"],
    [visitScalars, '{"a-size": 1.0}', "Parameter 'a-size' expects uint64"],
    [visitScalars, '{"a-size": 18446744073709551616}', "Parameter 'a-size' expects uint64"],
    [visitScalars, '{"a-size": -9223372036854775809}', "Parameter 'a-size' expects uint64"],
    [visitScalars, '{"a-u8": 256}', "Parameter 'a-u8' expects uint8_t"],
    [visitScalars, '{"a-u8": -1}', "Parameter 'a-u8' expects uint8_t"],
    [visitScalars, '{"a-u8": true}', "Parameter 'a-u8' expects uint64"],
    [visitScalars, '{"a-s16": 32768}', "Parameter 'a-s16' expects int16_t"],
    [visitScalars, '{"a-s16": []}', wrong("a-s16", "integer")],
    [visitScalars, '{"color": "pink"}', "Parameter 'color' does not accept value 'pink'"],
    [visitScalars, '{"color": 1}', wrong("color", "string")],
    [visitBitmap, '{"name": "n"}', "Parameter 'alias' is missing"],
    [visitShapeRef, "1", "Invalid parameter type for 'null', expected: ShapeRef"],
    [visitShape, '{"kind": "square", "radius": 1}', "Parameter 'radius' is unexpected"],
    [visitShape, '{"kind": "hexagon"}', "Parameter 'kind' does not accept value 'hexagon'"],
    [visitShape, "{}", "Parameter 'kind' is missing"],
    [visitArray(visitStr), '["a", 1]', wrong("[1]", "string")],
    [visitArray(visitStr), "{}", wrong("<anonymous>", "array")],
    [visitArray(visitInt16), "[1, 40000]", "Parameter 'null' expects int16_t"],
  ])("%o %s", (type, text, message) => {
    expect(() => decode(type, text)).toThrow(new VisitError(message));
  });

  it("with the path to the fault", () => {
    const text = '{"bitmaps": [{"name": "a", "alias": "b"}, {"name": "c"}], "node-name": "n"}';
    expect(() => decode(visitMapping, text)).toThrow("Parameter 'bitmaps[1].alias' is missing");
    const list = visitArray(visitMapping);
    expect(() => fromJson(list, [parseJson(text)], { name: "block-bitmap-mapping" })).toThrow(
      "Parameter 'block-bitmap-mapping[0].bitmaps[1].alias' is missing",
    );
  });

  it("the first fault in the schema's order, unexpected members last", () => {
    expect(() => decode(visitBitmap, '{"extra": 1, "alias": 2, "name": 3}')).toThrow(wrong("name", "string"));
    expect(() => decode(visitBitmap, '{"extra": 1, "alias": "a", "name": "n"}')).toThrow(
      "Parameter 'extra' is unexpected",
    );
  });

  it("nesting without end", () => {
    let json: JsonValue = { kind: "square" };
    for (let depth = 0; depth < 100_000; depth++) json = { kind: "nested", inner: json };
    expect(() => fromJson(visitShape, json)).toThrow("JSON nesting depth limit exceeded");
  });
});

describe("integers that are told otherwise", () => {
  it("may be number, and are refused when one cannot hold them", () => {
    const type = asNumber(visitUint64);
    expect(decode(type, "9007199254740991")).toBe(9007199254740991);
    expect(() => decode(type, "9007199254740992")).toThrow("expects an integer that a number holds exactly");
    expect(() => decode(asNumber(visitInt), "-9007199254740992")).toThrow("a number holds exactly");
    expect(toJson(type, 5)).toBe(5n);
  });

  it("may be decimal text, both ways", () => {
    const type = asString(visitUint64);
    expect(decode(type, "18446744073709551615")).toBe("18446744073709551615");
    expect(decode(type, "-1")).toBe("18446744073709551615");
    expect(decode(asString(visitInt), "-9223372036854775808")).toBe("-9223372036854775808");
    expect(() => decode(type, "18446744073709551616")).toThrow("expects uint64");
    expect(() => decode(type, '"5"')).toThrow("expects uint64");
    expect(() => decode(type, "1.0")).toThrow("expects uint64");
    expect(toJson(type, "18446744073709551615")).toBe(2n ** 64n - 1n);
    expect(() => toJson(type, "18446744073709551616")).toThrow("expects uint64_t");
    expect(clone(type, "7")).toBe("7");
    expect(fromText(type, "0x10", "x")).toBe("16");
    expect(toText(type, "16")).toBe("16");
    for (const text of ["", "1.0", "1e3", "0x10", " 1", "01", "-0", "+1", "9".repeat(1_000_000)]) {
      expect(() => toJson(type, text)).toThrow("expected: integer");
    }
  });

  it("may be of unknown width", () => {
    expect(decode(visitInteger, "18446744073709551615")).toBe(2n ** 64n - 1n);
    expect(decode(visitInteger, "-9223372036854775808")).toBe(-(2n ** 63n));
    expect(() => decode(visitInteger, "18446744073709551616")).toThrow("expected: integer");
  });
});

describe("fromJson with names of the prototype", () => {
  it("treats __proto__ as an unexpected member like any other", () => {
    const text = '{"name": "n", "alias": "a", "__proto__": {"alias": "b"}}';
    expect(() => decode(visitBitmap, text)).toThrow("Parameter '__proto__' is unexpected");
    const decoded = decode(visitBitmap, text, false) as object;
    expect(Object.keys(decoded)).toEqual(["name", "alias", "__proto__"]);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });

  it("keeps __proto__ when the object is copied", () => {
    const decoded = decode(visitScalars, '{"a-u8": 1, "__proto__": {"x": 1}}', false) as object;
    expect(Object.keys(decoded)).toEqual(["a-u8", "__proto__"]);
    expect("x" in decoded).toBe(false);
  });
});

describe("fromJson, tolerant,", () => {
  it.each<[string, TypeVisit<unknown>, string]>([
    ["unknown members", visitBitmap, '{"name": "n", "alias": "a", "new": [1, {"x": 2.5}]}'],
    ["unknown enum values", visitScalars, '{"color": "pink"}'],
    ["unknown tags, with their members", visitShape, '{"kind": "hexagon", "sides": 6, "label": "x"}'],
  ])("keeps %s", (_what, type, text) => {
    expect(decode(type, text, false)).toEqual(parseJson(text));
  });

  it.each<[string, TypeVisit<unknown>, string, string]>([
    [
      "wrong kinds",
      visitBitmap,
      '{"name": 1, "alias": "a"}',
      "Invalid parameter type for 'name', expected: string",
    ],
    ["missing members", visitBitmap, '{"name": "n"}', "Parameter 'alias' is missing"],
    ["too wide integers", visitScalars, '{"a-u8": 300}', "Parameter 'a-u8' expects uint8_t"],
  ])("refuses %s all the same", (_what, type, text, message) => {
    expect(() => decode(type, text, false)).toThrow(message);
  });

  it("lets members be missing where it is told to", () => {
    const options = { strict: false, allowMissing: true };
    expect(fromJson(visitBitmap, { name: "n" }, options)).toEqual({ name: "n" });
    expect(fromJson(visitShape, { label: "x" }, options)).toEqual({ label: "x" });
    expect(() => fromJson(visitBitmap, { name: 1n }, options)).toThrow("expected: string");
  });

  it("leaves any values as they were read", () => {
    const json = parseJson('{"a": 1, "b": 1.5, "c": 123456789012345678901234567890}');
    expect(fromJson(visitAny, json)).toBe(json);
  });
});
