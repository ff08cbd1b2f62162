import type { MigrationCapability } from "../../../generated/qapi/index.js";
import type { Profile } from "../profile/profile.js";
import { Refusal } from "../refusal.js";
import type { ParameterValues } from "../profile/parameter-values.js";

/** A capability that is turned on or off. */
export interface CapabilityChange {
  readonly capability: MigrationCapability;
  readonly state: boolean;
}

/** Takes a warning that comes with a change, in QEMU's words. */
export type Warn = (warning: string) => void;

/** Which migration capabilities of one machine are on. */
export class CapabilityStore {
  /** The transport over which a migration was last to come in, if any was; a prefix, empty for an unknown one. */
  incoming: string | undefined;
  private on: ReadonlySet<MigrationCapability>;

  /** @param initial the capabilities to start with, checked */
  constructor(
    private readonly profile: Profile,
    initial: ReadonlySet<MigrationCapability>,
  ) {
    this.on = initial;
  }

  /** The capabilities that are on. A change replaces this set, it never alters it. */
  get enabled(): ReadonlySet<MigrationCapability> {
    return this.on;
  }

  /**
   * Turns capabilities on and off, in order, all of them or none: the whole set as it would be is checked,
   * even when something is only turned off (QEMU `qmp_migrate_set_capabilities`).
   *
   * @throws {Refusal} with the words of the first check that fails
   */
  change(changes: readonly CapabilityChange[], parameters: ParameterValues, warn: Warn): void {
    const candidate = new Set(this.on);
    for (const { capability, state } of changes) {
      if (state) candidate.add(capability);
      else candidate.delete(capability);
    }
    const { profile, incoming } = this;
    checkCapabilities({ profile, candidate, parameters, incoming, warn });
    this.on = candidate;
  }
}

/** @throws {Refusal} with the words of the first check that fails; warnings come before it */
export function checkCapabilities({
  profile,
  candidate,
  parameters,
  incoming,
  warn,
}: {
  readonly profile: Profile;
  readonly candidate: ReadonlySet<MigrationCapability>;
  readonly parameters: ParameterValues;
  readonly incoming?: string | undefined;
  readonly warn: Warn;
}): void {
  for (const capability of profile.deprecatedCapabilities) {
    if (candidate.has(capability)) warn(`${capability} capability is deprecated`);
  }
  for (const check of profile.capabilityChecks) {
    const problem = check(candidate, parameters, incoming);
    if (problem !== undefined) throw new Refusal(problem);
  }
}
