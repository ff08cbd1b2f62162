import { conditionHolds } from "../../util/condition.js";
import type { HmpCommand } from "../../visitor/hmp-command.js";

/** The name as tables and messages show it: `help|?`. */
export function tableName(command: HmpCommand): string {
  return command.names.join("|");
}

/**
 * The table as a QEMU built with the given symbols has it: entries whose condition does not hold are gone,
 * sub-tables likewise, and names are in order, as QEMU sorts them when it starts.
 */
export function resolveTable(table: readonly HmpCommand[], defines: ReadonlySet<string>): HmpCommand[] {
  return table
    .filter(({ condition }) => conditionHolds(condition, defines))
    .map((command) =>
      command.subTable === undefined
        ? command
        : { ...command, subTable: resolveTable(command.subTable, defines) },
    )
    .sort((a, b) => (tableName(a) < tableName(b) ? -1 : 1));
}

/** Whether a command can be run before the machine is made. */
export function isInPreconfig({ flags }: HmpCommand): boolean {
  return flags.includes("p");
}

/** The commands of a table that can be run before the machine is made, sub-tables likewise. */
export function inPreconfig(table: readonly HmpCommand[]): HmpCommand[] {
  return table
    .filter(isInPreconfig)
    .map((command) =>
      command.subTable === undefined ? command : { ...command, subTable: inPreconfig(command.subTable) },
    );
}
