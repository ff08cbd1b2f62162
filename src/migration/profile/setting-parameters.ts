import type { MigrationSettings, SettingField, SettingValue } from "./migration-settings.js";
import { parameterTable, type ParameterRow } from "./parameter-table.js";
import type { ParameterName, ParameterValues } from "./parameter-values.js";

/** A parameter that the loop heeds. */
export interface SettingParameter {
  /** Its name in QEMU. */
  readonly name: ParameterName;
  readonly field: SettingField;
  readonly row: ParameterRow;
  /** The value it starts with; its type is the field's. */
  readonly initial: SettingValue;
}

/** The parameters that the loop heeds, in QEMU's order. */
export const settingParameters: readonly SettingParameter[] = Object.entries<ParameterRow>(
  parameterTable,
).flatMap(([name, row]) =>
  row.field === undefined || !isSettingValue(row.initial)
    ? []
    : [{ name: name as ParameterName, field: row.field, row, initial: row.initial }],
);

function isSettingValue(value: unknown): value is SettingValue {
  return typeof value === "bigint" || typeof value === "number" || typeof value === "boolean";
}

/** The parameters as settings of the loop; one that is not there counts as QEMU's default. */
export function settingsOf(parameters: ParameterValues): MigrationSettings {
  return settingParameters.reduce<MigrationSettings>(
    (settings, { name, field, initial }) =>
      withSetting(settings, field, (parameters[name] as SettingValue | undefined) ?? initial),
    blank,
  );
}

const blank: MigrationSettings = {
  maxBandwidth: 0n,
  downtimeLimit: 0n,
  availSwitchoverBandwidth: 0n,
  throttle: { threshold: 0, initial: 0, increment: 0, tailslow: false, max: 0 },
};

/** The settings with one field changed; the value is of the field's type. */
export function withSetting(
  settings: MigrationSettings,
  field: SettingField,
  value: SettingValue,
): MigrationSettings {
  return Object.hasOwn(settings, field)
    ? { ...settings, [field]: value }
    : { ...settings, throttle: { ...settings.throttle, [field]: value } };
}

/** One field's value. */
export function settingValue({ throttle, ...others }: MigrationSettings, field: SettingField): SettingValue {
  return { ...others, ...throttle }[field];
}

/** QEMU's defaults since 5.2. */
export const defaultSettings: MigrationSettings = settingsOf({});
