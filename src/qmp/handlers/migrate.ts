import { Refusal } from "../../migration/refusal.js";
import { simulated, simulationOf } from "../../migration/simulated-transport.js";
import type { MigrationRules } from "../../migration/outgoing-migration.js";
import type { CapabilityCheck } from "../../migration/profile/capability-checks.js";
import type { Store } from "../../migration/store.js";
import type { Handler } from "./handler.js";

/**
 * Starts a migration. It goes on by itself: whoever asked looks at `query-migrate`, or listens to events.
 *
 * @throws {Refusal} when none may start, when the URI is none that QEMU knows, or none that we can carry
 */
export const migrate: Handler<"migrate"> = ({ store, report }, args) => {
  const { uri, channels, resume = false } = args;
  const { profile } = store;
  if ((uri === undefined) === (channels === undefined)) {
    throw new Refusal("need either 'uri' or 'channels' argument");
  }
  if (uri === undefined) throw notCarried("channels");
  const problem = transportProblem(store, uri);
  if (problem !== undefined && !profile.transports.refusalFails) throw problem;
  checkStart(store, profile.transportChecks);

  if (resume) throw new Refusal("Cannot resume if there is no paused migration");
  store.migration.checkIdle();
  if (args.blk === true || args.inc === true) checkNoBlockMigration(store);
  checkStart(store, profile.startChecks);
  if (problem !== undefined) {
    // QEMU had begun when it looked at the URI.
    if (!isKnown(store, uri)) store.migration.failAtOnce(migrationRules(store));
    throw problem;
  }

  const simulation = simulationOf(store, uri);
  const credentials = store.parameters.values["tls-creds"] ?? "";
  if (credentials === "") {
    store.migration.start(simulation, migrationRules(store));
  } else {
    const error = `No TLS credentials with id '${credentials}'`;
    store.migration.failAtOnce(migrationRules(store), error);
    report(error);
  }
};

function checkStart({ capabilities, parameters }: Store, checks: readonly CapabilityCheck[]): void {
  for (const check of checks) {
    const problem = check(capabilities.enabled, parameters.values);
    if (problem !== undefined) throw new Refusal(problem);
  }
}

/** Why a URI cannot be migrated to, if it cannot. */
function transportProblem(store: Store, uri: string): Refusal | undefined {
  if (uri.startsWith(simulated)) return undefined;
  if (!isKnown(store, uri)) return new Refusal(store.profile.transports.refusal(uri));
  return notCarried(uri.slice(0, uri.indexOf(":") + 1));
}

function notCarried(way: string): Refusal {
  return new Refusal(`This machine is a model and cannot migrate over '${way}'; it can over '${simulated}'`);
}

function isKnown(store: Store, uri: string): boolean {
  return store.profile.transports.known.some((prefix) => uri.startsWith(prefix));
}

/** Migrating disks too (`blk`, `inc`) excludes the capability and the parameter that say the same. */
function checkNoBlockMigration({ capabilities, parameters }: Store): void {
  if (capabilities.enabled.has("x-colo")) throw new Refusal("No disk migration is required in COLO mode");
  if (capabilities.enabled.has("block") || parameters.values["block-incremental"] === true) {
    throw new Refusal("Command options are incompatible with current migration capabilities");
  }
}

function migrationRules({ profile, capabilities }: Store): MigrationRules {
  return {
    sendsEvents: capabilities.enabled.has("events"),
    pausesBeforeSwitchover: capabilities.enabled.has("pause-before-switchover"),
    alwaysEntersDevice: profile.alwaysEntersDevice,
  };
}
