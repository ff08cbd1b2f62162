import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, writeJson, type JsonObject, type JsonValue } from "../../src/json/index.js";

describe("parseJson", () => {
  it.each<[string, JsonValue]>([
    ["0", 0n],
    ["-0", 0n],
    ["1", 1n],
    ["1.0", 1],
    ["-0.0", -0],
    ["1e3", 1000],
    ["12E-1", 1.2],
    ["999999999999999", 999999999999999n],
    ["-999999999999999", -999999999999999n],
    ["18446744073709551615", 18446744073709551615n],
    ["-9223372036854775808", -9223372036854775808n],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    [' { "a" : [ true , false , null , "x" ] } ', { a: [true, false, null, "x"] }],
    ["[]", []],
    ["{}", {}],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00x"', '"\\/\b\f\n\r\té😀x'],
    ['"😀"', "😀"],
    ['{"a":1,"a":2}', { a: 2n }],
  ])("reads %s", (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it.each([
    ["", "expected a value, found the end of the text at line 1, column 1"],
    ["\n😀", "expected a value at line 2, column 1"],
    ["1 2", "expected the end of the text at line 1, column 3"],
    ["01", "leading zero at line 1, column 1"],
    ["-", "expected a digit, found the end of the text at line 1, column 2"],
    ["1.", "expected a digit, found the end of the text at line 1, column 3"],
    ["[1.x]", "expected a digit at line 1, column 4"],
    ["1e+", "expected a digit, found the end of the text at line 1, column 4"],
    ["+1", "expected a value at line 1, column 1"],
    [".5", "expected a value at line 1, column 1"],
    ["NaN", "expected a value at line 1, column 1"],
    ["1e400", "number too large for a double at line 1, column 1"],
    ["[1,]", "expected a value at line 1, column 4"],
    ["[1 2]", "expected ',' or ']' at line 1, column 4"],
    ["{'a': 1}", "expected a key in double quotes at line 1, column 2"],
    ['{"a" 1}', "expected ':' after the key at line 1, column 6"],
    ['{"a": 1 "b"}', "expected ',' or '}' at line 1, column 9"],
    ['{"a": 1,}', "expected a key in double quotes at line 1, column 9"],
    ['{"😀😀": x}', "expected a value at line 1, column 8"],
    ['"abc', "string without an end at line 1, column 1"],
    ['"a\nb"', "control character in a string at line 1, column 3"],
    ['"\\x"', "unknown escape in a string at line 1, column 2"],
    ['"\\u12g4"', "expected four hexadecimal digits after '\\u' at line 1, column 2"],
    ["tru", "expected a value at line 1, column 1"],
  ])("refuses %j", (text, message) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: "JsonError", message }));
  });

  it("refuses a second key of one name where asked", () => {
    const refuse = (text: string) => parseJson(text, { duplicateKeys: "refuse" });
    expect(() => refuse('{"a": {"b": 1},\n "a": 2}')).toThrow('duplicate key "a" at line 2, column 2');
    expect(() => refuse('{"__proto__": 1, "__proto__": 2}')).toThrow('duplicate key "__proto__"');
    expect(refuse('{"toString": 1, "a": [{"a": 1}, {"a": 1}]}')).toStrictEqual({
      toString: 1n,
      a: [{ a: 1n }, { a: 1n }],
    });
  });

  it("takes __proto__ as a key like any other", () => {
    const value = parseJson('{"__proto__": {"polluted": true}}') as JsonObject;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value["polluted"]).toBeUndefined();
    expect(writeJson(value)).toBe('{"__proto__":{"polluted":true}}');
  });

  it("bounds nesting and the length of integers", () => {
    expect(() => parseJson("[".repeat(1024) + "]".repeat(1024))).not.toThrow();
    expect(() => parseJson("[".repeat(100_000))).toThrow(
      "nested deeper than 1024 levels at line 1, column 1025",
    );
    expect(() => parseJson(`[${"9".repeat(2000)}]`)).toThrow(
      "integer of more than 300 digits at line 1, column 2",
    );
  });

  it("accepts what JSON.parse accepts and reads the same, but for integers", () => {
    // eslint-disable-next-line no-control-regex -- a control character is one of the cases
    const soup = fc.stringMatching(/^[{}[\]:,"\\ \n0123\-+.eEutrfnals/x😀\u0001]{0,12}$/u);
    fc.assert(
      fc.property(fc.oneof(soup, fc.json()), (text) => {
        const theirs = attempt(() => JSON.parse(text) as JsonValue);
        const ours = attempt(() => parseJson(text));
        expect(ours === undefined).toBe(theirs === undefined);
        if (ours && theirs) expect(JSON.stringify(ours[0], bigintToNumber)).toBe(JSON.stringify(theirs[0]));
      }),
      { numRuns: 3000 },
    );
  });
});

function attempt<T>(run: () => T): [T] | undefined {
  try {
    return [run()];
  } catch {
    return undefined;
  }
}

function bigintToNumber(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

describe("the quick way through a text", () => {
  // A lone surrogate, a key of the prototype, strings that look like numbers: all that may lie in one.
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", ":1.5", ",12345678901234567890", "[1e5", "1", "\ud800"),
  );
  const literal = fc.oneof(
    fc.constantFrom(
      "0",
      "-0",
      "7",
      "-12",
      "123456789012345",
      "1234567890123456",
      "18446744073709551615",
      "1.0",
      "2e3",
    ),
    fc.constantFrom("null", "true", "false", "[]", "{}", "01", "-", "1.", "'x'", ""),
    text.map((string) => JSON.stringify(string)),
  );
  const { document } = fc.letrec<{ document: string }>((tie) => ({
    document: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      literal,
      fc.array(tie("document"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
      fc
        .array(fc.tuple(text, tie("document")), { maxLength: 4 })
        .map(
          (members) => `{${members.map(([key, value]) => `${JSON.stringify(key)} :\n${value}`).join(",")}}`,
        ),
    ),
  }));
  // As a reply is: what comes late is looked for in another way, and so is an id at the end.
  const padding = `"${"x".repeat(1100)}"`;
  const reply = fc
    .tuple(document, fc.constantFrom("1", "-7", "1.0", "1e2", '"id"', "1234567890123456"), fc.boolean())
    .map(
      ([json, id, isTwice]) =>
        `{"padding": ${padding}, ${isTwice ? '"id": 2.0, ' : ""}"return": ${json}, "id": ${id}}\r\n`,
    );
  const outcome = (read: () => JsonValue) => {
    try {
      return read();
    } catch (error) {
      return String(error);
    }
  };

  it("gives what the careful one gives, errors included", () => {
    fc.assert(
      fc.property(fc.oneof(document, reply), (json) => {
        // A number with a fraction at the start sends the whole text the careful way.
        const careful = outcome(() => {
          const both = parseJson(`[1.5,\n${json}]`) as JsonValue[];
          return both.length === 2 ? (both[1] ?? null) : "more than one value";
        });
        const quick = outcome(() => parseJson(json));
        if (typeof quick === "string" && quick.startsWith("JsonError")) {
          expect(careful).toEqual(expect.any(String));
        } else {
          // vitest's own equality takes a member `constructor` for a class.
          expect(isDeepStrictEqual(quick, careful)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([1024, 1025, 60_000])("counts %d brackets", (depth) => {
    const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    if (depth <= 1024) expect(parseJson(nested)).toEqual([expect.anything()]);
    else expect(() => parseJson(nested)).toThrow("nested deeper than 1024 levels");
  });

  it("keeps the members of any name its own", () => {
    const value = parseJson('{"__proto__": 1, "a": {"__proto__": {"b": 2}}}') as JsonObject;
    expect(Object.keys(value)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(writeJson(value)).toBe('{"__proto__":1,"a":{"__proto__":{"b":2}}}');
  });
});
