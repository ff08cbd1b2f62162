import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitShellWords } from "../../src/hmp/line/shell-words.js";

describe("words as a shell splits them", () => {
  const cases: [text: string, words: string[]][] = [
    ["a b", ["a", "b"]],
    ["a\tb\nc  ", ["a", "b", "c"]],
    ["'a b'\"c d\"e", ["a bc de"]],
    [`'' ""`, ["", ""]],
    [`"a\\"b\\$\\\`\\\\c\\d"`, ['a"b$`\\c\\d']],
    [`'a\\b'`, ["a\\b"]],
    ["a\\ b \\#c", ["a b", "#c"]],
    ["a\\\nb", ["ab"]],
    ["$HOME ~ * ; & `x`", ["$HOME", "~", "*", ";", "&", "`x`"]],
    ["a # b", ["a"]],
    ["a#b # c\nd", ["a#b", "d"]],
    ["#a\nb", ["b"]],
    ["a\t#b", ["a", "#b"]],
    ["'ä' ö", ["ä", "ö"]],
  ];
  it.each(cases)("%j", (text, words) => {
    expect(splitShellWords(text)).toEqual(words);
  });

  const faults: [text: string, message: string][] = [
    [`"un`, 'Text ended before matching quote was found for ". (The text was “"un”)'],
    [`a 'un`, "Text ended before matching quote was found for '. (The text was “a 'un”)"],
    [`"a\\"`, 'Text ended before matching quote was found for ". (The text was “"a\\"”)'],
    ["a\\", "Text ended just after a “\\” character. (The text was “a\\”)"],
    ["q #", "Text ended before matching quote was found for #. (The text was “q #”)"],
    ["#", "Text ended before matching quote was found for #. (The text was “#”)"],
    ["  ", "Text was empty (or contained only whitespace)"],
    ["# only a comment", "Text was empty (or contained only whitespace)"],
    ["\\\n", "Text was empty (or contained only whitespace)"],
  ];
  it.each(faults)("%j is refused", (text, message) => {
    expect(() => splitShellWords(text)).toThrow(message);
  });

  it("give back what was quoted", () => {
    const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(splitShellWords(words.map(quote).join(" "))).toEqual(words);
      }),
    );
  });
});
