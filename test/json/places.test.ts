import { describe, expect, it } from "vitest";
import { fromPointer, jsonPlaces, placeOf, toPointer } from "../../src/json/index.js";

const TEXT = `{
  "a": [1, {"b/c~d": "x\\"y"}],
  "\\u0065": true, "": {} }`;

describe("jsonPlaces", () => {
  const root = jsonPlaces(TEXT);

  it.each([
    ["", TEXT, undefined],
    ["/a", '[1, {"b/c~d": "x\\"y"}]', '"a"'],
    ["/a/0", "1", undefined],
    ["/a/1/b~1c~0d", '"x\\"y"', '"b/c~d"'],
    ["/e", "true", '"\\u0065"'],
    ["/", "{}", '""'],
  ])("finds %j", (pointer, value, key) => {
    const place = placeOf(root, pointer);
    expect(place && TEXT.slice(place.start, place.end)).toBe(value);
    expect(place?.key && TEXT.slice(place.key.start, place.key.end)).toBe(key);
  });

  it.each(["/b", "/a/2", "/a/0/x"])("knows that %j is not there", (pointer) => {
    expect(placeOf(root, pointer)).toBeUndefined();
  });

  it("copes with a long string and the last of two equal keys", () => {
    const text = `{"a": "${"\\\\x".repeat(500_000)}", "a": 2}`;
    expect(placeOf(jsonPlaces(text), "/a")?.start).toBe(text.length - 2);
  });
});

describe("JSON pointers", () => {
  it.each<[(string | number)[], string]>([
    [[], ""],
    [["a", 0, "b/c~d"], "/a/0/b~1c~0d"],
    [["", "~1"], "//~01"],
  ])("%j is %j", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
    expect(fromPointer(pointer)).toEqual(path.map(String));
  });
});
