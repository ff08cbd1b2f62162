import type { Cursor } from "../line/cursor.js";
import { isSpace } from "../line/cursor.js";
import type { HmpCommand } from "../../visitor/hmp-command.js";

/** Bytes of a name that count when it is looked up. */
const MAX_NAME_BYTES = 255;

/** Looks a name up among names and aliases: whole and case-sensitive, nothing is abbreviated. */
export function findByName(table: readonly HmpCommand[], name: string): HmpCommand | undefined {
  const key = name.slice(0, MAX_NAME_BYTES);
  return table.find(({ names }) => names.includes(key));
}

/** Where a line leads: to a command, with the table's words up to it, or to a name nobody has. */
type Found =
  | { readonly kind: "command"; readonly command: HmpCommand; readonly path: readonly HmpCommand[] }
  | { readonly kind: "unknown"; /** the line through the end of the unknown name */ readonly typed: string }
  | { readonly kind: "blank" };

/**
 * Finds the command at the cursor, going down into sub-tables while words remain, and leaves the cursor
 * at the first argument. A name ends at space or `/`, and `/` starts the arguments (QEMU
 * `monitor_parse_command`).
 */
export function findCommand(cursor: Cursor, table: readonly HmpCommand[]): Found {
  const path: HmpCommand[] = [];
  let names = table;
  for (;;) {
    cursor.skipSpace();
    if (cursor.isAtEnd()) return { kind: "blank" };
    const name = cursor.takeWhile((byte) => byte !== "/" && !isSpace(byte));
    const command = findByName(names, name);
    if (command === undefined) return { kind: "unknown", typed: cursor.bytes.slice(0, cursor.at) };
    path.push(command);
    cursor.skipSpace();
    if (command.subTable === undefined || cursor.isAtEnd()) return { kind: "command", command, path };
    names = command.subTable;
  }
}
