import type { CommandName, Handler, QmpContext } from "./handler.js";
import { cont, exitPreconfig, queryName, queryStatus, queryUuid, queryVersion, stop } from "./machine.js";
import { migrate } from "./migrate.js";
import {
  migrateCancel,
  migrateContinue,
  migrateIncoming,
  migratePause,
  migrateRecover,
  migrateStartPostcopy,
} from "./migrate-control.js";
import { humanMonitorCommand, qmpCapabilities, queryCommands, queryQmpSchema, quit } from "./monitor.js";
import {
  migrateSetCapabilities,
  migrateSetParameters,
  queryMigrateCapabilities,
  queryMigrateParameters,
} from "./parameters.js";
import { queryMigrate } from "./query-migrate.js";

/** What runs each command. */
export const handlers: { readonly [Name in CommandName]?: Handler<Name, QmpContext> } = {
  qmp_capabilities: qmpCapabilities,
  "query-version": queryVersion,
  "query-commands": queryCommands,
  "query-qmp-schema": queryQmpSchema,
  "human-monitor-command": humanMonitorCommand,
  quit,
  "query-status": queryStatus,
  "query-name": queryName,
  "query-uuid": queryUuid,
  stop,
  cont,
  "x-exit-preconfig": exitPreconfig,
  "migrate-set-parameters": migrateSetParameters,
  "query-migrate-parameters": queryMigrateParameters,
  "migrate-set-capabilities": migrateSetCapabilities,
  "query-migrate-capabilities": queryMigrateCapabilities,
  migrate,
  migrate_cancel: migrateCancel,
  "migrate-continue": migrateContinue,
  "migrate-pause": migratePause,
  "migrate-start-postcopy": migrateStartPostcopy,
  "migrate-incoming": migrateIncoming,
  "migrate-recover": migrateRecover,
  "query-migrate": queryMigrate,
};
