import { describe, expect, it } from "vitest";
import { initialFormat } from "../../src/hmp/args/print-format.js";
import { readArguments } from "../../src/hmp/args/read-arguments.js";
import type { ArgumentEnvironment } from "../../src/hmp/args/reader.js";
import { noRegisters } from "../../src/hmp/expression/evaluate.js";
import { Cursor } from "../../src/hmp/line/cursor.js";
import type { ArgumentSpec } from "../../src/visitor/hmp-command.js";

function environment(): ArgumentEnvironment {
  return {
    registers: noRegisters,
    optionLists: new Map([["netdev", { impliedName: "type" }]]),
    remembered: initialFormat(),
    sizeGrammar: "old",
  };
}

/** The arguments of a line, or the monitor's message. */
function read(specs: readonly ArgumentSpec[], line: string, given = environment()): unknown {
  const command = { names: ["cmd", "c"], arguments: specs, params: "", help: "", flags: "" };
  try {
    return readArguments(new Cursor(line), command, given);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const specs = {
  s: { key: "a", code: "s" },
  "s?": { key: "a", code: "s", optional: true },
  F: { key: "a", code: "F" },
  B: { key: "a", code: "B" },
  S: { key: "a", code: "S" },
  "S?": { key: "a", code: "S", optional: true },
  b: { key: "a", code: "b" },
  i: { key: "a", code: "i" },
  "i?": { key: "a", code: "i", optional: true },
  "i.": { key: "a", code: "i", dotted: true },
  l: { key: "a", code: "l" },
  M: { key: "a", code: "M" },
  o: { key: "a", code: "o" },
  "o?": { key: "a", code: "o", optional: true },
  T: { key: "a", code: "T" },
  "T?": { key: "a", code: "T", optional: true },
  "/": { key: "a", code: "/" },
  O: { key: "netdev", code: "O" },
  "-x": { key: "x", code: "-", flag: "x" },
  "-ys": { key: "b", code: "-", flag: "y", flagValue: true },
} as const satisfies Record<string, ArgumentSpec>;

describe("readArguments", () => {
  const cases: [codes: (keyof typeof specs)[], line: string, result: unknown][] = [
    [["s"], " one ", { a: "one" }],
    [["s"], "", "cmd|c: string expected"],
    [["s"], '"open', "cmd|c: string expected"],
    [["s"], "one two", "cmd|c: extraneous characters at the end of line"],
    [["s?"], "  ", {}],
    [["s?"], '"open', "cmd|c: string expected"],
    [["F"], "", "cmd|c: filename expected"],
    [["B"], "", "cmd|c: block device name expected"],
    [["S"], ' "a  b" ', { a: '"a  b" ' }],
    [["S"], " ", "cmd|c: string expected"],
    [["S?"], " ", {}],
    [["b"], "on", { a: true }],
    [["b"], "off", { a: false }],
    [["b"], "offx", "Expected 'on' or 'off'"],
    [["b"], "", "Expected 'on' or 'off'"],
    [["i"], "0x20 + 1", { a: 33n }],
    [["i"], "4294967295", { a: 4294967295n }],
    [["i"], "4294967296", "'cmd|c' has failed: integer is for 32-bit values"],
    [["i"], "-1", "'cmd|c' has failed: integer is for 32-bit values"],
    [["i"], "", "unexpected end of expression"],
    [["i?"], "", {}],
    [["i."], "", {}],
    [["i."], ".5", { a: 5n }],
    [["i."], "5", "cmd|c: extraneous characters at the end of line"],
    [["l"], "-1", { a: -1n }],
    [["M"], "3", { a: 3n << 20n }],
    [["M"], "-3", "enter a positive value"],
    [["M"], "9223372036854775807", { a: -(1n << 20n) }],
    [["o"], "3", { a: 3n << 20n }],
    [["o"], "3k", { a: 3n << 10n }],
    [["o"], "1.5G", { a: 3n << 29n }],
    [["o"], "0x10", { a: 16n << 20n }],
    [["o"], "8E", "invalid size"],
    [["o"], "x", "invalid size"],
    [["o"], "0x1.5T", "invalid size"],
    [["o"], "1Gx", "cmd|c: extraneous characters at the end of line"],
    [["o?"], "", {}],
    [["T"], "1.5", { a: 1.5 }],
    [["T"], "20ms", { a: 0.02 }],
    [["T"], "1e3us", { a: 1e-3 }],
    [["T"], "5ns ", { a: 5e-9 }],
    [["T"], "5s", "Unknown unit suffix"],
    [["T"], "5m", "Unknown unit suffix"],
    [["T"], "inf", "Bad number"],
    [["T"], "1e999", "Bad number"],
    [["T"], "x", "Number expected"],
    [["T?"], "", {}],
    [
      ["O"],
      "user,id=n1,hostfwd=a,,b,x,nopeer",
      { netdev: new Map(Object.entries({ type: "user", id: "n1", hostfwd: "a,b", x: "on", peer: "off" })) },
    ],
    [
      ["O"],
      "user,id=1x",
      "Parameter 'id' expects an identifier\nIdentifiers consist of letters, digits, '-', '.', '_', starting with a letter.",
    ],
    [["O"], "", {}],
    [["-x", "s"], "-x one", { x: true, a: "one" }],
    [["-x", "-ys"], "-x -y two", { x: true, b: "two" }],
    [["-x", "-ys"], "-y two", { b: "two" }],
    [["-x", "-ys"], "-y two -x", "cmd|c: extraneous characters at the end of line"],
    [["-x", "-ys"], "-y", "cmd|c: value expected for -y"],
    [["-x", "-ys"], "-z", "cmd|c: unsupported option -z"],
    [["-x", "s"], "-", "cmd|c: unsupported option -"],
    [["-x"], "", {}],
  ];
  it.each(cases)("%j of %j", (codes, line, result) => {
    expect(
      read(
        codes.map((code) => specs[code]),
        line,
      ),
    ).toEqual(result);
  });

  it("an option list that nobody knows is an unknown type", () => {
    expect(read([{ key: "device", code: "O" }], "x")).toBe("cmd|c: unknown type 'O'");
  });

  it("remembers the last print format", () => {
    const given = environment();
    const format = (line: string): unknown => read([specs["/"]], line, given);
    expect(format("")).toEqual({ a: { count: 1, format: "x", size: 4 } });
    expect(format("/4db")).toEqual({ a: { count: 4, format: "d", size: 1 } });
    expect(format("")).toEqual({ a: { count: 1, format: "d", size: 1 } });
    expect(format("/i")).toEqual({ a: { count: 1, format: "i", size: -1 } });
    expect(format("")).toEqual({ a: { count: 1, format: "i", size: -1 } });
    expect(format("/x")).toEqual({ a: { count: 1, format: "x", size: 1 } });
    expect(format("/g2")).toBe("invalid char in format: '2'");
  });
});
