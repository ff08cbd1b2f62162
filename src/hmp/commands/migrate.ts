import { visitMigrationStatus } from "../../../generated/qapi/visitors/migration.js";
import { uriFault } from "../../migration/transports.js";
import { migrate } from "../../qmp/handlers/migrate.js";
import { controlHandlers as qmp } from "../../qmp/handlers/migrate-control.js";
import { parameterHandlers } from "../../qmp/handlers/parameters.js";
import { onOff } from "./c-format.js";
import type { HmpHandlers } from "./handler.js";
import { parseEnum } from "./parse-enum.js";

/** What starts and steers a migration, and its capabilities. */
export const migrateCommands = {
  /** Starts a migration and, unless detached, keeps the monitor waiting until it is over. */
  migrate: (context, { detach = false, ...args }) => {
    migrate(context, args);
    if (detach) return undefined;
    const { machine } = context;
    if (context.canWait) {
      return machine.finishMigration().then(() => {
        machine.migration.reportFailure();
      });
    }
    context.print("terminal does not allow synchronous migration, continuing detached\n");
    return undefined;
  },
  migrate_cancel: qmp.migrate_cancel,
  migrate_continue: (context, { state }) => {
    qmp["migrate-continue"](context, { state: parseEnum(visitMigrationStatus, state) });
  },
  migrate_pause: qmp["migrate-pause"],
  migrate_start_postcopy: qmp["migrate-start-postcopy"],
  migrate_incoming: (context, { uri }) => {
    // Newer monitors read the URI before they ask whether a migration may come in.
    const { profile } = context.machine;
    const fault = profile.transports.refusalFails ? undefined : uriFault(profile, uri);
    if (fault !== undefined) throw fault;
    qmp["migrate-incoming"](context, { uri });
  },
  migrate_recover: qmp["migrate-recover"],
  migrate_set_capability: (context, args) => {
    const capability = parseEnum(context.machine.types.capability, args.capability);
    parameterHandlers["migrate-set-capabilities"](context, {
      capabilities: [{ capability, state: args.state }],
    });
  },
  "info migrate_capabilities": (context) => {
    for (const { capability, state } of parameterHandlers["query-migrate-capabilities"](context)) {
      context.print(`${capability}: ${onOff(state)}\n`);
    }
  },
} satisfies HmpHandlers;
