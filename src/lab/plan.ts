import type { LoopRules } from "../migration/profile/loop-rules.js";
import { defaultProfile } from "../migration/profile/profiles.js";
import { defaultSettings } from "../migration/profile/setting-parameters.js";
import { readScenarioOption, scenarioOptionNames } from "../migration/text/scenario-options.js";
import { createScenario, type ScenarioChoices } from "../migration/simulator/scenario.js";
import { changeSetting, checkSettings, findSettingParameter } from "./setting-options.js";
import { idealShare, shareCurve, type SharePoint } from "../migration/simulator/share-curve.js";
import { simulate, type SettingsStep, type SimulatedRun } from "../migration/simulator/simulate.js";
import { largest } from "../util/lists.js";

/** All that a simulated run depends on, as plain data: it can be sent to a worker. */
export interface Plan {
  readonly choices: ScenarioChoices;
  /** The parameters over time. */
  readonly schedule: readonly SettingsStep[];
  /** Whether `max-bandwidth` has been chosen; until then it follows the link's bandwidth. */
  readonly hasMaxBandwidth: boolean;
  readonly rules: LoopRules;
  /** Null for the ideal curve. */
  readonly share: readonly SharePoint[] | null;
  readonly autoConverge: boolean;
  /** Model time at which to give up, in ms. */
  readonly untilMs: number;
}

/** The usual guest under QEMU's defaults. */
export const defaultPlan: Plan = {
  choices: {},
  schedule: [{ fromMs: 0, settings: defaultSettings }],
  hasMaxBandwidth: false,
  rules: defaultProfile.loop,
  share: null,
  autoConverge: true,
  untilMs: 3_600_000,
};

/** The full name of what a word means: an option of the scenario, or a parameter of the migration. */
export function findPlanName(word: string): string {
  return scenarioOptionNames.includes(word) ? word : findSettingParameter(word).name;
}

/**
 * The plan with one option of its scenario or one parameter changed.
 *
 * @throws ScenarioError if there is no such option, or it does not take the value
 */
export function changePlan(plan: Plan, word: string, value: string): Plan {
  return scenarioOptionNames.includes(word)
    ? changeScenario(plan, word, value)
    : changeParameter(plan, word, value);
}

/**
 * The plan with one parameter changed.
 *
 * @throws ScenarioError if there is no such parameter, or it does not take the value
 */
export function changeParameter(plan: Plan, word: string, value: string): Plan {
  const option = findSettingParameter(word);
  return {
    ...mapSettings(plan, (settings) => changeSetting(settings, option, value)),
    hasMaxBandwidth: plan.hasMaxBandwidth || option.name === "max-bandwidth",
  };
}

/**
 * The plan with one option of guest or link changed. A bandwidth is given to be used, so
 * `max-bandwidth` becomes it unless that has been chosen as well.
 *
 * @throws ScenarioError if there is no such option, or it does not take the value
 */
export function changeScenario(plan: Plan, name: string, value: string): Plan {
  const change = readScenarioOption(name, value);
  const changed = { ...plan, choices: { ...plan.choices, ...change } };
  const { bandwidth, bandwidthChanges = [] } = change;
  if (bandwidth === undefined || plan.hasMaxBandwidth) return changed;
  const most = largest(
    bandwidthChanges.map((later) => later.bandwidth),
    bandwidth,
  );
  const maxBandwidth = BigInt(Math.floor(most));
  return mapSettings(changed, (settings) => ({ ...settings, maxBandwidth }));
}

/**
 * Holds the plan's guest and parameters against what they must fulfil together.
 *
 * @throws ScenarioError if they do not
 */
export function checkPlan({ choices, schedule }: Plan): void {
  createScenario(choices);
  for (const { settings } of schedule) checkSettings(settings);
}

/**
 * Carries the plan out.
 *
 * @throws ScenarioError as {@link checkPlan} does
 */
export function runPlan(plan: Plan): SimulatedRun {
  checkPlan(plan);
  const { choices, schedule, rules, share, autoConverge, untilMs } = plan;
  return simulate({
    scenario: createScenario(choices),
    schedule,
    rules,
    autoConverge,
    share: share === null ? idealShare : shareCurve(share),
    untilMs,
  });
}

function mapSettings(
  plan: Plan,
  change: (settings: SettingsStep["settings"]) => SettingsStep["settings"],
): Plan {
  return {
    ...plan,
    schedule: plan.schedule.map(({ fromMs, settings }) => ({ fromMs, settings: change(settings) })),
  };
}
