import { decodeKeepingBytes, encodeModifiedUtf8 } from "../../qmp/wire/modified-utf8.js";
import { Cursor } from "../line/cursor.js";
import { splitWords } from "../line/word.js";
import type { HmpCommand } from "../../visitor/hmp-command.js";
import { tableName } from "../table/command-table.js";
import { findByName } from "../table/find-command.js";
import type { HmpHandler } from "./handler.js";

/** `help`: all commands, those of a sub-table, or one. Words that cannot be read print nothing. */
export const help: HmpHandler<"help"> = (context, { name = "" }) => {
  const words = splitWords(new Cursor(encodeModifiedUtf8(name)));
  if (words !== undefined) context.print(helpText(context.table, words));
};

/** A bare `info`: help on what it can show. */
export const infoHelp: HmpHandler<"info"> = ({ print, table }) => {
  print(helpText(table, ["info"]));
};

/** Goes down a table as far as there are words; words behind a command without sub-table do not count. */
function helpText(table: readonly HmpCommand[], words: readonly string[]): string {
  let commands = table;
  for (const [depth, word] of words.entries()) {
    const command = findByName(commands, word);
    const path = words.slice(0, depth);
    if (command === undefined) return `unknown command: '${decodeKeepingBytes([...path, word].join(" "))}'\n`;
    if (command.subTable === undefined) return helpLine(command, path);
    commands = command.subTable;
  }
  return commands.map((command) => helpLine(command, words)).join("");
}

function helpLine(command: HmpCommand, path: readonly string[]): string {
  const name = [...path.map(decodeKeepingBytes), tableName(command)].join(" ");
  return `${name} ${command.params} -- ${command.help}\n`;
}
