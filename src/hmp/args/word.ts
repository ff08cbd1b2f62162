import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { ArgumentError } from "../argument-error.js";
import { readWord } from "../line/word.js";
import type { ArgumentReader } from "./reader.js";

/** `s`, `F`, `B`: one word; they differ in what they say when there is none. */
export function wordReader(what: string): ArgumentReader {
  return (cursor, spec, context) => {
    if (spec.optional === true && cursor.isAtEnd()) return undefined;
    const word = readWord(cursor);
    if (word === undefined) throw new ArgumentError(`${context.command}: ${what} expected`);
    return decodeKeepingBytes(word);
  };
}

/** `S`: the rest of the line as it stands, quotes and trailing space included. */
export const readRest: ArgumentReader = (cursor, spec, context) => {
  if (cursor.isAtEnd()) {
    if (spec.optional === true) return undefined;
    throw new ArgumentError(`${context.command}: string expected`);
  }
  return decodeKeepingBytes(cursor.takeRest());
};
