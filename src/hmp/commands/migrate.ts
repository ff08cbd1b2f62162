import { uriFault } from "../../migration/transports.js";
import { migrate as qmpMigrate } from "../../qmp/handlers/migrate.js";
import * as control from "../../qmp/handlers/migrate-control.js";
import { parseEnum } from "./parse-enum.js";
import type { HmpHandler } from "./handler.js";
import { visitMigrationStatus } from "../../../generated/qapi/visitors/migration.js";

/** Starts a migration and, unless detached, keeps the monitor waiting until it is over. */
export const migrate: HmpHandler<"migrate"> = (context, { detach = false, ...args }) => {
  qmpMigrate(context, args);
  if (detach) return undefined;
  const { machine } = context;
  if (context.canWait) {
    return machine.finishMigration().then(() => {
      machine.migration.reportFailure();
    });
  }
  context.print("terminal does not allow synchronous migration, continuing detached\n");
  return undefined;
};

export const migrateCancel: HmpHandler<"migrate_cancel"> = (context) => {
  control.migrateCancel(context, undefined);
};

export const migrateContinue: HmpHandler<"migrate_continue"> = (context, { state }) => {
  control.migrateContinue(context, { state: parseEnum(visitMigrationStatus, state) });
};

export const migratePause: HmpHandler<"migrate_pause"> = (context) => {
  control.migratePause(context, undefined);
};

export const migrateStartPostcopy: HmpHandler<"migrate_start_postcopy"> = (context) => {
  control.migrateStartPostcopy(context, undefined);
};

export const migrateIncoming: HmpHandler<"migrate_incoming"> = (context, { uri }) => {
  // Newer monitors read the URI before they ask whether a migration may come in.
  const { profile } = context.machine;
  const fault = profile.transports.refusalFails ? undefined : uriFault(profile, uri);
  if (fault !== undefined) throw fault;
  control.migrateIncoming(context, { uri });
};

export const migrateRecover: HmpHandler<"migrate_recover"> = (context, { uri }) => {
  control.migrateRecover(context, { uri });
};
