import { readDouble } from "./read-double.js";
import { readUint64, type NumberFault, type NumberText } from "./read-integer.js";

/**
 * Which grammar of sizes applies. QEMU 8.1 rewrote the `old` one: `.5k` became valid, hexadecimal with
 * a suffix ceased to be, and a minus sign became a range error.
 */
export type SizeGrammar = "old" | "current";

/** A size that was read, in bytes. */
export interface SizeText {
  readonly value: bigint;
  /** What QEMU reports beside the value: a warning, without the word itself. */
  readonly warning?: string;
}

/** Why a size was refused; the old grammar may warn of a suffix and refuse the rest. */
export interface SizeRefusal {
  readonly fault: NumberFault;
  readonly warning?: string;
}

/** Multipliers by suffix letter. */
export type SizeSuffix = "B" | "K" | "M" | "G" | "T" | "P" | "E";

/**
 * Reads a count of bytes that fills the whole text: digits with an optional fraction and suffix
 * (`1.5G`), or hexadecimal (QEMU's `do_strtosz`).
 *
 * @param defaultSuffix the unit where the text names none
 */
export function readSize(
  text: string,
  grammar: SizeGrammar,
  defaultSuffix: SizeSuffix = "B",
): SizeText | SizeRefusal {
  const read = grammar === "old" ? readAmountOld(text) : readAmount(text);
  if ("fault" in read) {
    // Something left over outweighs a number that is too large.
    return read.end < text.length ? { fault: "invalid" } : { fault: read.fault };
  }
  const suffix = suffixAt(text, read.end);
  if (read.hex && suffix !== undefined && grammar !== "old") return { fault: "invalid" };
  const end = suffix === undefined ? read.end : read.end + 1;
  const warning =
    read.hex && suffix !== undefined
      ? { warning: `Using a multiplier suffix on hex numbers is deprecated: ${text}` }
      : {};
  const value = scale(read, suffix ?? multiplierOf(defaultSuffix));
  if (value === undefined || end < text.length) return { fault: "invalid", ...warning };
  return value >= 1n << 64n ? { fault: "range", ...warning } : { value, ...warning };
}

/** A size before its unit: an integer and a binary fraction of 64 bits. */
interface Amount {
  readonly whole: bigint;
  readonly fraction: bigint;
  readonly hex: boolean;
  readonly end: number;
}

interface Refused {
  readonly fault: NumberFault;
  /** How far QEMU had read. */
  readonly end: number;
}

const FRACTION_UNIT = 2 ** 64;

function readAmount(text: string): Amount | Refused {
  const integer = readUint64(text, 10);
  if (integer === "range" || isNegative(text, integer)) return tooLarge(text, DECIMAL);
  if (startsHex(text, integer)) return readHex(text);
  const at = integer === "invalid" ? 0 : integer.end;
  const whole = integer === "invalid" ? 0n : integer.value;
  if (text[at] === "." || (integer === "invalid" && text.includes("."))) {
    if (integer !== "invalid" && !/[0-9]/.test(text[at + 1] ?? "")) {
      return { whole, fraction: 0n, hex: false, end: at + 1 };
    }
    return readFraction(text, at, whole);
  }
  return integer === "invalid" ? { fault: "invalid", end: 0 } : { whole, fraction: 0n, hex: false, end: at };
}

/** Reads what follows the integer part; `e` is a suffix here, never an exponent. */
function readFraction(text: string, at: number, whole: bigint): Amount | Refused {
  const digits = readDouble(/^[^eE]*/.exec(text.slice(at))?.[0] ?? "");
  if (digits === undefined || !Number.isFinite(digits.value)) return { fault: "invalid", end: 0 };
  const end = at + digits.end;
  if (Object.is(digits.value, -0) || digits.value < 0) return { fault: "range", end };
  if (digits.value === 1) {
    // Digits beyond the precision of a double round up to the next integer.
    return whole === (1n << 64n) - 1n
      ? { fault: "range", end }
      : { whole: whole + 1n, fraction: 0n, hex: false, end };
  }
  const fraction = BigInt(Math.floor(digits.value * FRACTION_UNIT));
  const isTiny = fraction === 0n && (digits.value > 0 || digits.outOfRange);
  return { whole, fraction: isTiny ? 1n : fraction, hex: false, end };
}

/** The grammar before QEMU 8.1: an integer part is a must, and a fraction may not have an exponent. */
function readAmountOld(text: string): Amount | Refused {
  const integer = readUint64(text, 10);
  if (integer === "range") return tooLarge(text, DECIMAL);
  if (integer === "invalid" || isNegative(text, integer)) return { fault: "invalid", end: 0 };
  if (startsHex(text, integer)) return readHex(text);
  const { value: whole, end } = integer;
  if (text[end] !== ".") return { whole, fraction: 0n, hex: false, end };
  const digits = readDouble(text.slice(end));
  // QEMU steps over one character when there are no digits, or when they are too small to count.
  if (digits === undefined || digits.outOfRange) {
    const vanished = digits !== undefined && Number.isFinite(digits.value);
    return { whole, fraction: 0n, hex: false, end: end + 1 + (vanished ? digits.end : 0) };
  }
  if (/e/i.test(text.slice(end, end + digits.end))) return { fault: "invalid", end: 0 };
  // A fraction that rounds to 1 does not fit its 64 bits and is lost.
  const fraction = BigInt.asUintN(64, BigInt(Math.floor(digits.value * FRACTION_UNIT)));
  return { whole, fraction, hex: false, end: end + digits.end };
}

function readHex(text: string): Amount | Refused {
  const hex = readUint64(text, 16);
  if (hex === "range") return tooLarge(text, HEX);
  if (hex === "invalid" || text[hex.end] === ".") return { fault: "invalid", end: 0 };
  return { whole: hex.value, fraction: 0n, hex: true, end: hex.end };
}

function startsHex(text: string, integer: NumberText | "invalid"): boolean {
  return integer !== "invalid" && integer.value === 0n && /x/i.test(text[integer.end] ?? "");
}

function isNegative(text: string, integer: NumberText | "invalid"): boolean {
  return integer !== "invalid" && /^[ \t\n\v\f\r]*-/.test(text);
}

const DECIMAL = /^[ \t\n\v\f\r]*[+-]?[0-9]+/;
const HEX = /^[ \t\n\v\f\r]*[+-]?0[xX][0-9a-fA-F]+/;

/** Too large a number counts as read to the end of its digits. */
function tooLarge(text: string, digits: RegExp): Refused {
  return { fault: "range", end: digits.exec(text)?.[0].length ?? 0 };
}

/** The whole size, rounded half up; undefined when a fraction has no unit to be a fraction of. */
function scale({ whole, fraction }: Amount, multiplier: bigint): bigint | undefined {
  if (multiplier === 1n) return fraction === 0n ? whole : undefined;
  return whole * multiplier + ((fraction * multiplier + (1n << 63n)) >> 64n);
}

const SUFFIXES = "BKMGTPE";

function suffixAt(text: string, at: number): bigint | undefined {
  const letter = (text[at] ?? "").toUpperCase();
  return letter !== "" && SUFFIXES.includes(letter) ? multiplierOf(letter as SizeSuffix) : undefined;
}

function multiplierOf(suffix: SizeSuffix): bigint {
  return 1n << BigInt(10 * SUFFIXES.indexOf(suffix));
}
