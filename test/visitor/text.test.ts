import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromText,
  readDouble,
  readInt64,
  readSize,
  readUint64,
  toText,
  type VisitError,
  visitArray,
  visitBool,
  visitInt,
  visitInt16,
  visitNull,
  visitNumber,
  visitSize,
  visitStr,
  visitUint64,
  visitUint8,
} from "../../src/visitor/index.js";
import type { SizeGrammar, TypeVisit } from "../../src/visitor/index.js";
import { visitBitmap, visitColor, visitShapeRef } from "./sample-types.js";

describe("readUint64", () => {
  it.each<[string, 0 | 10 | 16, bigint | string, number?]>([
    ["0", 0, 0n, 1],
    ["17", 0, 17n, 2],
    [" \t\n\v\f\r+17x", 0, 17n, 9],
    ["0x1F", 0, 31n, 4],
    ["0x", 0, 0n, 1],
    ["0xg", 0, 0n, 1],
    ["017", 0, 15n, 3],
    ["018", 0, 1n, 2],
    ["09", 0, 0n, 1],
    ["017", 10, 17n, 3],
    ["0x1f", 10, 0n, 1],
    ["1f", 16, 31n, 2],
    ["0x1f", 16, 31n, 4],
    ["-1", 0, 2n ** 64n - 1n, 2],
    ["-18446744073709551615", 0, 1n, 21],
    ["18446744073709551615", 0, 2n ** 64n - 1n, 20],
    ["18446744073709551616", 0, "range"],
    ["-18446744073709551616", 0, "range"],
    ["", 0, "invalid"],
    ["-", 0, "invalid"],
    ["- 1", 0, "invalid"],
    ["x", 0, "invalid"],
  ])("%j in base %d", (text, base, value, end) => {
    expect(readUint64(text, base)).toEqual(typeof value === "string" ? value : { value, end });
  });
});

describe("readInt64", () => {
  it.each<[string, bigint | string]>([
    ["-9223372036854775808", -(2n ** 63n)],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["9223372036854775808", "range"],
    ["-9223372036854775809", "range"],
    ["-0x10", -16n],
  ])("%j", (text, value) => {
    expect(readInt64(text, 0)).toEqual(typeof value === "string" ? value : { value, end: text.length });
  });
});

describe("readDouble", () => {
  it.each<[string, number, number]>([
    ["1.5e3x", 1500, 5],
    [".5", 0.5, 2],
    ["5.", 5, 2],
    ["1e", 1, 1],
    ["-0x1.8p1", -3, 8],
    ["  inf", Infinity, 5],
    ["-Infinity!", -Infinity, 9],
  ])("%j", (text, value, end) => {
    expect(readDouble(text)).toEqual({ value, end, outOfRange: false });
  });
  it("knows what is no number, too large and too small", () => {
    expect(readDouble("e5")).toBeUndefined();
    expect(readDouble(".")).toBeUndefined();
    expect(readDouble("1e999")).toEqual({ value: Infinity, end: 5, outOfRange: true });
    expect(readDouble("1e-999")).toEqual({ value: 0, end: 6, outOfRange: true });
    expect(readDouble("0e-999")).toEqual({ value: 0, end: 6, outOfRange: false });
    expect(readDouble("nan")?.value).toBeNaN();
  });
});

describe("readSize", () => {
  const MAX = 2n ** 64n - 1n;
  it.each<[string, bigint | "invalid" | "range", (bigint | "invalid" | "range")?]>([
    ["0", 0n],
    ["12345", 12345n],
    ["  +7", 7n],
    ["1k", 1024n],
    ["1K", 1024n],
    ["1b", 1n],
    ["2M", 2n << 20n],
    ["2g", 2n << 30n],
    ["2T", 2n << 40n],
    ["2p", 2n << 50n],
    ["1e", 1n << 60n],
    ["15E", 15n << 60n],
    ["16E", "range"],
    ["18446744073709551615", MAX],
    ["18446744073709551616", "range"],
    ["18446744073709551616k", "invalid"],
    ["1.5k", 1536n],
    ["1.k", 1024n],
    ["1.", 1n],
    ["1.0", 1n],
    ["1.5", "invalid"],
    ["1.5B", "invalid"],
    ["0.0009765625k", 1n],
    ["0.00048828125k", 1n],
    ["0.0004k", 0n],
    ["010", 10n],
    ["0x10", 16n],
    ["0X1F", 31n],
    ["0x1b", 27n],
    ["0x1.8k", "invalid"],
    ["0x10k", "invalid", 16384n],
    ["0x1p", "invalid", 1n << 50n],
    ["0xffffffffffffffffff", "range"],
    ["1e3", "invalid"],
    ["1.5e3k", "invalid"],
    ["1KB", "invalid"],
    ["1KiB", "invalid"],
    ["1 k", "invalid"],
    ["k", "invalid"],
    ["", "invalid"],
    [".5k", 512n, "invalid"],
    ["+.5k", 512n, "invalid"],
    ["-1", "range", "invalid"],
    ["-0", "range", "invalid"],
    ["-0k", "invalid"],
    ["-.5", "range", "invalid"],
    ["-18446744073709551616", "range"],
    ["1.99999999999999999999k", 2048n, 1024n],
    ["18446744073709551615.99999999999999999999k", "invalid", "range"],
    ["18446744073709551615.99999999999999999999", "range", MAX],
    ["inf.", "invalid"],
    ["1.5kx", "invalid"],
  ])("%j", (text, current, old = current) => {
    const outcome = (grammar: SizeGrammar) => {
      const read = readSize(text, grammar);
      return "fault" in read ? read.fault : read.value;
    };
    expect(outcome("current")).toEqual(current);
    expect(outcome("old")).toEqual(old);
  });

  it("warns of a suffix on hexadecimal, as QEMU 7.2 does", () => {
    const warning = (text: string) => `Using a multiplier suffix on hex numbers is deprecated: ${text}`;
    expect(readSize("0x1k", "old")).toEqual({ value: 1024n, warning: warning("0x1k") });
    expect(readSize("0x1p3", "old")).toEqual({ fault: "invalid", warning: warning("0x1p3") });
  });

  it("takes the unit that a text leaves out from its caller", () => {
    expect(readSize("3", "current", "M")).toEqual({ value: 3n << 20n });
    expect(readSize("0x1", "current", "M")).toEqual({ value: 1n << 20n });
    expect(readSize("3B", "current", "M")).toEqual({ value: 3n });
  });

  it("never throws, and agrees on plain digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789.kKeExX+- bB")) }), (text) => {
        readSize(text, "old");
        readSize(text, "current");
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX }), (value) => {
        expect(readSize(value.toString(), "old")).toEqual({ value });
        expect(readSize(value.toString(), "current")).toEqual({ value });
      }),
    );
  });
});

describe("fromText", () => {
  it.each<[TypeVisit<unknown>, string, unknown]>([
    [visitInt, "-0x10", -16n],
    [visitUint64, "-1", 2n ** 64n - 1n],
    [visitUint8, "-18446744073709551615", 1],
    [visitUint8, "0377", 255],
    [visitInt16, "-5", -5],
    [visitSize, "1.5G", 3n << 29n],
    [visitBool, "y", true],
    [visitBool, "off", false],
    [visitStr, " as it is ", " as it is "],
    [visitNumber, "1e3", 1000],
    [visitNull, "", null],
    [visitColor, "green", "green"],
    [visitShapeRef, "name", "name"],
    [visitArray(visitInt), "", []],
    [visitArray(visitInt), "1,3-5,", [1n, 3n, 4n, 5n]],
    [visitArray(visitInt), "-2--1,0x10", [-2n, -1n, 16n]],
    [visitArray(visitUint8), "1-3", [1, 2, 3]],
  ])("%o %j", (type, text, value) => {
    expect(fromText(type, text, "x")).toEqual(value);
  });

  it.each<[TypeVisit<unknown>, string, string]>([
    [visitInt, "1x", "Parameter 'x' expects int64"],
    [visitUint8, "", "Parameter 'x' expects uint64"],
    [visitUint8, "256", "Parameter 'x' expects uint8_t"],
    [visitSize, "1q", "Parameter 'x' expects a non-negative number below 2^64"],
    [visitSize, "16E", "Value '16E' is out of range for parameter 'x'"],
    [visitBool, "ON", "Parameter 'x' expects 'on' or 'off'"],
    [visitNumber, "1e999", "Invalid parameter type for 'x', expected: number"],
    [visitNull, "null", "Invalid parameter type for 'x', expected: null"],
    [visitColor, "Green", "Parameter 'x' does not accept value 'Green'"],
    [visitArray(visitInt), "5-3", "Parameter 'null' expects list of int64 values or ranges"],
    [visitArray(visitUint64), "0-65536", "Parameter 'null' expects list of uint64 values or ranges"],
    [visitArray(visitUint8), "255-256,x", "Parameter 'null' expects uint8_t"],
    [visitArray(visitStr), "a", "Parameter 'x' cannot be given as text"],
    [visitBitmap, "a", "Parameter 'x' cannot be given as text"],
  ])("%o refuses %j", (type, text, message) => {
    expect(() => fromText(type, text, "x")).toThrow(message);
  });

  it("gives the monitor's hint with a size that is none", () => {
    try {
      fromText(visitSize, "x", "x");
      expect.unreachable();
    } catch (error) {
      expect((error as VisitError).hint).toBe(
        "Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\nand exabytes, respectively.\n",
      );
    }
  });

  it("hands warnings on", () => {
    const warnings: string[] = [];
    fromText(visitSize, "0x1k", "x", { sizes: "old", warn: (message) => warnings.push(message) });
    expect(warnings).toEqual(["Using a multiplier suffix on hex numbers is deprecated: 0x1k"]);
  });
});

describe("toText", () => {
  it.each<[TypeVisit<unknown>, unknown, string]>([
    [visitInt, -5n, "-5"],
    [visitUint64, 2n ** 64n - 1n, "-1"],
    [visitSize, 2n ** 64n - 1n, "18446744073709551615"],
    [visitUint8, 7, "7"],
    [visitBool, true, "true"],
    [visitStr, "a b", "a b"],
    [visitNumber, 0.1, "0.10000000000000001"],
    [visitNull, null, ""],
    [visitColor, "red", "red"],
    [visitArray(visitInt), [5n, 1n, 2n, 3n, 3n], "1-3,5"],
    [visitArray(visitStr), ["a", "b"], "a, b"],
    [visitBitmap, { name: "n", alias: "a" }, "<omitted>"],
    [visitShapeRef, "x", "x"],
  ])("%o %o", (type, value, text) => {
    expect(toText(type, value)).toBe(text);
  });
});
