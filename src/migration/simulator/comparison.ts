import type { MigrationSettings } from "./migration-settings.js";
import { ScenarioError } from "./scenario.js";
import { changeSetting, checkSettings, findSettingOption } from "./setting-options.js";

/** One of several ways to set the parameters. */
export interface Variant {
  /** What distinguishes it, as in `cpu-throttle-tailslow=on`. */
  readonly label: string;
  /** @throws ScenarioError if the settings would not be allowed */
  readonly apply: (settings: MigrationSettings) => MigrationSettings;
}

/**
 * Reads `NAME=VALUE` settings.
 *
 * @throws ScenarioError if a parameter is unknown or does not take the value
 */
export function parseSettings(texts: readonly string[]): Variant {
  return joinVariants(texts.map((text) => variant(...splitSetting(text))));
}

/**
 * The combinations of what `NAME=V1,V2,…` lists; `NAME` alone compares off and on. Without any text
 * there is one variant that changes nothing.
 *
 * @throws ScenarioError if a parameter is unknown or does not take a value
 */
export function parseComparisons(texts: readonly string[]): Variant[] {
  return texts
    .map(alternatives)
    .reduce<Variant[][]>((rows, row) => rows.flatMap((chosen) => row.map((one) => [...chosen, one])), [[]])
    .map(joinVariants);
}

function alternatives(text: string): Variant[] {
  if (!text.includes("=")) return ["off", "on"].map((value) => variant(text, value));
  const [word, values] = splitSetting(text);
  return values.split(",").map((value) => variant(word, value));
}

function splitSetting(text: string): [word: string, value: string] {
  const equals = text.indexOf("=");
  if (equals === -1) throw new ScenarioError(`'${text}' is not of the form NAME=VALUE`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function variant(word: string, value: string): Variant {
  const option = findSettingOption(word);
  return {
    label: `${option.name}=${value}`,
    apply: (settings) => changeSetting(settings, option, value),
  };
}

function joinVariants(variants: readonly Variant[]): Variant {
  return {
    label: variants.map(({ label }) => label).join(" "),
    apply: (settings) => {
      const changed = variants.reduce((changed, { apply }) => apply(changed), settings);
      checkSettings(changed);
      return changed;
    },
  };
}
