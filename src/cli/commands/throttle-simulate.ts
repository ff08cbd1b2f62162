import { writeFile } from "node:fs/promises";
import { gridPoint, gridSize, parseAxis, type Axis } from "../../lab/axis.js";
import { describePlan } from "../../lab/plan-description.js";
import { runPlan, type Plan } from "../../lab/plan.js";
import { reportPage } from "../../lab/report-page.js";
import { seriesOf } from "../../lab/run-series.js";
import type { Setup } from "../../lab/setup-section.js";
import { shellCommand } from "../../lab/shell-command.js";
import { checkSweepPage, sweepPage } from "../../lab/sweep-page.js";
import { writeJson } from "../../json/index.js";
import { defaultSettings, ScenarioError } from "../../migration/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { builtFile, readBuiltFile } from "../throttle/built-file.js";
import { tellDecisions } from "../../lab/report/decision-trace.js";
import { planFromOptions, type ChosenPlan, type PlanOptions } from "../throttle/plan-from-options.js";
import { progressBar } from "../throttle/progress-bar.js";
import { runsToCsv, runsToJson, runsToText, type LabelledRun } from "../../lab/report/simulation-report.js";
import { sweepToCsv, sweepToJson, sweepToText } from "../../lab/report/sweep-report.js";
import { runSweep } from "../../lab/sweep/run-sweep.js";

export interface SimulateCommandOptions extends PlanOptions {
  /** `--compare NAME[=V1,V2,…]`, repeatable: all combinations are run. */
  readonly compare?: readonly string[];
  /** `--sweep NAME=V1,V2,…|FROM..TO/STEP`, repeatable: all combinations are run, and told in figures only. */
  readonly sweep?: readonly string[];
  /** `--trace migration_throttle`: every decision on stderr. */
  readonly trace?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  /** `--html FILE`: a page with charts, besides what is printed. */
  readonly html?: string;
}

/** So many runs are drawn into one page. */
const MOST_ON_A_PAGE = 16;

/** What a page says of what it shows. */
function setupOf(plan: Plan, axes: readonly Axis[], options: SimulateCommandOptions): Setup {
  return {
    parts: describePlan(
      plan,
      axes.map(({ name }) => name),
    ),
    command: shellCommand(["qapi", "throttle", "simulate", ...wordsOf(options)]),
  };
}

/** The options as they are typed. */
function wordsOf(options: SimulateCommandOptions): string[] {
  return Object.entries(options).flatMap(([key, value]: [string, unknown]) => {
    const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return key === "autoConverge" ? [] : [name];
    if (value === false) return [`--no-${name.slice(2)}`];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => (typeof each === "string" ? [name, each] : []));
  });
}

function titleOf(name: string): string {
  return name === "" ? "Simulated migration" : `Simulated migration: ${name}`;
}

/** `qapi throttle simulate`: the pre-copy model, once or for each of several settings. */
export async function throttleSimulate(
  options: SimulateCommandOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const chosen = await planFromOptions(options, context);
  const sweep = (options.sweep ?? chosen.sweep).map(parseAxis);
  const compare = (options.compare ?? chosen.compare).map(parseAxis);
  if (sweep.length === 0) return compareRuns(chosen, compare, options, context);
  if (options.trace !== undefined) throw new ScenarioError("--trace tells of single runs, not of a --sweep");
  return sweepRuns(chosen, [...sweep, ...compare], options, context);
}

async function compareRuns(
  { plan, name }: ChosenPlan,
  axes: readonly Axis[],
  options: SimulateCommandOptions,
  { stdout, stderr }: CliContext,
): Promise<ExitStatus> {
  const { json = false, csv = false, html, trace } = options;
  const count = gridSize(axes);
  if (html !== undefined && count > MOST_ON_A_PAGE) {
    throw new ScenarioError(`${count} runs are too many for a page; ${MOST_ON_A_PAGE} are the most`);
  }
  const runs = Array.from({ length: count }, (_, index): LabelledRun => {
    const point = gridPoint(plan, axes, index);
    const run = runPlan(point.plan);
    const traced = run.syncs.map(({ pass, timeMs, throttle }) => ({
      sync: pass,
      timeMs: BigInt(Math.floor(timeMs)),
      outcome: throttle,
    }));
    tellDecisions(trace, traced, stderr);
    return {
      label: point.label || name || "simulated",
      settings: point.plan.schedule[0]?.settings ?? defaultSettings,
      run,
    };
  });
  if (html !== undefined) {
    const page = reportPage({
      title: titleOf(name),
      setup: setupOf(plan, axes, options),
      runs: runs.map(({ label, run }) => seriesOf(label, run)),
      script: await readBuiltFile("lab/report.js"),
      style: await readBuiltFile("lab/lab.css"),
    });
    await writeFile(html, page);
  }
  if (json) stdout.write(writeJson(runsToJson(runs), "indented"));
  else stdout.write(csv ? runsToCsv(runs) : runsToText(runs));
  return ExitStatus.ok;
}

async function sweepRuns(
  { plan, name }: ChosenPlan,
  axes: readonly Axis[],
  options: SimulateCommandOptions,
  { stdout, stderr, signal }: CliContext,
): Promise<ExitStatus> {
  const { json = false, csv = false, html } = options;
  if (html !== undefined) checkSweepPage(axes);
  const bar = progressBar(stderr, gridSize(axes));
  const worker = builtFile("sweep-worker.js");
  const results = await runSweep(plan, axes, { worker, signal, onProgress: bar.show }).finally(bar.clear);
  if (html !== undefined) {
    const [setup, style] = [setupOf(plan, axes, options), await readBuiltFile("lab/lab.css")];
    await writeFile(html, sweepPage({ title: titleOf(name), setup, axes, results, style }));
  }
  if (json) stdout.write(writeJson(sweepToJson(axes, results), "indented"));
  else stdout.write(csv ? sweepToCsv(axes, results) : sweepToText(axes, results));
  return ExitStatus.ok;
}
