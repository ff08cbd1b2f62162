import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFiles, problemsOf } from "./read-hx.js";

const text = readFileSync(new URL("../../schema/hmp-commands.hx", import.meta.url), "utf8");
const words = [
  "{",
  "}",
  "},",
  ",",
  '"',
  "\\",
  ".",
  "=",
  ":",
  "-",
  "?",
  "#if",
  "#else\n",
  "#endif\n",
  "\n",
  " ",
];
const moreWords = [
  "SRST\n",
  "ERST\n",
  "HXCOMM",
  "/*",
  "*/",
  "//",
  "(",
  "!",
  ".name",
  "defined(",
  "\u{1d11e}",
  "\0",
];

/** Replaces stretches of the text by words. */
const mutated = fc
  .array(
    fc.record({
      at: fc.nat(text.length),
      length: fc.nat(20),
      word: fc.constantFrom("", ...words, ...moreWords),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce((now, { at, length, word }) => now.slice(0, at) + word + now.slice(at + length), text),
  );

describe("any text", () => {
  it("gives a table or problems with a place", () => {
    fc.assert(
      fc.property(mutated, (main) => {
        const info = "";
        const { table, diagnostics } = compileFiles({ "main.hx": main, "hmp-commands-info.hx": info });
        expect(table === undefined).toBe(diagnostics.length > 0);
        for (const { span } of diagnostics) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(span.file.text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "{",
    "(",
    '"',
    "/*",
    "SRST\n",
    "#if (\n",
    "#if !",
    "{ .a = ",
    '"a" ',
    "#if A\n",
    "#elif A\n",
    "\\",
  ])("survives %j a hundred thousand times", (word) => {
    for (const start of ["", "{ .name = ", "#if "]) {
      expect(problemsOf(start + word.repeat(100_000)).length).toBeGreaterThan(0);
    }
  });
});
