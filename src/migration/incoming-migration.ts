import type { MigrationStatus } from "../../generated/qapi/index.js";
import type { EventHub } from "./event-hub.js";
import type { MachineRunState } from "./machine-run-state.js";
import { fdFault } from "./profile/migration-uri.js";
import type { Profile } from "./profile/profile.js";
import { Refusal } from "./refusal.js";
import { FD, notCarried, schemeOf, SIMULATED, uriFault } from "./transports.js";

/** The migration that a machine was started to wait for. Nobody ever sends one to a model. */
export class IncomingMigration {
  private isAwaited = false;

  constructor(
    private readonly profile: Profile,
    private readonly runState: MachineRunState,
    private readonly events: EventHub,
  ) {}

  /** Where it stands; `none` unless it is awaited and the profile's QEMU tells so. */
  get status(): MigrationStatus {
    return this.isAwaited && this.profile.incomingReport === "state" ? "setup" : "none";
  }

  /**
   * Whether it may be said now where to wait (QEMU `qmp_migrate_incoming`).
   *
   * @throws {Refusal} when that has been said, or the machine does not wait for any
   */
  checkDeferred(): void {
    if (this.isAwaited) throw new Refusal("The incoming migration has already been started");
    if (this.runState.current !== "inmigrate") {
      throw new Refusal("'-incoming' was not specified on the command line");
    }
  }

  /**
   * Waits for it at a URI from now on.
   *
   * @param sendsEvents whether the capability `events` is on
   * @throws {Refusal} when the URI is none to QEMU, or none that we can carry
   */
  listen(uri: string, sendsEvents: boolean): void {
    const isAnnounced = this.profile.incomingReport === "announced";
    if (isAnnounced) this.announce();
    const problem = incomingFault(this.profile, uri);
    if (problem !== undefined) throw problem;
    this.isAwaited = true;
    if (!isAnnounced && sendsEvents) this.announce();
  }

  private announce(): void {
    this.events.emit({ event: "MIGRATION", data: { status: "setup" } });
  }
}

/** Why no migration can come in from a URI. */
export function incomingFault(profile: Profile, uri: string): Refusal | undefined {
  if (uri.startsWith(SIMULATED)) return undefined;
  const scheme = schemeOf(profile, uri);
  if (scheme === undefined) return new Refusal(`unknown migration protocol: ${uri}`);
  const fault = uriFault(profile, uri);
  if (fault !== undefined) return fault;
  return scheme === FD ? new Refusal(fdFault(uri.slice(FD.length))) : notCarried(scheme);
}
