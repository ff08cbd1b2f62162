import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { writeJson } from "../../json/index.js";
import {
  defaultSettings,
  idealShare,
  loopRules,
  makeScenario,
  parseScenarioChoices,
  readTrace,
  recordedScenario,
  recordedShare,
  replay,
  ScenarioError,
  simulate,
  TraceError,
  type LoopRules,
  type RecordedScenario,
  type ScenarioChoices,
  type SettingsStep,
  type ShareCurve,
  type Trace,
} from "../../migration/index.js";
import { parseComparisons, parseSettings } from "../../migration/simulator/comparison.js";
import { readShareCurve } from "../../migration/trace/read-share-curve.js";
import { readScenarioOption } from "../../migration/simulator/scenario-options.js";
import { parseDuration, UnitError } from "../../migration/simulator/units.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { decisionTrace, type TracedSync } from "../throttle/decision-trace.js";
import { replayReport, replayToJson, replayToText, sinceStart } from "../throttle/replay-report.js";
import { runsToCsv, runsToJson, runsToText, type LabelledRun } from "../throttle/simulation-report.js";

export interface ReplayOptions {
  /** `--json` */
  readonly json?: boolean;
  /** `--set NAME=VALUE`, repeatable: parameters instead of the recorded ones. */
  readonly set?: readonly string[];
  /** `--trace migration_throttle`: every decision on stderr. */
  readonly trace?: string;
}

export interface SimulateCommandOptions {
  /** `--ram SIZE` and so on: what is said of guest and link, one option each. */
  readonly ram?: string;
  readonly workingSet?: string;
  readonly zero?: string;
  readonly pattern?: string;
  readonly dirtyRate?: string;
  readonly work?: string;
  readonly bandwidth?: string;
  readonly seed?: string;
  /** `--guest KEY=VALUE,…`: the same in one. */
  readonly guest?: string;
  /** `--like TRACE`: guest, link and parameters of a recording. */
  readonly like?: string;
  /** `--share ideal|recorded|FILE`; default `recorded` with `--like`, else `ideal`. */
  readonly share?: string;
  /** `--profile qemu-7.2|qemu-10.0`; default: the recording's QEMU, else 7.2. */
  readonly profile?: string;
  /** `--set NAME=VALUE`, repeatable. */
  readonly set?: readonly string[];
  /** `--compare NAME[=V1,V2,…]`, repeatable: all combinations are run. */
  readonly compare?: readonly string[];
  /** `--no-auto-converge` */
  readonly autoConverge?: boolean;
  /** `--until TIME`: when to give up; default: where a broken-off recording ends, else 1 h. */
  readonly until?: string;
  /** `--trace migration_throttle`: every decision on stderr. */
  readonly trace?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const PATIENCE_MS = 3_600_000;

/** `qapi throttle replay TRACE`: a recorded migration's syncs through the throttle. */
export function throttleReplay(
  file: string,
  options: ReplayOptions,
  context: CliContext,
): Promise<ExitStatus> {
  return reportingProblems(context, async () => {
    const trace = await loadTrace(file, context);
    const changes = parseSettings(options.set ?? []);
    const policy = { ...defaultSettings.throttle, ...trace.parameters.policy };
    const override =
      changes.label === "" ? {} : changes.apply({ ...defaultSettings, throttle: policy }).throttle;
    const report = replayReport(trace, replay(trace, override));
    const traced = report.syncs.map(({ recorded, outcome }) => ({
      sync: recorded.number,
      timeMs: sinceStart(trace, recorded.timeMs),
      outcome,
    }));
    tellDecisions(options, traced, context);
    context.stdout.write(
      options.json === true ? writeJson(replayToJson(report), "indented") : replayToText(report),
    );
    if (changes.label !== "") {
      context.stderr.write(
        "note: the recorded guest wrote what it wrote under the recorded throttle. This tells what other parameters\n" +
          "make of it, not what the guest would have done; `qapi throttle simulate --like` models that.\n",
      );
    }
    return ExitStatus.ok;
  });
}

/** `qapi throttle simulate`: the pre-copy model, once or for each of several settings. */
export function throttleSimulate(options: SimulateCommandOptions, context: CliContext): Promise<ExitStatus> {
  return reportingProblems(context, async () => {
    const trace = options.like === undefined ? null : await loadTrace(options.like, context);
    const recorded = trace === null ? null : scenarioOf(trace);
    const choices = choicesOf(options);
    const scenario = makeScenario({ ...recorded?.choices, ...choices });
    const schedule = scheduleOf(options, choices, recorded);
    const rules = rulesOf(options, recorded);
    const share = await shareOf(options, context);
    const untilMs = patienceOf(options, trace);
    const autoConverge = options.autoConverge ?? true;

    const runs = parseComparisons(options.compare ?? []).map(({ label, apply }): LabelledRun => {
      const applied = schedule.map(({ fromMs, settings }) => ({ fromMs, settings: apply(settings) }));
      const run = simulate({ scenario, schedule: applied, rules, share, autoConverge, untilMs });
      const traced = run.syncs.map(({ pass, timeMs, throttle }) => ({
        sync: pass,
        timeMs: BigInt(Math.floor(timeMs)),
        outcome: throttle,
      }));
      tellDecisions(options, traced, context);
      const name = label === "" ? (trace?.name ?? "") : label;
      return {
        label: name === "" ? "simulated" : name,
        settings: applied[0]?.settings ?? defaultSettings,
        run,
      };
    });
    if (options.json === true) context.stdout.write(writeJson(runsToJson(runs), "indented"));
    else context.stdout.write(options.csv === true ? runsToCsv(runs) : runsToText(runs));
    return ExitStatus.ok;
  });
}

/** Tells what users got wrong in one line on stderr: 2 for an option, 1 for a file. */
async function reportingProblems(context: CliContext, run: () => Promise<ExitStatus>): Promise<ExitStatus> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ScenarioError) {
      context.stderr.write(`error: ${error.message}\n`);
      return ExitStatus.usage;
    }
    if (error instanceof TraceError) {
      context.stderr.write(`error: ${error.message}\n`);
      return ExitStatus.failed;
    }
    throw error;
  }
}

function tellDecisions(
  { trace }: { readonly trace?: string },
  syncs: readonly TracedSync[],
  { stderr }: CliContext,
): void {
  if (trace === undefined) return;
  if (trace !== "migration_throttle")
    throw new ScenarioError(`'${trace}' is not a trace point: migration_throttle`);
  stderr.write(decisionTrace(syncs));
}

function readInput(file: string, { stdin }: CliContext): Promise<string> {
  return file === "-" ? text(stdin) : readFile(file, "utf8");
}

async function loadTrace(file: string, context: CliContext): Promise<Trace> {
  const content = await readInput(file, context);
  try {
    return readTrace(content);
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`${file}: ${error.message}`);
    throw error;
  }
}

function scenarioOf(trace: Trace): RecordedScenario {
  const recorded = recordedScenario(trace);
  if (recorded === null)
    throw new TraceError(`${trace.name || "the trace"}: does not say what its guest was`);
  return recorded;
}

function choicesOf(options: SimulateCommandOptions): ScenarioChoices {
  const { ram, workingSet, zero, pattern, dirtyRate, work, bandwidth, seed, guest = "" } = options;
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
  let choices = parseScenarioChoices(guest);
  for (const [name, value] of Object.entries(single)) {
    if (value !== undefined) choices = { ...choices, ...readScenarioOption(name, value) };
  }
  return choices;
}

/**
 * The parameters over time. Who gives a bandwidth means the migration to use it: `max-bandwidth` is
 * raised or lowered to it, unless it is set as well.
 */
function scheduleOf(
  { set = [] }: SimulateCommandOptions,
  { bandwidth }: ScenarioChoices,
  recorded: RecordedScenario | null,
): SettingsStep[] {
  const schedule = recorded?.schedule ?? [{ fromMs: 0, settings: defaultSettings }];
  const changes = parseSettings(set);
  return schedule.map(({ fromMs, settings }) => {
    const used =
      bandwidth === undefined ? settings : { ...settings, maxBandwidth: BigInt(Math.floor(bandwidth)) };
    return { fromMs, settings: changes.apply(used) };
  });
}

function rulesOf({ profile }: SimulateCommandOptions, recorded: RecordedScenario | null): LoopRules {
  switch (profile) {
    case undefined:
      return recorded?.rules ?? loopRules["7.2"];
    case "qemu-7.2":
      return loopRules["7.2"];
    case "qemu-10.0":
      return loopRules["10.0"];
    default:
      throw new ScenarioError(`'${profile}' is not a profile: qemu-7.2 or qemu-10.0`);
  }
}

async function shareOf({ share, like }: SimulateCommandOptions, context: CliContext): Promise<ShareCurve> {
  const named = share ?? (like === undefined ? "ideal" : "recorded");
  if (named === "ideal") return idealShare;
  if (named === "recorded") return recordedShare;
  const content = await readInput(named, context);
  try {
    return readShareCurve(content);
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioError(`${named}: ${error.message}`);
    throw error;
  }
}

function patienceOf({ until }: SimulateCommandOptions, trace: Trace | null): number {
  if (until === undefined) {
    return trace === null || trace.isCompleted ? PATIENCE_MS : (trace.totalTimeMs ?? PATIENCE_MS);
  }
  try {
    return parseDuration(until);
  } catch (error) {
    if (error instanceof UnitError) throw new ScenarioError(`until: '${until}' is not ${error.message}`);
    throw error;
  }
}
