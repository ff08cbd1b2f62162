import type { MigrationStatus } from "../../generated/qapi/index.js";
import type { EventHub } from "./event-hub.js";
import type { MachineRunState } from "./machine-run-state.js";
import { incomingFdFault, SIMULATED } from "./profile/migration-uri.js";
import { Refusal } from "./refusal.js";
import { FD, notCarried, schemeOf, transportFault, type TransportUse, uriFault } from "./transports.js";

/** What of its machine it has to do with. */
interface Surroundings extends TransportUse {
  readonly runState: MachineRunState;
  readonly events: EventHub;
}

/** The migration that a machine was started to wait for. Nobody ever sends one to a model. */
export class IncomingMigration {
  private isAwaited = false;
  private isSetUp = false;

  constructor(private readonly machine: Surroundings) {}

  /** Where it stands; `none` unless it has been set up and the profile's QEMU tells so. */
  get status(): MigrationStatus {
    return this.isSetUp && this.hasState ? "setup" : "none";
  }

  private get hasState(): boolean {
    return this.machine.profile.incomingReport === "state";
  }

  /**
   * Whether it may be said now where to wait (QEMU `qmp_migrate_incoming`).
   *
   * @throws {Refusal} when that has been said, or the machine does not wait for any
   */
  checkDeferred(): void {
    if (this.isAwaited) throw new Refusal("The incoming migration has already been started");
    if (this.machine.runState.current !== "inmigrate") {
      throw new Refusal("'-incoming' was not specified on the command line");
    }
  }

  /**
   * Waits for it at a URI from now on.
   *
   * @throws {Refusal} when the URI is none to QEMU, or none that we can carry. One that QEMU finds wanting only when
   *   it uses it leaves the state behind, and with it no second chance.
   */
  listen(uri: string): void {
    const { profile, capabilities } = this.machine;
    if (!this.hasState) this.announce();
    capabilities.incoming = uri.startsWith(SIMULATED) ? SIMULATED : (schemeOf(profile, uri) ?? "");
    const late = this.check(uri);
    this.isSetUp = true;
    if (this.hasState && capabilities.enabled.has("events")) this.announce();
    if (late !== undefined) throw late;
    this.isAwaited = true;
  }

  /**
   * What QEMU finds wrong with a URI only when it uses it.
   *
   * @param isAtStart whether no monitor has been there yet
   * @throws {Refusal} when it is found before, or the URI is none that we can carry
   */
  check(uri: string, isAtStart = false): Refusal | undefined {
    const { profile } = this.machine;
    const channelFault = isAtStart ? profile.incomingChannelFault(uri) : undefined;
    if (channelFault !== undefined) throw new Refusal(channelFault);
    const scheme = schemeOf(profile, uri);
    if (scheme === undefined && !uri.startsWith(SIMULATED))
      throw new Refusal(`unknown migration protocol: ${uri}`);
    const fault = uriFault(profile, uri) ?? transportFault(this.machine, uri);
    if (fault !== undefined) throw fault;
    if (this.status !== "none") throw new Refusal(`Illegal migration incoming state: ${this.status}`);
    const late = scheme === FD ? incomingFdFault(uri.slice(FD.length), isAtStart) : undefined;
    if (late !== undefined) return new Refusal(late);
    if (scheme !== undefined) throw notCarried(scheme);
    return undefined;
  }

  private announce(): void {
    this.machine.events.emit({ event: "MIGRATION", data: { status: "setup" } });
  }
}
