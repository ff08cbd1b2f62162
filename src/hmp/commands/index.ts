import type { HmpCommand } from "../../visitor/hmp-command.js";
import { help, infoHelp } from "./help.js";
import type { HmpArguments, HmpHandler } from "./handler.js";
import { infoMigrate } from "./info-migrate.js";
import { infoMigrateCapabilities } from "./info-migrate-capabilities.js";
import { infoMigrateParameters } from "./info-migrate-parameters.js";
import {
  cont,
  exitPreconfig,
  infoHistory,
  infoName,
  infoStatus,
  infoUuid,
  infoVersion,
  quit,
  stop,
} from "./machine.js";
import {
  migrate,
  migrateCancel,
  migrateContinue,
  migrateIncoming,
  migratePause,
  migrateRecover,
  migrateStartPostcopy,
} from "./migrate.js";
import { migrateSetCapability } from "./migrate-set-capability.js";
import { migrateSetParameter } from "./migrate-set-parameter.js";

/** What runs each command. */
const handlers: { readonly [Name in keyof HmpArguments]: HmpHandler<Name> } = {
  help,
  info: infoHelp,
  quit,
  stop,
  cont,
  exit_preconfig: exitPreconfig,
  migrate,
  migrate_cancel: migrateCancel,
  migrate_continue: migrateContinue,
  migrate_incoming: migrateIncoming,
  migrate_recover: migrateRecover,
  migrate_pause: migratePause,
  migrate_set_capability: migrateSetCapability,
  migrate_set_parameter: migrateSetParameter,
  migrate_start_postcopy: migrateStartPostcopy,
  "info version": infoVersion,
  "info history": infoHistory,
  "info status": infoStatus,
  "info name": infoName,
  "info uuid": infoUuid,
  "info migrate": infoMigrate,
  "info migrate_capabilities": infoMigrateCapabilities,
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
