import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { ArgumentError } from "../argument-error.js";
import { readWord } from "../line/word.js";
import type { ArgumentReader } from "./reader.js";

/**
 * `-x`: a flag, true when given; `-xs`: a flag with a word behind it. Flags are taken in the order of the
 * table: one that comes later in it is left for its own turn, any other is not supported.
 */
export const readFlag: ArgumentReader = (cursor, spec, context) => {
  if (cursor.peek() !== "-") return undefined;
  const start = cursor.at;
  cursor.at++;
  const letter = cursor.isAtEnd() ? undefined : cursor.peek();
  if (letter === undefined || letter !== spec.flag) {
    // At the end of the line QEMU looks for a bare "-" in what follows, and any flag has one.
    const comesLater = context.following.some(({ flag }) => flag !== undefined && flag === (letter ?? flag));
    if (!comesLater) throw unsupported(context.command, letter);
    cursor.at = start;
    return undefined;
  }
  cursor.at++;
  if (spec.flagValue !== true) return true;
  const word = readWord(cursor);
  if (word === undefined) throw new ArgumentError(`${context.command}: value expected for -${letter}`);
  return decodeKeepingBytes(word);
};

function unsupported(command: string, letter: string | undefined): ArgumentError {
  const message = `${command}: unsupported option -`;
  // Without a letter QEMU prints a NUL, which ends the message before its line end.
  if (letter === undefined) return new ArgumentError(message, { lineEnd: "" });
  return new ArgumentError(message + decodeKeepingBytes(letter));
}
