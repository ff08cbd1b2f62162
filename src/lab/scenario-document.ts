import type { LoopRules } from "../migration/profile/loop-rules.js";
import { profiles } from "../migration/profile/profiles.js";
import { profileNames } from "../migration/profile/release.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { changeSetting, findSettingParameter, parseSettings } from "./setting-options.js";
import type { SharePoint } from "../migration/simulator/share-curve.js";
import { readNamed } from "../migration/text/scenario-options.js";
import { parseDuration } from "../migration/text/units.js";
import { recordedSharePoints } from "../migration/trace/recorded-scenario.js";
import { changeParameter, changeScenario, checkPlan, type Plan } from "./plan.js";

/** A quantity as `"64G"`, a bare number, or a switch as true and false. */
type Scalar = string | number | boolean;

/** A scenario as data: what a scenario file holds, and what presets and options are turned into. */
export interface ScenarioDocument {
  readonly description?: string;
  /** Guest and link by the names that `--guest` takes. */
  readonly guest?: Readonly<Record<string, Scalar>>;
  readonly link?: Readonly<Record<string, Scalar>>;
  /** Migration parameters by QEMU's names. */
  readonly parameters?: Readonly<Record<string, Scalar>>;
  /** Parameters set while the migration runs, in the order of time. */
  readonly changes?: readonly {
    readonly at: Scalar;
    readonly parameters: Readonly<Record<string, Scalar>>;
  }[];
  readonly "auto-converge"?: boolean;
  /** Default: as the plan has it. */
  readonly share?: "ideal" | "recorded" | readonly SharePoint[];
  readonly profile?: string;
  readonly until?: Scalar;
  /** As `--compare` and `--sweep` take them. */
  readonly compare?: readonly string[];
  readonly sweep?: readonly string[];
}

/** A document that cannot be carried out, and which part of it is to blame. */
export class ScenarioPartError extends ScenarioError {
  constructor(
    /** Names and indexes that lead from the document to the part. */
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message);
  }
}

/** The name of the profile whose rules these are. */
export function profileName(rules: LoopRules): string {
  return profiles.find(({ loop }) => loop === rules)?.name ?? "rules of its own";
}

/**
 * The plan with all that a document says.
 *
 * @throws ScenarioPartError if the document holds what cannot be
 */
export function applyDocument(plan: Plan, document: ScenarioDocument): Plan {
  const { share, until, profile } = document;
  let changed = plan;
  for (const part of ["guest", "link", "parameters"] as const) {
    const change = part === "parameters" ? changeParameter : changeScenario;
    for (const [name, value] of Object.entries(document[part] ?? {})) {
      changed = at([part, name], () => change(changed, name, textOf(value)));
    }
  }
  (document.changes ?? []).forEach((change, i) => {
    changed = applyChange(changed, change, ["changes", i]);
  });
  if (share !== undefined) changed = { ...changed, share: pointsOf(share) };
  if (until !== undefined) {
    changed = { ...changed, untilMs: at(["until"], () => readNamed("until", textOf(until), parseDuration)) };
  }
  if (profile !== undefined) changed = { ...changed, rules: at(["profile"], () => rulesOf(profile)) };
  if (document["auto-converge"] !== undefined) {
    changed = { ...changed, autoConverge: document["auto-converge"] };
  }
  at([], () => {
    checkPlan(changed);
  });
  return changed;
}

function applyChange(
  plan: Plan,
  { at: time, parameters }: { readonly at: Scalar; readonly parameters: Readonly<Record<string, Scalar>> },
  path: readonly (string | number)[],
): Plan {
  const fromMs = at([...path, "at"], () => readNamed("at", textOf(time), parseDuration));
  const last = plan.schedule.at(-1);
  if (last === undefined || fromMs <= last.fromMs) {
    throw new ScenarioPartError([...path, "at"], "changes must be in the order of time");
  }
  let settings = last.settings;
  for (const [name, value] of Object.entries(parameters)) {
    settings = at([...path, "parameters", name], () =>
      changeSetting(settings, findSettingParameter(name), textOf(value)),
    );
  }
  at([...path, "parameters"], () => parseSettings(settings, []));
  return { ...plan, schedule: [...plan.schedule, { fromMs, settings }] };
}

/** Adds the place to what goes wrong in there. */
function at<Result>(path: readonly (string | number)[], run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioPartError(path, error.message);
    throw error;
  }
}

function textOf(value: Scalar): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}

function pointsOf(share: NonNullable<ScenarioDocument["share"]>): readonly SharePoint[] | null {
  if (share === "ideal") return null;
  return share === "recorded" ? recordedSharePoints : share;
}

function rulesOf(profile: string): LoopRules {
  const found = profiles.find(({ name }) => name === profile);
  if (found !== undefined) return found.loop;
  throw new ScenarioError(`'${profile}' is not a profile: ${profileNames.join(" or ")}`);
}
