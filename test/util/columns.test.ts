import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutToColumns, textColumns, textRows } from "../../src/util/columns.js";

describe("textColumns", () => {
  it.each([
    ["", 0],
    ["plain", 5],
    ["é", 1],
    ["e\u0301", 1],
    ["表", 2],
    ["ｗｉｄｅ", 8],
    ["😀", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["❤️", 2],
    ["❤", 1],
    ["🇩🇪", 2],
    ["a\u200bb", 2],
  ])("%j", (text, columns) => {
    expect(textColumns(text)).toBe(columns);
  });
});

describe("textRows", () => {
  it("puts a wide letter that does not fit on the next row", () => {
    expect(textRows("ab表c", 3)).toEqual(["ab", "表c"]);
    expect(textRows("", 3)).toEqual([""]);
  });

  it("loses nothing, and fills no row beyond its width", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 9 }), (text, columns) => {
        const rows = textRows(text, columns);
        expect(rows.join("")).toBe(text);
        for (const row of rows) expect(textColumns(row)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("cutToColumns", () => {
  it.each([
    ["plain", 10, "plain"],
    ["plain", 3, "pla"],
    ["a表", 2, "a"],
    ["表", 1, ""],
    ["x", 0, ""],
    ["", 0, ""],
  ])("%j to %d", (text, columns, cut) => {
    expect(cutToColumns(text, columns)).toBe(cut);
  });
});

describe("textRows", () => {
  it("breaks plain text as it does text with accents", () => {
    const width = fc.oneof(fc.nat(12), fc.constantFrom(2.5, 80, Infinity));
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,40}$/), width, (line, columns) => {
        const accented = textRows(`é${line}`, columns);
        expect(textRows(`e${line}`, columns)).toEqual(accented.map((row) => row.replace("é", "e")));
      }),
    );
    expect(textRows("", 5)).toEqual([""]);
  });
});
