import { Refusal } from "../../migration/refusal.js";
import { givenUri } from "../../migration/transports.js";
import type { Handlers } from "./handler.js";

/** What is done about a migration once it is under way, or awaited. */
export const controlHandlers = {
  migrate_cancel: ({ machine }) => {
    machine.migration.cancel();
  },
  /** @throws {Refusal} when the migration is not in the state to continue from */
  "migrate-continue": ({ machine }, { state }) => {
    machine.migration.continueFrom(state);
  },
  /** @throws {Refusal} always: no migration reaches postcopy here */
  "migrate-pause": ({ machine }) => {
    throw new Refusal(
      `migrate-pause is currently only supported during ${machine.profile.pausableStates} state`,
    );
  },
  /** @throws {Refusal} without the capability, before any migration, and while one runs: the model has no postcopy */
  "migrate-start-postcopy": ({ machine }) => {
    const { enabled } = machine.capabilities;
    if (!enabled.has("postcopy-ram") && !enabled.has("dirty-bitmaps")) {
      throw new Refusal("Enable postcopy with migrate_set_capability before the start of migration");
    }
    if (machine.migration.status === "none") {
      throw new Refusal("Postcopy must be started after migration has been started");
    }
    if (machine.migration.isRunning) throw new Refusal("This machine is a model and has no postcopy");
  },
  /** @throws {Refusal} when this machine waits for no migration (any more), or could get none from there */
  "migrate-incoming": ({ machine }, args) => {
    machine.incoming.checkDeferred();
    machine.incoming.listen(givenUri(args));
  },
  /** @throws {Refusal} always: no migration reaches postcopy here */
  "migrate-recover": () => {
    throw new Refusal("Migrate recover can only be run when postcopy is paused.");
  },
} satisfies Handlers;
