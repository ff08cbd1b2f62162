import type { AutoConvergePolicy } from "../throttle/auto-converge.js";

/** The migration parameters that the loop reads, afresh each time it needs one. */
export interface MigrationSettings {
  /** `max-bandwidth` in bytes per second; 0 for no limit. */
  readonly maxBandwidth: bigint;
  /** `downtime-limit` in ms. */
  readonly downtimeLimit: bigint;
  /** `avail-switchover-bandwidth` in bytes per second; 0 to go by the measured bandwidth. */
  readonly availSwitchoverBandwidth: bigint;
  readonly throttle: AutoConvergePolicy;
}

/** A member of the settings, or of their throttle. */
export type SettingField = Exclude<keyof MigrationSettings, "throttle"> | keyof AutoConvergePolicy;

export type SettingValue = bigint | number | boolean;
