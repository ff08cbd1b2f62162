import type { ArgumentSpec } from "../../visitor/hmp-command.js";
import { readDouble } from "../../visitor/text/read-double.js";
import { readSize as readWholeSize } from "../../visitor/text/read-size.js";
import { ArgumentError } from "../argument-error.js";
import { evaluateExpression } from "../expression/evaluate.js";
import { type Cursor, isSpace } from "../line/cursor.js";
import type { ArgumentReader } from "./reader.js";

const MEBIBYTE = 1n << 20n;

/** `l`: a 64-bit expression. */
export const readLong: ArgumentReader = (cursor, spec, context) =>
  isPresent(cursor, spec) ? evaluateExpression(cursor, context.registers) : undefined;

/** `i`: an expression from 0 to 2^32-1; QEMU's test of the upper half refuses every negative value. */
export const readInt: ArgumentReader = (cursor, spec, context) => {
  if (!isPresent(cursor, spec)) return undefined;
  const value = evaluateExpression(cursor, context.registers);
  if (value >> 32n !== 0n) {
    throw new ArgumentError(`'${context.command}' has failed: integer is for 32-bit values`);
  }
  return value;
};

/** `M`: a non-negative expression in MiB, given on in bytes; the product wraps at 64 bits. */
export const readMebibytes: ArgumentReader = (cursor, spec, context) => {
  if (!isPresent(cursor, spec)) return undefined;
  const value = evaluateExpression(cursor, context.registers);
  if (value < 0n) throw new ArgumentError("enter a positive value");
  return BigInt.asIntN(64, value * MEBIBYTE);
};

/** With `.` in the table it is there if a point stands before it. */
function isPresent(cursor: Cursor, spec: ArgumentSpec): boolean {
  if (spec.optional === true || spec.dotted !== true) return true;
  if (cursor.peek() !== ".") return false;
  cursor.at++;
  return true;
}

/** As far as a size can reach; what follows is the next argument's. */
const SIZE_TEXT = /[+-]?(?:0x[0-9a-f]+\.?|[0-9]*\.?[0-9]*)[bkmgtpe]?/iy;

const MAX_INT64 = (1n << 63n) - 1n;

/** `o`: a size below 2^63, in MiB where it names no unit; given on in bytes. */
export const readSize: ArgumentReader = (cursor, _spec, { sizeGrammar }) => {
  SIZE_TEXT.lastIndex = cursor.at;
  const text = SIZE_TEXT.exec(cursor.bytes)?.[0] ?? "";
  const read = readWholeSize(text, sizeGrammar, "M");
  if ("fault" in read || read.value > MAX_INT64) throw new ArgumentError("invalid size");
  cursor.at += text.length;
  return read.value;
};

const unitsPerSecond = new Map([
  ["ms", 1e3],
  ["us", 1e6],
  ["ns", 1e9],
]);

/** `T`: a time in seconds, or in `ms`, `us`, `ns`; given on in seconds. */
export const readTime: ArgumentReader = (cursor) => {
  const read = readDouble(cursor.bytes, cursor.at);
  if (read === undefined) throw new ArgumentError("Number expected");
  if (!Number.isFinite(read.value)) throw new ArgumentError("Bad number");
  cursor.at = read.end;

  const perSecond = unitsPerSecond.get(cursor.bytes.slice(cursor.at, cursor.at + 2));
  if (perSecond !== undefined) cursor.at += 2;
  if (!cursor.isAtEnd() && !isSpace(cursor.peek())) throw new ArgumentError("Unknown unit suffix");
  return read.value / (perSecond ?? 1);
};
