import { describe, expect, it } from "vitest";
import { evaluateExpression } from "../../src/hmp/expression/evaluate.js";
import { Cursor } from "../../src/hmp/line/cursor.js";

const registers = (name: string): bigint | undefined => (name === "pc" ? 0x7c00n : undefined);

describe("evaluateExpression", () => {
  const values: [text: string, value: bigint, rest?: string][] = [
    ["1+2*3", 7n],
    ["(1+2)*3", 9n],
    ["1|2+4", 7n],
    ["6&3*1", 2n],
    ["7 - 2 - 1", 4n],
    ["-5/2", -2n],
    ["-5%3", -2n],
    ["~0", -1n],
    ["- - 3", 3n],
    ["0x10", 16n],
    ["010", 8n],
    ["09", 0n, "9"],
    ["0x", 0n, "x"],
    ["0xg", 0n, "xg"],
    ["'a'", 97n],
    ["'\xe9'", -23n],
    ["$pc + 1", 0x7c01n],
    ["18446744073709551615", -1n],
    ["9223372036854775807+1", -(2n ** 63n)],
    ["-9223372036854775808 / -1", -(2n ** 63n)],
    ["1<2", 1n, "<2"],
    ["1 2", 1n, "2"],
  ];
  it.each(values)("%s", (text, value, rest = "") => {
    const cursor = new Cursor(text);
    expect(evaluateExpression(cursor, registers)).toBe(value);
    expect(cursor.takeRest()).toBe(rest);
  });

  const faults: [text: string, message: string][] = [
    ["", "unexpected end of expression"],
    ["1+", "unexpected end of expression"],
    ["(1", "')' expected"],
    ["x", "invalid char 'x' in expression"],
    ["1/0", "division by zero"],
    ["1%0", "division by zero"],
    ["18446744073709551616", "number too large"],
    ["'", "character constant expected"],
    ["'a", "missing terminating ' character"],
    ["'\xc3\xa9'", "missing terminating ' character"],
    ["$ax", "unknown register"],
    ["$", "unknown register"],
    ["\xc3\xa9", "invalid char '\udcc3' in expression"],
  ];
  it.each(faults)("%s is refused", (text, message) => {
    expect(() => evaluateExpression(new Cursor(text), registers)).toThrow(message);
  });

  it.each(["(", "-"])("a million of %s neither recurse without bound nor take long", (character) => {
    expect(() => evaluateExpression(new Cursor(character.repeat(1_000_000)))).toThrow("nested too deeply");
  });
});
