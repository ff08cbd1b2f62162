import type { MigrationSettings } from "./migration-settings.js";
import { ScenarioError } from "./scenario.js";
import { changeSetting, checkSettings, findSettingOption } from "./setting-options.js";

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
