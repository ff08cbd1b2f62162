import { Refusal } from "../../migration/refusal.js";
import { fdFault } from "../../migration/profile/migration-uri.js";
import { simulationOf } from "../../migration/simulated-transport.js";
import { FD, givenUri, notCarried, schemeOf, transportFault, uriFault } from "../../migration/transports.js";
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
  const uri = givenUri(args);
  const { profile } = machine;
  const fault = uriFault(profile, uri);
  if (fault !== undefined && !profile.transports.refusalFails) throw fault;
  const scheme = schemeOf(profile, uri);
  const mismatch = transportFault(machine, uri);
  if (mismatch !== undefined) throw mismatch;
  checkStart(machine, profile.channelChecks);

  if (args.resume === true) throw new Refusal("Cannot resume if there is no paused migration");
  machine.migration.checkIdle();
  if (args.blk === true || args.inc === true) checkNoBlockMigration(machine);
  checkStart(machine, profile.startChecks);
  const { blockOptions } = machine;
  const lendBlockOptions = (): void => {
    if (args.blk === true || args.inc === true) blockOptions.lend(args.inc === true);
  };
  if (fault !== undefined) {
    // QEMU had begun when it looked at the URI, and notes what is wrong with one whose scheme it knows; it
    // cleans up after itself only where it does not.
    if (scheme === undefined) blockOptions.takeBack();
    else lendBlockOptions();
    machine.migration.failAtOnce(migrationRules(machine), scheme === undefined ? undefined : fault.message);
    throw fault;
  }
  if (scheme === FD) {
    lendBlockOptions();
    const missing = new Refusal(fdFault(uri.slice(FD.length)));
    machine.migration.failAtOnce(migrationRules(machine), missing.message);
    throw missing;
  }
  if (scheme !== undefined) throw notCarried(scheme);

  const simulation = simulationOf(machine, uri);
  lendBlockOptions();
  const credentials = machine.parameters.values["tls-creds"] ?? "";
  // Credentials are looked up once somebody is there to be talked to.
  if (credentials === "" || simulation.isUnreachable) {
    machine.migration.start(simulation, migrationRules(machine), () => {
      blockOptions.takeBack();
    });
  } else {
    const error = `No TLS credentials with id '${credentials}'`;
    machine.migration.failAtOnce(migrationRules(machine), error);
    blockOptions.takeBack();
    report(error);
  }
};

function checkStart({ capabilities, parameters }: Machine, checks: readonly CapabilityCheck[]): void {
  for (const check of checks) {
    const problem = check(capabilities.enabled, parameters.values);
    if (problem !== undefined) throw new Refusal(problem);
  }
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
    restoresRunState: profile.restoresRunState,
  };
}
