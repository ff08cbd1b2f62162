import type { MigrationSettings } from "../migration/profile/migration-settings.js";
import { settingParameters, settingValue } from "../migration/profile/setting-parameters.js";

/**
 * The lines that, typed at the monitor of a QEMU that has just started, set it up as a plan has it. In an
 * order in which none is refused: `cpu-throttle-initial` may not be above `max-cpu-throttle`, which starts
 * at its highest.
 *
 * @param named parameters to set even where they are as QEMU starts
 */
export function monitorLines(
  { settings, autoConverge }: { readonly settings: MigrationSettings; readonly autoConverge: boolean },
  named: readonly string[],
): string[] {
  const parameters = settingParameters
    .map(({ name, field, initial }) => ({ name, initial, value: settingValue(settings, field) }))
    .filter(({ name, initial, value }) => named.includes(name) || value !== initial)
    .map(({ name, value }) => `migrate_set_parameter ${name} ${monitorValue(name, value)}`);
  return [...(autoConverge ? ["migrate_set_capability auto-converge on"] : []), ...parameters];
}

/** A bare number of a bandwidth is MiB to the monitor; `B` keeps it bytes. */
function monitorValue(name: string, value: bigint | number | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return name.endsWith("bandwidth") ? `${value}B` : String(value);
}
