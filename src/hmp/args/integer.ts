import { ArgumentError } from "../argument-error.js";
import { evaluateExpression } from "../expression/evaluate.js";
import type { Cursor } from "../line/cursor.js";
import type { ArgumentSpec } from "../../visitor/hmp-command.js";
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

/** `?`: there, unless the line has ended. `.`: there, if a point stands before it. */
function isPresent(cursor: Cursor, spec: ArgumentSpec): boolean {
  if (spec.optional === true) return !cursor.isAtEnd();
  if (spec.dotted !== true) return true;
  if (cursor.peek() !== ".") return false;
  cursor.at++;
  return true;
}
