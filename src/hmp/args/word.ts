import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { ArgumentError } from "../argument-error.js";
import { isGraph } from "../line/cursor.js";
import { readWord } from "../line/word.js";
import type { ArgumentReader } from "./reader.js";

/** `s`, `F`, `B`: one word; they differ in what they say when there is none. */
export function wordReader(what: string): ArgumentReader {
  return (cursor, _spec, context) => {
    const word = readWord(cursor);
    if (word === undefined) throw new ArgumentError(`${context.command}: ${what} expected`);
    return decodeKeepingBytes(word);
  };
}

/** `S`: the rest of the line as it stands, quotes and trailing space included. */
export const readRest: ArgumentReader = (cursor, _spec, context) => {
  if (cursor.isAtEnd()) throw new ArgumentError(`${context.command}: string expected`);
  return decodeKeepingBytes(cursor.takeRest());
};

/** `b`: exactly `on` or `off`. Its message does not name the command. */
export const readOnOff: ArgumentReader = (cursor) => {
  switch (cursor.takeWhile(isGraph)) {
    case "on":
      return true;
    case "off":
      return false;
    default:
      throw new ArgumentError("Expected 'on' or 'off'");
  }
};
