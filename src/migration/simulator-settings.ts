import type { ParameterValues } from "./profile/parameter-values.js";
import type { MigrationSettings } from "./simulator/migration-settings.js";

/** The parameters that the simulator reads; one a schema does not have counts as QEMU's default. */
export function simulatorSettings(parameters: ParameterValues): MigrationSettings {
  return {
    maxBandwidth: parameters["max-bandwidth"] ?? 128n << 20n,
    downtimeLimit: parameters["downtime-limit"] ?? 300n,
    availSwitchoverBandwidth: parameters["avail-switchover-bandwidth"] ?? 0n,
    throttle: {
      threshold: parameters["throttle-trigger-threshold"] ?? 50,
      initial: parameters["cpu-throttle-initial"] ?? 20,
      increment: parameters["cpu-throttle-increment"] ?? 10,
      tailslow: parameters["cpu-throttle-tailslow"] ?? false,
      max: parameters["max-cpu-throttle"] ?? 99,
    },
  };
}
