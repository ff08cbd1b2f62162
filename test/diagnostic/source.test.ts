import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceFile } from "../../src/diagnostic/source.js";

const texts = fc
  .array(fc.constantFrom("a", "\n", "\t", "é", "😀", "\r\n"), { maxLength: 40 })
  .map((pieces) => pieces.join(""));

test("positions are those that counting from the start gives, in whatever order they are asked for", () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(60), { maxLength: 20 }), (text, offsets) => {
      const file = new SourceFile("a", text);
      for (const offset of offsets) {
        const before = text.slice(0, offset).split("\n");
        // Half a surrogate pair counts as the whole.
        const column = Array.from(before.at(-1)!).length + 1;
        expect(file.position(offset)).toEqual({ line: before.length, column });
        expect(file.line(offset)).toBe(before.length);
        expect(file.lineStart(before.length)).toBe(
          before.slice(0, -1).join("\n").length + (before.length > 1 ? 1 : 0),
        );
      }
    }),
  );
});

test("lines have their text without line end", () => {
  const file = new SourceFile("a", "one\r\n\ntwo");
  expect([1, 2, 3, 4].map((line) => file.lineText(line))).toEqual(["one", "", "two", ""]);
});

test("many places on one long line take a moment only", { timeout: 5_000 }, () => {
  const file = new SourceFile("a", "x".repeat(20_000_000));
  for (let i = 1000; i > 0; i--) expect(file.position(20_000_000 - i).column).toBe(20_000_001 - i);
});
