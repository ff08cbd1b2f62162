import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  charactersOnly,
  decodeKeepingBytes,
  decodeModifiedUtf8,
  encodeModifiedUtf8,
} from "../../src/qmp/wire/modified-utf8.js";
import { writeQmp } from "../../src/qmp/wire/write.js";

const bytes = fc
  .array(
    fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(0xc3, 0xe2, 0xed, 0xf0, 0xf8, 0x80, 0xbf)),
  )
  .map((units) => String.fromCharCode(...units));

describe("bytes as text", () => {
  it("gives back every byte that it was given", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(encodeModifiedUtf8(decodeKeepingBytes(given))).toBe(given);
      }),
    );
  });

  it("is text like any other where the bytes are characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const encoded = encodeModifiedUtf8(text);
        expect(decodeKeepingBytes(encoded)).toBe(text);
        expect(charactersOnly(text)).toBe(text);
      }),
    );
  });

  it("has U+FFFD for what is no character in JSON, as QEMU counts them", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(charactersOnly(decodeKeepingBytes(given))).toBe(decodeModifiedUtf8(given));
      }),
    );
    expect(writeQmp(decodeKeepingBytes("caf\xe9 \xf0\x9f\x98 \xff"))).toBe('"caf\\uFFFD \\uFFFD \\uFFFD"');
  });
});
