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

/** QEMU's defaults since 5.2. */
export const defaultSettings: MigrationSettings = {
  maxBandwidth: 128n << 20n,
  downtimeLimit: 300n,
  availSwitchoverBandwidth: 0n,
  throttle: { threshold: 50, initial: 20, increment: 10, tailslow: false, max: 99 },
};
