import { ArgumentError } from "../argument-error.js";
import type { Cursor } from "../line/cursor.js";
import type { ArgumentCode, HmpCommand } from "../../visitor/hmp-command.js";
import { tableName } from "../table/command-table.js";
import { readFlag } from "./flag.js";
import { readInt, readLong, readMebibytes, readSize, readTime } from "./number.js";
import { readOptions } from "./options.js";
import { readPrintFormat } from "./print-format.js";
import type { ArgumentEnvironment, ArgumentReader, ArgumentValue } from "./reader.js";
import { readOnOff, readRest, wordReader } from "./word.js";

const readers: Readonly<Record<ArgumentCode, ArgumentReader>> = {
  F: wordReader("filename"),
  B: wordReader("block device name"),
  s: wordReader("string"),
  S: readRest,
  O: readOptions,
  i: readInt,
  l: readLong,
  M: readMebibytes,
  o: readSize,
  T: readTime,
  b: readOnOff,
  "/": readPrintFormat,
  "-": readFlag,
};

/** Codes to which `?` means nothing: their readers see to the end of the line themselves. */
const neverOptional: ReadonlySet<ArgumentCode> = new Set(["b", "/", "O"]);

/** A command's arguments by key; one that was not given has no member. */
export type Arguments = Readonly<Record<string, ArgumentValue | undefined>>;

/**
 * Reads a command's arguments from left to right, as its table says (QEMU `monitor_parse_arguments`).
 *
 * @throws {ArgumentError} at the first argument that cannot be read, or when something is left over
 */
export function readArguments(
  cursor: Cursor,
  command: HmpCommand,
  environment: ArgumentEnvironment,
): Arguments {
  const name = tableName(command);
  const values: Record<string, ArgumentValue | undefined> = {};
  command.arguments.forEach((spec, index) => {
    const following = command.arguments.slice(index + 1);
    cursor.skipSpace();
    if (spec.optional === true && !neverOptional.has(spec.code) && cursor.isAtEnd()) return;
    const value = readers[spec.code](cursor, spec, { ...environment, command: name, following });
    if (value !== undefined) values[spec.key] = value;
  });
  cursor.skipSpace();
  if (!cursor.isAtEnd()) throw new ArgumentError(`${name}: extraneous characters at the end of line`);
  return values;
}
