import { expect, test } from "vitest";
import fc from "fast-check";
import { SourceFile } from "../../../src/diagnostic/source.js";
import { Token, TokenBuffer } from "../../../src/qapi/parse/token.js";
import { tokenize } from "../../../src/qapi/parse/tokenize.js";
import { tokensOf } from "../../../src/qapi/parse/tokens.js";

const all = (text: string): [string, string][] =>
  [...tokensOf(new SourceFile("s.json", text))].map(({ kind, start, end }) => [
    String.fromCharCode(kind),
    text.slice(start, end),
  ]);

test("every token has its place, comments and stray text too", () => {
  expect(all("# x\n##\n# @Foo:\n##\n{ 'a': [ true, 'b\\\\' ] } # y\nstray 'open\n")).toEqual([
    ["#", "# x"],
    ["#", "##"],
    ["#", "# @Foo:"],
    ["#", "##"],
    ["{", "{"],
    ["'", "'a'"],
    [":", ":"],
    ["[", "["],
    ["b", "true"],
    [",", ","],
    ["'", "'b\\\\'"],
    ["]", "]"],
    ["}", "}"],
    ["#", "# y"],
    ["!", "stray"],
    ["!", "'open"],
  ]);
});

test("between tokens there is white space only, and nothing is told twice", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "'a'",
    "'",
    "\\",
    " ",
    "\n",
    "#",
    "##",
    "true",
    "x",
    ":",
    ",",
    "\t",
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      let at = 0;
      for (const { start, end } of tokensOf(new SourceFile("s.json", text))) {
        expect(text.slice(at, start).trim()).toBe("");
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      expect(text.slice(at).trim()).toBe("");
    }),
  );
});

test("one pass finds what one token after the other is, as far as it goes", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    "'a'",
    "'\\\\'",
    "'b c'",
    " ",
    "\n",
    "# x\n",
    "true",
    "false",
    ":",
    ",",
    "\t",
    "'é'",
    "y",
    "\u00a0",
  );
  const tokens = new TokenBuffer();
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const end = tokenize(text, tokens);
      const found = Array.from({ length: tokens.length }, (_, index) => ({
        kind: tokens.kind(index),
        start: tokens.start(index),
        end: tokens.end(index),
      }));
      const expected = [...tokensOf(new SourceFile("s.json", text))].filter(
        ({ kind }) => kind !== Token.comment,
      );
      expect(found).toEqual(expected.slice(0, found.length));
      expect(found.at(-1)?.end ?? 0).toBe(end);
    }),
  );
});
