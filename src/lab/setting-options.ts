import type { MigrationSettings, SettingValue } from "../migration/profile/migration-settings.js";
import {
  settingParameters,
  withSetting,
  type SettingParameter,
} from "../migration/profile/setting-parameters.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { readNamed } from "../migration/text/scenario-options.js";
import { parseDuration, parseRate, UnitError } from "../migration/text/units.js";

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
export function findSettingParameter(word: string): SettingParameter {
  const name = word.replaceAll("_", "-");
  const exact = settingParameters.find((parameter) => parameter.name === name);
  const meant = exact ? [exact] : settingParameters.filter((each) => `-${each.name}-`.includes(`-${name}-`));
  const [parameter, other] = meant;
  if (parameter !== undefined && other === undefined) return parameter;
  const names = settingParameters.map((known) => known.name).join(", ");
  throw new ScenarioError(`'${word}' does not name one parameter of the model; there are ${names}`);
}

/**
 * The settings with one parameter changed.
 *
 * @throws ScenarioError if the parameter does not take the value
 */
export function changeSetting(
  settings: MigrationSettings,
  parameter: SettingParameter,
  text: string,
): MigrationSettings {
  const value = readNamed(parameter.name, text, () => parseSetting(parameter, text));
  return withSetting(settings, parameter.field, value);
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
    .reduce((changed, [word, value]) => changeSetting(changed, findSettingParameter(word), value), settings);
  checkSettings(changed);
  return changed;
}
