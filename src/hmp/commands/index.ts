import type { HmpCommand } from "../../visitor/hmp-command.js";
import type { HmpArguments, HmpHandler } from "./handler.js";
import { help, infoHelp } from "./help.js";
import { infoMigrate } from "./info-migrate.js";
import { infoMigrateParameters } from "./info-migrate-parameters.js";
import { machineCommands } from "./machine.js";
import { migrateCommands } from "./migrate.js";
import { migrateSetParameter } from "./migrate-set-parameter.js";

/** What runs each command. */
const handlers: { readonly [Name in keyof HmpArguments]: HmpHandler<Name> } = {
  help,
  info: infoHelp,
  ...machineCommands,
  ...migrateCommands,
  migrate_set_parameter: migrateSetParameter,
  "info migrate": infoMigrate,
  "info migrate_parameters": infoMigrateParameters,
};

/** A command found by name. It is given the arguments that the table entry of that name reads. */
export type FoundHandler = HmpHandler<never>;

/** The handler of a command, given the table entries that led to it. */
export function findHandler(path: readonly HmpCommand[]): FoundHandler | undefined {
  const name = path.map(({ names }) => names[0]).join(" ");
  return isHandled(name) ? handlers[name] : undefined;
}

function isHandled(name: string): name is keyof HmpArguments {
  return Object.hasOwn(handlers, name);
}
