import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  charactersOnly,
  decodeKeepingBytes,
  decodeModifiedUtf8,
  encodeModifiedUtf8,
} from "../../src/qmp/wire/modified-utf8.js";
import { writeQmp, writeQmpPieces } from "../../src/qmp/wire/write.js";

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

describe("long texts, which are converted in pieces", () => {
  // Lengths around that of a piece, so that each kind of character lies across its end.
  const filler = fc.integer({ min: 65_530, max: 65_537 }).map((length) => "x".repeat(length));
  const characters = fc.string({
    unit: fc.constantFrom("é", "中", "😀", "a", "\n", "\ud83d", "\udc00"),
    maxLength: 12,
  });
  const sequences = fc
    .array(
      fc.constantFrom(
        "\xc3\xa9",
        "\xe4\xb8\xad",
        "\xf0\x9f\x98\x80",
        "\xc0\x80",
        "\x80",
        "\xfc",
        "\xbf".repeat(9),
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(""));

  it("become what they would be in whole", () => {
    fc.assert(
      fc.property(filler, sequences, (before, given) => {
        expect(decodeModifiedUtf8(before + given) === before + decodeModifiedUtf8(given)).toBe(true);
        expect(encodeModifiedUtf8(decodeKeepingBytes(before + given)) === before + given).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("are written as they would be in whole", () => {
    fc.assert(
      fc.property(filler, characters, (before, text) => {
        const pieces: string[] = [];
        writeQmpPieces([before + text, 1n], (piece) => pieces.push(piece), "\r\n");
        const whole = writeQmp(text);
        // Compared in this way, a difference is told in few words.
        expect(pieces.join("") === `["${before}${whole.slice(1)}, 1]\r\n`).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
