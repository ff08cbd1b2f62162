import type { AutoConvergePolicy } from "../throttle/auto-converge.js";
import type { MigrationSettings } from "./migration-settings.js";
import { ScenarioError } from "./scenario.js";
import { parseDuration, parseRate, UnitError } from "./units.js";

/** A migration parameter that the model heeds. */
export interface SettingOption {
  /** Its name in QEMU. */
  readonly name: string;
  readonly get: (settings: MigrationSettings) => bigint | number | boolean;
  /**
   * The settings with the parameter as `text` has it.
   *
   * @throws UnitError if that is no value for it
   */
  readonly set: (settings: MigrationSettings, text: string) => MigrationSettings;
}

/** The parameters that the model heeds, in QEMU's order. */
export const settingOptions: readonly SettingOption[] = [
  percentage("throttle-trigger-threshold", "threshold", 100),
  percentage("cpu-throttle-initial", "initial", 99),
  percentage("cpu-throttle-increment", "increment", 99),
  {
    name: "cpu-throttle-tailslow",
    get: ({ throttle }) => throttle.tailslow,
    set: (settings, text) => withPolicy(settings, { tailslow: parseSwitch(text) }),
  },
  percentage("max-cpu-throttle", "max", 99),
  {
    name: "max-bandwidth",
    get: ({ maxBandwidth }) => maxBandwidth,
    set: (settings, text) => ({ ...settings, maxBandwidth: wholeBytes(parseRate(text)) }),
  },
  {
    name: "avail-switchover-bandwidth",
    get: ({ availSwitchoverBandwidth }) => availSwitchoverBandwidth,
    set: (settings, text) => ({ ...settings, availSwitchoverBandwidth: wholeBytes(parseRate(text)) }),
  },
  {
    name: "downtime-limit",
    get: ({ downtimeLimit }) => downtimeLimit,
    set: (settings, text) => ({ ...settings, downtimeLimit: parseDowntime(text) }),
  },
];

/**
 * The parameter that a word means: its name, or so much of it that no other is meant, as `tailslow`
 * or `max-cpu`.
 *
 * @throws ScenarioError if none or several are meant
 */
export function findSettingOption(word: string): SettingOption {
  const name = word.replaceAll("_", "-");
  const exact = settingOptions.find((option) => option.name === name);
  const meant = exact ? [exact] : settingOptions.filter((option) => `-${option.name}-`.includes(`-${name}-`));
  const [option, other] = meant;
  if (option !== undefined && other === undefined) return option;
  const names = settingOptions.map((known) => known.name).join(", ");
  throw new ScenarioError(`'${word}' does not name one parameter of the model; there are ${names}`);
}

/**
 * The settings with one parameter changed.
 *
 * @throws ScenarioError if the parameter does not take the value
 */
export function changeSetting(
  settings: MigrationSettings,
  option: SettingOption,
  text: string,
): MigrationSettings {
  try {
    return option.set(settings, text);
  } catch (error) {
    if (error instanceof UnitError)
      throw new ScenarioError(`${option.name}: '${text}' is not ${error.message}`);
    throw error;
  }
}

/**
 * Holds settings against QEMU's rule that ties two of them together.
 *
 * @throws ScenarioError if they break it
 */
export function checkSettings({ throttle: { initial, max } }: MigrationSettings): void {
  if (initial > max) {
    throw new ScenarioError(`max-cpu-throttle (${max}) must not be below cpu-throttle-initial (${initial})`);
  }
}

function percentage(
  name: string,
  member: "threshold" | "initial" | "increment" | "max",
  most: number,
): SettingOption {
  return {
    name,
    get: ({ throttle }) => throttle[member],
    set: (settings, text) => withPolicy(settings, { [member]: parsePercentage(text, most) }),
  };
}

function withPolicy(settings: MigrationSettings, change: Partial<AutoConvergePolicy>): MigrationSettings {
  return { ...settings, throttle: { ...settings.throttle, ...change } };
}

function parsePercentage(text: string, most: number): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= most)) throw new UnitError(`a whole number from 1 to ${most}`);
  return value;
}

function parseSwitch(text: string): boolean {
  if (text !== "on" && text !== "off") throw new UnitError("on or off");
  return text === "on";
}

function parseDowntime(text: string): bigint {
  const ms = parseDuration(text);
  if (!Number.isSafeInteger(ms) || ms > 2_000_000) throw new UnitError("a downtime of whole ms, up to 2000s");
  return BigInt(ms);
}

function wholeBytes(rate: number): bigint {
  return BigInt(Math.floor(rate));
}
