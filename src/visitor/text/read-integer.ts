/**
 * Integers as C's `strtoull` and `strtoll` read them, in the way QEMU uses those: a number that
 * does not fit is an error, never clamped.
 */

/** A number read off the front of a text. */
export interface NumberText {
  readonly value: bigint;
  /** Where reading stopped. */
  readonly end: number;
}

/** Nothing was read: there are no digits (`EINVAL`), or the number does not fit (`ERANGE`). */
export type NumberFault = "invalid" | "range";

const UINT64 = 1n << 64n;
const INT64 = 1n << 63n;

/**
 * Reads a uint64 (`qemu_strtou64`): leading blanks, a sign, digits. A negative number is taken
 * modulo 2^64; its digits must fit 64 bits.
 *
 * @param base 10, 16, or 0 for C's prefixes: `0x` hexadecimal, `0` octal
 */
export function readUint64(text: string, base: 0 | 10 | 16, start = 0): NumberText | NumberFault {
  const read = readDigits(text, base, start);
  if (read === undefined) return "invalid";
  if (read.magnitude >= UINT64) return "range";
  return { value: BigInt.asUintN(64, read.negative ? -read.magnitude : read.magnitude), end: read.end };
}

/** Reads an int64 (`qemu_strtoi64`). */
export function readInt64(text: string, base: 0 | 10 | 16, start = 0): NumberText | NumberFault {
  const read = readDigits(text, base, start);
  if (read === undefined) return "invalid";
  if (read.magnitude > (read.negative ? INT64 : INT64 - 1n)) return "range";
  return { value: read.negative ? -read.magnitude : read.magnitude, end: read.end };
}

interface Digits {
  readonly negative: boolean;
  readonly magnitude: bigint;
  readonly end: number;
}

const SIGN = /[ \t\n\v\f\r]*([+-]?)/y;
const DECIMAL = /[0-9]+/y;
const OCTAL = /[0-7]+/y;
const PREFIXED_HEX = /0[xX]([0-9a-fA-F]+)/y;
const HEX = /(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]+)/y;

function readDigits(text: string, base: 0 | 10 | 16, start: number): Digits | undefined {
  const sign = matchAt(SIGN, text, start);
  const at = start + (sign?.[0].length ?? 0);
  const negative = sign?.[1] === "-";
  const digits = (match: RegExpExecArray, prefix: string): Digits => ({
    negative,
    magnitude: BigInt(prefix + (match[1] ?? match[0])),
    end: at + match[0].length,
  });
  const hex = base === 10 ? null : matchAt(base === 0 ? PREFIXED_HEX : HEX, text, at);
  if (hex !== null) return digits(hex, "0x");
  const octal = base === 0 && text[at] === "0" ? matchAt(OCTAL, text, at) : null;
  if (octal !== null) return digits(octal, "0o");
  const decimal = base === 16 ? null : matchAt(DECIMAL, text, at);
  return decimal === null ? undefined : digits(decimal, "");
}

/** What a sticky pattern matches at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
