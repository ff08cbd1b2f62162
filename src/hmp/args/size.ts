import { readSize as readWholeSize } from "../../visitor/text/read-size.js";
import { ArgumentError } from "../argument-error.js";
import type { ArgumentReader } from "./reader.js";

/** As far as a size can reach; what follows is the next argument's. */
const SIZE_TEXT = /[+-]?(?:0x[0-9a-f]+|[0-9]*\.?[0-9]*)[bkmgtpe]?/iy;

const MAX_INT64 = (1n << 63n) - 1n;

/** `o`: a size below 2^63, in MiB where it names no unit; given on in bytes. */
export const readSize: ArgumentReader = (cursor, spec, { sizeGrammar }) => {
  if (spec.optional === true && cursor.isAtEnd()) return undefined;
  SIZE_TEXT.lastIndex = cursor.at;
  const text = SIZE_TEXT.exec(cursor.bytes)?.[0] ?? "";
  const read = readWholeSize(text, sizeGrammar, "M");
  if ("fault" in read || read.value > MAX_INT64) throw new ArgumentError("invalid size");
  cursor.at += text.length;
  return read.value;
};
