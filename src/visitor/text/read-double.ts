import { matchAt } from "./read-integer.js";

/** A number read off the front of a text. */
export interface DoubleText {
  readonly value: number;
  /** Where reading stopped. */
  readonly end: number;
  /** Set when the number is too large for a double, or too small for an exact one (`ERANGE`). */
  readonly outOfRange: boolean;
}

const SMALLEST_NORMAL = 2 ** -1022;
const BLANKS = /[ \t\n\v\f\r]*/y;
const DECIMAL = /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const HEX = /([+-]?)0[xX](?=\.?[0-9a-fA-F])([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?[0-9]+))?/y;
const SPECIAL = /([+-]?)(inf(?:inity)?|nan(?:\([0-9a-zA-Z_]*\))?)/iy;

/**
 * Reads a number as C's `strtod` does: decimal or hexadecimal, with an exponent; `inf` and `nan`
 * are numbers too. Undefined when there is none.
 */
export function readDouble(text: string, start = 0): DoubleText | undefined {
  const at = start + (matchAt(BLANKS, text, start)?.[0].length ?? 0);
  const special = matchAt(SPECIAL, text, at);
  if (special !== null) {
    const value = /inf/i.test(special[0]) ? Infinity : NaN;
    return { value: special[1] === "-" ? -value : value, end: at + special[0].length, outOfRange: false };
  }
  const hex = matchAt(HEX, text, at);
  const decimal = hex ?? matchAt(DECIMAL, text, at);
  if (decimal === null) return undefined;
  const value = hex === null ? Number(decimal[0]) : hexValue(hex);
  const isTiny = Math.abs(value) < SMALLEST_NORMAL && /[1-9a-f]/i.test(mantissaOf(decimal[0], hex !== null));
  return { value, end: at + decimal[0].length, outOfRange: !Number.isFinite(value) || isTiny };
}

/** Digits that 53 bits cannot hold are rounded to nearest. */
function hexValue([, sign, digits = "", fraction = "", exponent = "0"]: RegExpExecArray): number {
  const value = Number(BigInt(`0x${digits}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}

function mantissaOf(text: string, isHex: boolean): string {
  return isHex ? text.replace(/0x/i, "").replace(/p.*$/i, "") : text.replace(/e.*$/i, "");
}
