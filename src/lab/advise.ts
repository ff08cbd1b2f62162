import { defaultSettings } from "../migration/profile/setting-parameters.js";
import { reasonsOf, type Trial, type Verdict } from "./advice-reasons.js";
import { gridPoint, gridSize, type Axis } from "./axis.js";
import { longLookMs } from "./long-look.js";
import { monitorLines } from "./monitor-lines.js";
import { checkPlan, runPlan, type Plan } from "./plan.js";
import { figuresOf } from "./run-figures.js";

/** A trial worth having, and the monitor's lines that bring it about in a QEMU as it starts. */
interface Choice extends Trial {
  /** What it is best in. */
  readonly merit: string;
  readonly lines: readonly string[];
}

/** What to set, and why. */
export interface Advice {
  readonly verdict: Verdict;
  /** What guest, link and downtime limit come to, in sentences. */
  readonly reasons: readonly string[];
  /** The plan's time limit in ms, and the least time in ms in which anything completes; null if nothing does. */
  readonly untilMs: number;
  readonly neededMs: number | null;
  /** Without auto-converge, and with it as the settings are. */
  readonly unthrottled: Trial;
  readonly asSet: Trial;
  /** What to set where no throttle is needed; empty where one is, or where that is how QEMU starts. */
  readonly lines: readonly string[];
  /** The settings worth having: each is best in something. None where no throttle is needed. */
  readonly choices: readonly Choice[];
  readonly tried: number;
  /** How many of the tried completed in time, and how many with more of it. */
  readonly converged: number;
  readonly convergedLater: number;
}

/** What is tried in place of what is set. */
const tried: readonly Axis[] = [
  { name: "throttle-trigger-threshold", values: ["25", "50", "75"] },
  { name: "cpu-throttle-initial", values: ["10", "20", "40"] },
  { name: "cpu-throttle-increment", values: ["5", "10", "20"] },
  { name: "cpu-throttle-tailslow", values: ["off", "on"] },
];

/**
 * Tries settings on a guest and link, and says which to have and why. What the plan's time cuts off is
 * looked at for longer, so that "too slow" and "never" are told apart.
 *
 * @throws ScenarioError if guest, link and parameters cannot be
 */
export function advise(plan: Plan): Advice {
  checkPlan(plan);
  const limit = plan.schedule[0]?.settings.throttle.max ?? defaultSettings.throttle.max;
  const axes = tried.map(({ name, values }) => ({
    name,
    // An initial throttle above the highest one is not allowed.
    values: name === "cpu-throttle-initial" ? values.filter((value) => Number(value) <= limit) : values,
  }));
  const usable = axes.filter(({ values }) => values.length > 0);
  const trials = Array.from({ length: gridSize(usable) }, (_, index) => {
    const { label, plan: changed } = gridPoint(plan, usable, index);
    return tryOut(label, { ...changed, autoConverge: true });
  });
  const [unthrottled, asSet] = [false, true].map((autoConverge) => tryOut("", { ...plan, autoConverge }));
  if (unthrottled === undefined || asSet === undefined) throw new RangeError("two trials were made");

  const verdict = verdictOf(unthrottled, [asSet, ...trials]);
  const needsThrottle =
    verdict === "converges" || (verdict === "needs-time" && unthrottled.figures.status !== "completed");
  const completed = [unthrottled, asSet, ...trials].filter(isCompleted);
  return {
    verdict,
    reasons: reasonsOf({ plan, verdict, unthrottled, asSet, trials }),
    untilMs: plan.untilMs,
    neededMs: least(completed, ({ figures }) => figures.totalMs)?.figures.totalMs ?? null,
    unthrottled,
    asSet,
    lines: !needsThrottle && isCompleted(unthrottled) ? monitorLines(unthrottled, []) : [],
    choices: needsThrottle ? choose(asSet, trials, usable) : [],
    tried: trials.length,
    converged: trials.filter(isCompletedInTime).length,
    convergedLater: trials.filter(isCompleted).length,
  };
}

/** A run does not depend on when it would be given up, so the longer look does for both. */
function tryOut(label: string, plan: Plan): Trial {
  const { untilMs, autoConverge, schedule } = plan;
  const figures = figuresOf(runPlan({ ...plan, untilMs: Math.max(untilMs, longLookMs(plan)) }));
  return {
    label,
    settings: schedule[0]?.settings ?? defaultSettings,
    autoConverge,
    figures,
    isInTime: figures.status !== "active" && figures.totalMs <= untilMs,
  };
}

const isCompleted = ({ figures }: Trial): boolean => figures.status === "completed";
const isCompletedInTime = (trial: Trial): boolean => trial.isInTime && isCompleted(trial);

function verdictOf(unthrottled: Trial, throttled: readonly Trial[]): Verdict {
  if (isCompletedInTime(unthrottled)) return "nothing-needed";
  if (throttled.some(isCompletedInTime)) return "converges";
  const all = [unthrottled, ...throttled];
  if (all.some(isCompleted)) return "needs-time";
  return all.some(({ figures }) => figures.status === "failed") ? "fails" : "does-not-converge";
}

/**
 * The quickest, the gentlest, and the one that is nearest to both. Of those that are as good as each
 * other, what changes least of what is set.
 */
function choose(asSet: Trial, trials: readonly Trial[], axes: readonly Axis[]): Choice[] {
  const inTime = trials.filter(isCompletedInTime);
  const changes = ({ label }: Trial): number =>
    label.split(" ").filter((assignment) => !monitorValues(asSet).has(assignment)).length;
  const usable = (inTime.length > 0 ? inTime : trials.filter(isCompleted)).sort(
    (a, b) => changes(a) - changes(b),
  );
  const quickest = least(usable, ({ figures }) => figures.totalMs);
  const gentlest = least(usable, ({ figures }) => figures.cpuLostMs);
  if (quickest === undefined || gentlest === undefined) return [];
  const balanced = least(
    usable,
    ({ figures: { totalMs, cpuLostMs } }) =>
      totalMs / quickest.figures.totalMs + cpuLostMs / Math.max(1, gentlest.figures.cpuLostMs),
  );
  const chosen = [
    { trial: quickest, merit: "quickest" },
    { trial: gentlest, merit: "least guest CPU lost" },
    ...(balanced === undefined ? [] : [{ trial: balanced, merit: "best of both" }]),
  ];
  return [...new Set(chosen.map(({ trial }) => trial))].map((trial) => ({
    ...trial,
    merit: chosen
      .filter((each) => each.trial === trial)
      .map(({ merit }) => merit)
      .join(", "),
    lines: monitorLines(
      trial,
      axes.map(({ name }) => name),
    ),
  }));
}

/** What is set, as labels have it: `cpu-throttle-initial=20`. */
function monitorValues(trial: Trial): ReadonlySet<string> {
  const names = tried.map(({ name }) => name);
  const lines = monitorLines(trial, names).map((line) => line.split(" "));
  return new Set(lines.map(([, name = "", value = ""]) => `${name}=${value}`));
}

/** The first of those that cost least. */
function least(trials: readonly Trial[], cost: (trial: Trial) => number): Trial | undefined {
  return trials.reduce<Trial | undefined>(
    (best, trial) => (best === undefined || cost(trial) < cost(best) ? trial : best),
    undefined,
  );
}
