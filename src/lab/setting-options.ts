import type { MigrationSettings, SettingValue } from "../migration/profile/migration-settings.js";
import {
  settingParameters,
  settingValue,
  withSetting,
  type SettingParameter,
} from "../migration/profile/setting-parameters.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { parseDuration, parseRate, UnitError } from "../migration/text/units.js";

/** A migration parameter that the model heeds. */
interface SettingOption {
  /** Its name in QEMU. */
  readonly name: string;
  readonly get: (settings: MigrationSettings) => SettingValue;
  /**
   * The settings with the parameter as `text` has it.
   *
   * @throws UnitError if that is no value for it
   */
  readonly set: (settings: MigrationSettings, text: string) => MigrationSettings;
}

/** The parameters that the model heeds, in QEMU's order. */
export const settingOptions: readonly SettingOption[] = settingParameters.map((parameter) => ({
  name: parameter.name,
  get: (settings) => settingValue(settings, parameter.field),
  set: (settings, text) => withSetting(settings, parameter.field, parseSetting(parameter, text)),
}));

/** A rate where QEMU reads a bandwidth, a duration where it reads milliseconds. */
function parseSetting({ initial, row }: SettingParameter, text: string): SettingValue {
  if (typeof initial === "boolean") return parseSwitch(text);
  if (typeof initial === "number") return parsePercentage(text, row.range?.most ?? LARGEST_PERCENTAGE);
  return row.text === "mebibytes" ? wholeBytes(parseRate(text)) : parseDowntime(text, row.range?.most);
}

/** What no part of the throttle goes beyond. */
const LARGEST_PERCENTAGE = 99;

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

function parsePercentage(text: string, most: number): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= most)) throw new UnitError(`a whole number from 1 to ${most}`);
  return value;
}

function parseSwitch(text: string): boolean {
  if (text !== "on" && text !== "off") throw new UnitError("on or off");
  return text === "on";
}

function parseDowntime(text: string, mostMs = Infinity): bigint {
  const ms = parseDuration(text);
  if (!Number.isSafeInteger(ms) || ms > mostMs) {
    throw new UnitError(`a downtime of whole ms, up to ${mostMs / 1000}s`);
  }
  return BigInt(ms);
}

function wholeBytes(rate: number): bigint {
  return BigInt(Math.floor(rate));
}

/**
 * Splits `NAME=VALUE`.
 *
 * @throws ScenarioError if the text is not of that form
 */
export function splitAssignment(text: string): [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals === -1) throw new ScenarioError(`'${text}' is not of the form NAME=VALUE`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/**
 * Settings with the changes that `NAME=VALUE` texts tell.
 *
 * @throws ScenarioError if a parameter is unknown or does not take the value
 */
export function parseSettings(settings: MigrationSettings, texts: readonly string[]): MigrationSettings {
  const changed = texts
    .map(splitAssignment)
    .reduce((changed, [word, value]) => changeSetting(changed, findSettingOption(word), value), settings);
  checkSettings(changed);
  return changed;
}
