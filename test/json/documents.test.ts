import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentExtents } from "../../src/json/documents.js";

const documentsOf = (text: string) =>
  [...documentExtents(text)].map(({ start, end }) => text.slice(start, end));

describe("documents that stand one after the other", () => {
  it.each([
    { what: "JSON Lines", text: '{"a":1}\n{"b":[2]}\n', found: ['{"a":1}', '{"b":[2]}'] },
    {
      what: "documents over several lines",
      text: '{\n "a": {}\n}\n\n[1,\n2]',
      found: ['{\n "a": {}\n}', "[1,\n2]"],
    },
    { what: "arrows and comments", text: '# log\n-> {"a":1}\n<- {}\n', found: ['{"a":1}', "{}"] },
    { what: "brackets in strings", text: '{"a":"}\\"]"}{}', found: ['{"a":"}\\"]"}', "{}"] },
    { what: "something else between them", text: '{} nonsense {"a":1}', found: ["{}"] },
    { what: "a bracket left open", text: '{} {"a":[', found: ["{}"] },
    { what: "a string left open", text: '{"a', found: [] },
    { what: "nothing", text: " \n", found: [] },
  ])("$what", ({ text, found }) => {
    expect(documentsOf(text)).toEqual(found);
  });

  it("are found as they were written", () => {
    const document = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(document), fc.constantFrom("", "\n", "\n\n", " "), (values, between) => {
        const texts = values.map((value) => JSON.stringify(value, undefined, 2));
        expect(documentsOf(texts.join(between))).toEqual(texts);
      }),
    );
  });
});
