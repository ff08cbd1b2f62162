import { readDouble } from "../../visitor/text/read-double.js";
import { ArgumentError } from "../argument-error.js";
import { isSpace } from "../line/cursor.js";
import type { ArgumentReader } from "./reader.js";

const unitsPerSecond = new Map([
  ["ms", 1e3],
  ["us", 1e6],
  ["ns", 1e9],
]);

/** `T`: a time in seconds, or in `ms`, `us`, `ns`; given on in seconds. */
export const readTime: ArgumentReader = (cursor, spec) => {
  if (spec.optional === true && cursor.isAtEnd()) return undefined;
  const read = readDouble(cursor.bytes, cursor.at);
  if (read === undefined) throw new ArgumentError("Number expected");
  if (!Number.isFinite(read.value)) throw new ArgumentError("Bad number");
  cursor.at = read.end;

  const perSecond = unitsPerSecond.get(cursor.bytes.slice(cursor.at, cursor.at + 2));
  if (perSecond !== undefined) cursor.at += 2;
  if (!cursor.isAtEnd() && !isSpace(cursor.peek())) throw new ArgumentError("Unknown unit suffix");
  return read.value / (perSecond ?? 1);
};
