import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { ArgumentError } from "../argument-error.js";
import { isDigit, isSpace } from "../line/cursor.js";
import type { ArgumentReader, RememberedFormat } from "./reader.js";

/** How a monitor starts: words of four bytes in hexadecimal. */
export function initialFormat(): RememberedFormat {
  return { format: "x", size: 4 };
}

const sizes = new Map([
  ["b", 1],
  ["h", 2],
  ["w", 4],
  ["g", 8],
  ["L", 8],
]);

/** `/`: COUNT, then a format letter and a size letter in any order, the last of each counting. */
export const readPrintFormat: ArgumentReader = (cursor, _spec, { remembered }) => {
  if (cursor.peek() !== "/") {
    return { count: 1, format: remembered.format, size: remembered.format === "i" ? -1 : remembered.size };
  }
  cursor.at++;
  const digits = cursor.takeWhile(isDigit);
  const letters = cursor.takeWhile((byte) => "oduxic".includes(byte) || sizes.has(byte));
  if (!cursor.isAtEnd() && !isSpace(cursor.peek())) {
    throw new ArgumentError(`invalid char in format: '${decodeKeepingBytes(cursor.peek())}'`);
  }

  const format = /[oduxic](?=[^oduxic]*$)/.exec(letters)?.[0] ?? remembered.format;
  const sizeLetter = /[bhwgL](?=[^bhwgL]*$)/.exec(letters)?.[0] ?? "";
  let size = sizes.get(sizeLetter) ?? -1;
  if (format !== "i") {
    if (size < 0) size = remembered.size;
    remembered.size = size;
  }
  remembered.format = format;
  return { count: digits === "" ? 1 : toInt32(digits), format, size };
};

/** Digits as a C `int` that wraps. */
function toInt32(digits: string): number {
  let value = 0;
  for (const digit of digits) value = (Math.imul(value, 10) + Number(digit)) | 0;
  return value;
}
