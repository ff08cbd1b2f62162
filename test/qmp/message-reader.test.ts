import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { MessageReader } from "../../src/qmp/wire/message-reader.js";
import { WireError } from "../../src/qmp/wire/parser.js";

/** What a stream brings: values, and errors as their text behind `!`. */
function read(...chunks: (string | Uint8Array)[]): unknown[] {
  const messages: unknown[] = [];
  const reader = new MessageReader((message) => {
    messages.push(message instanceof WireError ? `! ${message.message}` : message);
  });
  for (const chunk of chunks)
    reader.feed(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
  return messages;
}

const parseError = (problem: string): string => `! JSON parse error, ${problem}`;

describe("MessageReader", () => {
  const cases: [text: string, messages: unknown[]][] = [
    ["{}", [{}]],
    ['{"a": [1, 2.5, true, null, "x"]}', [{ a: [1n, 2.5, true, null, "x"] }]],
    [`{'it\\'s': "\\"'"}`, [{ "it's": `"'` }]],
    ["{}{}[]", [{}, {}, []]],
    ["1 2\n", [1n, 2n]],
    ['"\\u00e9\\ud83d\\ude00\\u0000"', ["é😀\0"]],
    ["18446744073709551615 ", [18446744073709551615n]],
    ["18446744073709551616 ", [18446744073709551616]],
    ["-9223372036854775808 ", [-9223372036854775808n]],
    ["-9223372036854775809 ", [-9223372036854775808]],
    ["1e2 -0.5 ", [100, -0.5]],
    ["nosuch ", [parseError("invalid keyword 'nosuch'")]],
    ["01 ,", [parseError("stray '01'"), parseError("expecting value")]],
    ['{"a": 1.}\n', [parseError("stray '1.}'")]],
    ['{"a": "tab\there"}\n', [parseError(`stray '"tab\t'`), parseError("expecting value")]],
    ["{1: 2}", [parseError("key is not a string in object")]],
    ['{"a" 1}', [parseError("missing : in object pair")]],
    ['{"a": 1 2}', [parseError("expected separator in dict")]],
    ["[1 2]", [parseError("expected separator in list")]],
    ['{"a": 1, "a": 2}', [parseError("duplicate key")]],
    ['["\\q"]', [parseError("invalid escape sequence in string")]],
    ['["\\ud800"]', [parseError("\\ud800 is not a valid Unicode character")]],
    ['["\\ud800\\u0041"]', [parseError("\\ud800 is not a valid Unicode character")]],
    ['["\\u12"]', [parseError('\\u12" is not a valid Unicode character')]],
    ["}", [parseError("expecting value")]],
    ["[}", [parseError("expecting value")]],
    [" \r\n\t", []],
  ];
  it.each(cases)("%j", (text, messages) => {
    expect(read(text)).toEqual(messages);
  });

  it("cuts what it says of a stray token at a NUL", () => {
    expect(read("\0")).toEqual([parseError("stray ''")]);
  });

  it("refuses bytes that are no UTF-8 in strings", () => {
    expect(read(Uint8Array.of(0x22, 0xc3, 0x22))).toEqual([parseError("invalid UTF-8 sequence in string")]);
    expect(read(Uint8Array.of(0x22, 0xfe))).toEqual([parseError("stray '\"\ufffd'")]);
  });

  it("reads long strings of every make", () => {
    const parts = ["plain text ", "\\u00e9", "é", "\\n", "😀", "\\ud83d\\ude00", "'"];
    for (const part of [...parts, parts.join("")]) {
      const json = `"${part.repeat(3000)}" `;
      expect(read(json)).toEqual([JSON.parse(json)]);
    }
  });

  it("lets a token go at 64 MiB, and reads what follows as another", () => {
    const piece = new Uint8Array(2 ** 20).fill(0x61);
    const chunks = [`"`, ...new Array<Uint8Array>(64).fill(piece), `aa `];
    expect(read(...chunks)).toEqual(["! JSON token size limit exceeded", parseError("invalid keyword 'aa'")]);
  });

  it("allows 1024 open brackets and no more", () => {
    expect(read("[".repeat(1024) + "]".repeat(1024))).toHaveLength(1);
    expect(read("[".repeat(1025))).toEqual(["! JSON nesting depth limit exceeded"]);
  });

  it("takes `__proto__` for a member like others", () => {
    const [value] = read('{"__proto__": 1}') as [object];
    expect(Object.keys(value)).toEqual(["__proto__"]);
  });

  it("reads the same however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.array(fc.nat(200), { maxLength: 5 }), (json, cuts) => {
        const bytes = new TextEncoder().encode(`${json} `);
        const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(read(...chunks)).toEqual(read(bytes));
      }),
    );
  });

  it("survives any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => read(bytes)).not.toThrow();
      }),
    );
  });
});
