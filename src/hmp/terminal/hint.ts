import type { Machine } from "../../migration/machine.js";
import { nearest } from "../../util/did-you-mean.js";
import type { HmpCommand } from "../table/command-table.js";
import { findByName } from "../table/find-command.js";
import { qemuCommandNames, qemuInfoNames } from "./qemu-names.js";

/**
 * What may help a person after a line that failed: that QEMU has the command and this monitor has not, or
 * what the word may have meant. Undefined when there is nothing to say.
 */
export function hintFor(line: string, table: readonly HmpCommand[], machine: Machine): string | undefined {
  const [first = "", second, ...others] = line.trim().split(/\s+/);
  const command = findByName(table, first);
  if (command === undefined) return unknownName(first, table, qemuCommandNames);
  if (second === undefined) return undefined;
  if (command.names.includes("help")) return hintFor([second, ...others].join(" "), table, machine);
  if (command.subTable !== undefined) {
    const isKnown = findByName(command.subTable, second) !== undefined;
    return isKnown ? undefined : unknownName(second, command.subTable, qemuInfoNames);
  }
  const known = settingNames(command, machine);
  return known === undefined || known.includes(second) ? undefined : suggestion(second, known);
}

function unknownName(
  name: string,
  table: readonly HmpCommand[],
  ofQemu: ReadonlySet<string>,
): string | undefined {
  if (ofQemu.has(name)) return `QEMU has '${name}', this monitor has not`;
  return suggestion(
    name,
    table.flatMap(({ names }) => names),
  );
}

function suggestion(word: string, names: readonly string[]): string | undefined {
  const [name] = nearest(word, names, 1);
  return name === undefined ? undefined : `did you mean '${name}'?`;
}

/** The names that a command's first argument may be. */
function settingNames({ names }: HmpCommand, { types }: Machine): readonly string[] | undefined {
  if (names.includes("migrate_set_parameter")) return types.parameter.values.map(({ name }) => name);
  if (names.includes("migrate_set_capability")) return types.capability.values.map(({ name }) => name);
  return undefined;
}
