import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageFramer } from "../../src/client/message-framer.js";
import { isJsonObject, parseJson } from "../../src/json/index.js";

/** What comes of bytes, fed in these pieces: texts of messages, and what is no message. */
function framed(pieces: readonly Uint8Array[], maxBytes = 1_000_000): string[] {
  const heard: string[] = [];
  const take = (bytes: Uint8Array): void => {
    heard.push(Buffer.from(bytes).toString("latin1").trim());
  };
  const framer = new MessageFramer(
    {
      frame: take,
      line: (bytes) => {
        try {
          if (!isJsonObject(parseJson(Buffer.from(bytes).toString("utf8")))) return false;
        } catch {
          return false;
        }
        take(bytes);
        return true;
      },
      sentinel: () => heard.push("sentinel"),
      fault: (problem) => heard.push(problem.split(" ")[0] ?? ""),
    },
    maxBytes,
  );
  for (const piece of pieces) framer.feed(piece);
  return heard;
}

const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe("cutting a stream into messages", () => {
  const long = "x".repeat(3000);
  const message = fc.constantFrom(
    "{}",
    '{"a": {"b": [1, {}]}}',
    '{"s": "}{ \\\\\\" [\\n"}',
    '{"a":\\n{"b":\\r\\n1}\\n}'.replaceAll("\\n", "\n").replaceAll("\\r", "\r"),
    `{"long": "${long}", "more": {"and": ["${long}"]}}`,
    `{"long":\n"${long}"}`,
  );
  const between = fc.constantFrom("\r\n", "\n", "", " ", "\t\r\n\n");
  const odd = fc.constantFrom("\xff", "\xff\n", '{"begun": "\xff', "{no json}\n");
  const stream = fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.tuple(message, between) }, fc.tuple(odd, fc.constant(""))), {
      maxLength: 8,
    })
    .map((parts) => parts.flat().join(""));
  const places = fc.array(fc.nat({ max: 20_000 }), { maxLength: 8 });

  it("does not depend on where the chunks end", () => {
    fc.assert(
      fc.property(stream, places, (text, cuts) => {
        const bytes = bytesOf(text);
        const oneByOne = framed([...bytes].map((byte) => Uint8Array.of(byte)));
        expect(framed(cutAt(bytes, cuts))).toEqual(oneByOne);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps no message waiting for the end of its line, or for what follows", () => {
    fc.assert(
      fc.property(
        message,
        fc.constantFrom("", " ", "{", '{"begun": 1', ` {"begun": "${long}`),
        places,
        (text, rest, cuts) => {
          expect(framed(cutAt(bytesOf(text + rest), cuts))).toEqual([text]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([1, 700, 5000])("refuses what is too long, in pieces of %d bytes", (size) => {
    const bytes = bytesOf(`{"a": "${long}`);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    expect(framed(pieces, 2000)).toEqual(["a"]);
  });
});
