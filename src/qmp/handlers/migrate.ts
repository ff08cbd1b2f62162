import { Refusal } from "../../migration/refusal.js";
import { simulated, simulationOf } from "../../migration/simulated-transport.js";
import type { MigrationRules } from "../../migration/outgoing-migration.js";
import type { CapabilityCheck } from "../../migration/profile/capability-checks.js";
import type { Machine } from "../../migration/machine.js";
import type { Handler } from "./handler.js";

/**
 * Starts a migration. It goes on by itself: whoever asked looks at `query-migrate`, or listens to events.
 *
 * @throws {Refusal} when none may start, when the URI is none that QEMU knows, or none that we can carry
 */
export const migrate: Handler<"migrate"> = ({ machine, report }, args) => {
  const { uri, channels, resume = false } = args;
  const { profile } = machine;
  if ((uri === undefined) === (channels === undefined)) {
    throw new Refusal("need either 'uri' or 'channels' argument");
  }
  if (uri === undefined) throw notCarried("channels");
  const problem = transportProblem(machine, uri);
  if (problem !== undefined && !profile.transports.refusalFails) throw problem;
  checkStart(machine, profile.transportChecks);

  if (resume) throw new Refusal("Cannot resume if there is no paused migration");
  machine.migration.checkIdle();
  if (args.blk === true || args.inc === true) checkNoBlockMigration(machine);
  checkStart(machine, profile.startChecks);
  if (problem !== undefined) {
    // QEMU had begun when it looked at the URI.
    if (!isKnown(machine, uri)) machine.migration.failAtOnce(migrationRules(machine));
    throw problem;
  }

  const simulation = simulationOf(machine, uri);
  const credentials = machine.parameters.values["tls-creds"] ?? "";
  if (credentials === "") {
    machine.migration.start(simulation, migrationRules(machine));
  } else {
    const error = `No TLS credentials with id '${credentials}'`;
    machine.migration.failAtOnce(migrationRules(machine), error);
    report(error);
  }
};

function checkStart({ capabilities, parameters }: Machine, checks: readonly CapabilityCheck[]): void {
  for (const check of checks) {
    const problem = check(capabilities.enabled, parameters.values);
    if (problem !== undefined) throw new Refusal(problem);
  }
}

/** Why a URI cannot be migrated to, if it cannot. */
function transportProblem(machine: Machine, uri: string): Refusal | undefined {
  if (uri.startsWith(simulated)) return undefined;
  if (!isKnown(machine, uri)) return new Refusal(machine.profile.transports.refusal(uri));
  return notCarried(uri.slice(0, uri.indexOf(":") + 1));
}

function notCarried(way: string): Refusal {
  return new Refusal(`This machine is a model and cannot migrate over '${way}'; it can over '${simulated}'`);
}

function isKnown(machine: Machine, uri: string): boolean {
  return machine.profile.transports.known.some((prefix) => uri.startsWith(prefix));
}

/** Migrating disks too (`blk`, `inc`) excludes the capability and the parameter that say the same. */
function checkNoBlockMigration({ capabilities, parameters }: Machine): void {
  if (capabilities.enabled.has("x-colo")) throw new Refusal("No disk migration is required in COLO mode");
  if (capabilities.enabled.has("block") || parameters.values["block-incremental"] === true) {
    throw new Refusal("Command options are incompatible with current migration capabilities");
  }
}

function migrationRules({ profile, capabilities }: Machine): MigrationRules {
  return {
    sendsEvents: capabilities.enabled.has("events"),
    pausesBeforeSwitchover: capabilities.enabled.has("pause-before-switchover"),
    alwaysEntersDevice: profile.alwaysEntersDevice,
  };
}
