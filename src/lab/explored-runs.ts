import { defaultProfile } from "../migration/profile/profiles.js";
import { gridPoint, gridSize, parseAxis } from "./axis.js";
import { controls } from "./controls.js";
import { defaultPlan, runPlan } from "./plan.js";
import { seriesOf, type RunSeries } from "./run-series.js";
import { applyDocument, type ScenarioDocument } from "./scenario-document.js";

/** What has been chosen, by the control's name. */
type Choices = ReadonlyMap<string, string>;

/**
 * Runs what has been chosen, with tailslow off and on.
 *
 * @throws ScenarioError if it cannot be
 */
export function exploredRuns(choices: Choices): RunSeries[] {
  const plan = applyDocument(defaultPlan, documentOf(choices));
  const axes = [parseAxis("cpu-throttle-tailslow")];
  return Array.from({ length: gridSize(axes) }, (_, index) => {
    const point = gridPoint(plan, axes, index);
    return seriesOf(point.label, runPlan(point.plan));
  });
}

/** The command that runs the same. */
export function commandOf(choices: Choices): string {
  const words = controls.map(({ name, kind }) => {
    const value = choices.get(name) ?? "";
    return kind === "option" ? `--${name} ${value}` : `--set ${name}=${value}`;
  });
  return `qapi throttle simulate ${words.join(" ")} --compare tailslow`;
}

function documentOf(choices: Choices): ScenarioDocument {
  const guest: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const { name, kind } of controls) {
    const value = choices.get(name) ?? "";
    if (kind === "parameter") parameters[name] = value;
    else if (name !== "profile" && name !== "share") guest[name] = value;
  }
  return {
    guest,
    parameters,
    profile: choices.get("profile") ?? defaultProfile.name,
    share: choices.get("share") === "recorded" ? "recorded" : "ideal",
  };
}
