import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { Cursor } from "../../src/hmp/line/cursor.js";
import { readWord, splitWords } from "../../src/hmp/line/word.js";

describe("readWord", () => {
  const cases: [title: string, line: string, word: string | undefined, rest: string][] = [
    ["ends at space", "one two", "one", " two"],
    ["skips space before it", " \t\n\v\f\rone", "one", ""],
    ["takes U+00A0's bytes for text", "a\xc2\xa0b c", "a\xc2\xa0b", " c"],
    ["keeps quotes and backslashes inside", `a"b\\c d`, `a"b\\c`, " d"],
    ["ends at a closing quote", `"one"two`, "one", "two"],
    ["may be empty between quotes", `"" x`, "", " x"],
    ["knows five escapes", `"\\n\\r\\\\\\'\\""`, `\n\r\\'"`, ""],
    ["fails at the end of the line", "   ", undefined, ""],
  ];
  it.each(cases)("%s", (_title, line, word, rest) => {
    const cursor = new Cursor(line);
    expect(readWord(cursor)).toBe(word);
    expect(cursor.takeRest()).toBe(rest);
  });

  it.each(['"open', '"ends in a backslash\\', '"open\\"', '"\\t"', '"\\x41"', '"\\/"', '"\\0"'])(
    "refuses %s",
    (line) => {
      expect(readWord(new Cursor(line))).toBeUndefined();
    },
  );

  it("keeps 1023 bytes and drops the rest of the word", () => {
    const cursor = new Cursor(`${"a".repeat(2000)} next`);
    expect(readWord(cursor)).toBe("a".repeat(1023));
    expect(readWord(cursor)).toBe("next");
  });

  it("gives back any text that was quoted and escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 50 }), (text) => {
        const quoted = `"${text.replace(/["\\]/g, "\\$&")}"`;
        expect(readWord(new Cursor(quoted))).toBe(text);
      }),
    );
  });
});

describe("splitWords", () => {
  it("splits at most sixteen words", () => {
    const words = Array.from({ length: 16 }, (_, index) => String(index));
    expect(splitWords(new Cursor(words.join(" ")))).toEqual(words);
    expect(splitWords(new Cursor([...words, "more"].join(" ")))).toBeUndefined();
    expect(splitWords(new Cursor('a "b'))).toBeUndefined();
  });
});
