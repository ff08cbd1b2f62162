import { defaultPlan, type Plan } from "../../lab/plan.js";
import { presets } from "../../lab/presets.js";
import { applyDocument, type ScenarioDocument } from "../../lab/scenario-document.js";
import {
  recordedScenario,
  recordedSharePoints,
  ScenarioError,
  readTrace,
  TraceError,
  type Trace,
} from "../../migration/index.js";
import { splitAssignment } from "../../lab/setting-options.js";
import { splitScenarioOptions } from "../../migration/text/scenario-options.js";
import { findSettingParameter } from "../../lab/setting-options.js";
import { DocumentError } from "../../document/document-error.js";
import { readShareCurve } from "../../migration/trace/read-share-curve.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { CliContext } from "../context.js";
import { readScenarioFile } from "../../lab/read-scenario-file.js";
import { readText } from "../read-file.js";

/** Options that say what is simulated. A later one of this list wins over an earlier one. */
export interface PlanOptions {
  /** `--like TRACE`: guest, link and parameters of a recording. */
  readonly like?: string;
  /** `--preset NAME`: one of the guests to begin with. */
  readonly preset?: string;
  /** `--scenario FILE` */
  readonly scenario?: string;
  /** `--guest KEY=VALUE,…`: what is said of guest and link. */
  readonly guest?: string;
  /** `--ram SIZE` and so on: the same, one option each. */
  readonly ram?: string;
  readonly workingSet?: string;
  readonly zero?: string;
  readonly pattern?: string;
  readonly dirtyRate?: string;
  readonly work?: string;
  readonly bandwidth?: string;
  readonly seed?: string;
  /** `--set NAME=VALUE`, repeatable. */
  readonly set?: readonly string[];
  /** `--share ideal|recorded|FILE`; default `recorded` with `--like`, else `ideal`. */
  readonly share?: string;
  /** `--profile NAME`; default: the one nearest to the recording's QEMU, else the usual one. */
  readonly profile?: string;
  /** `--no-auto-converge` */
  readonly autoConverge?: boolean;
  /** `--until TIME`: when to give up; default: where a broken-off recording ends, else 1 h. */
  readonly until?: string;
}

/** What is to be simulated, under which name, and what the scenario file wants to be varied. */
export interface ChosenPlan {
  readonly plan: Plan;
  readonly name: string;
  readonly compare: readonly string[];
  readonly sweep: readonly string[];
}

/**
 * The plan that options make.
 *
 * @throws ScenarioError for an option, {@link DocumentError} for a file
 */
export async function planFromOptions(options: PlanOptions, context: CliContext): Promise<ChosenPlan> {
  let plan = defaultPlan;
  let name = "";
  let document: ScenarioDocument = {};
  if (options.like !== undefined) {
    const trace = readTrace(await readText(options.like, context), options.like);
    plan = planOfTrace(trace);
    name = trace.name;
  }
  if (options.preset !== undefined) {
    plan = applyDocument(plan, findPreset(options.preset));
    name = options.preset;
  }
  if (options.scenario !== undefined) {
    const text = await readText(options.scenario, context);
    ({ document, plan } = readScenarioFile(options.scenario, text, plan));
    name = document.description ?? name;
  }
  plan = applyDocument(plan, await documentOf(options, context));
  return { plan, name, compare: document.compare ?? [], sweep: document.sweep ?? [] };
}

function planOfTrace(trace: Trace): Plan {
  const recorded = recordedScenario(trace);
  if (recorded === null) {
    throw new TraceError(trace.name || "the trace", [{ message: "does not say what its guest was" }]);
  }
  const { untilMs } = defaultPlan;
  return {
    ...defaultPlan,
    ...recorded,
    share: recordedSharePoints,
    untilMs: trace.isCompleted ? untilMs : (trace.totalTimeMs ?? untilMs),
  };
}

function findPreset(name: string): ScenarioDocument {
  const preset = presets.get(name);
  if (preset !== undefined) return preset;
  const help = didYouMean(name, presets.keys()).map((sentence) => `; ${sentence}`);
  throw new ScenarioError(`'${name}' is not a preset: ${[...presets.keys()].join(", ")}${help.join("")}`);
}

async function documentOf(options: PlanOptions, context: CliContext): Promise<ScenarioDocument> {
  const { ram, workingSet, zero, pattern, dirtyRate, work, bandwidth, seed } = options;
  const { autoConverge, share, profile, until, set = [] } = options;
  const single = {
    ram,
    "working-set": workingSet,
    zero,
    pattern,
    "dirty-rate": dirtyRate,
    work,
    bandwidth,
    seed,
  };
  const given = Object.entries(single).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const settings = set.map(splitAssignment).map(([word, value]) => [findSettingParameter(word).name, value]);
  return {
    guest: Object.fromEntries([...splitScenarioOptions(options.guest ?? ""), ...given]),
    parameters: Object.fromEntries(settings) as Record<string, string>,
    ...(share !== undefined && { share: await shareOf(share, context) }),
    ...(profile !== undefined && { profile }),
    ...(until !== undefined && { until }),
    ...(autoConverge !== undefined && { "auto-converge": autoConverge }),
  };
}

async function shareOf(share: string, context: CliContext): Promise<NonNullable<ScenarioDocument["share"]>> {
  if (share === "ideal" || share === "recorded") return share;
  const content = await readText(share, context);
  try {
    return readShareCurve(content, share);
  } catch (error) {
    // What an option names is part of it.
    throw error instanceof DocumentError ? new ScenarioError(error.message) : error;
  }
}
