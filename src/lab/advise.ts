import { PAGE_SIZE, pagesOf } from "../migration/simulator/guest.js";
import { defaultSettings } from "../migration/simulator/migration-settings.js";
import { makeScenario } from "../migration/simulator/scenario.js";
import { idealShare, shareCurve } from "../migration/simulator/share-curve.js";
import { gridPoint, gridSize, type Axis } from "./axis.js";
import { checkPlan, runPlan, type Plan } from "./plan.js";
import { formatBytes, formatTime } from "./quantities.js";
import { cpuShareLost, figuresOf, type RunFigures } from "./run-figures.js";

/** Settings that were tried, and what came of them. */
export interface Trial {
  /** As in `cpu-throttle-initial=20 cpu-throttle-increment=10 …`; empty for the settings as they are. */
  readonly label: string;
  readonly figures: RunFigures;
}

/** What to set, and why. */
export interface Advice {
  /** What guest, link and downtime limit come to, in sentences. */
  readonly reasons: readonly string[];
  /** Without auto-converge, and with it as the settings are. */
  readonly unthrottled: Trial;
  readonly asSet: Trial;
  /** The settings worth having: each is best in something. */
  readonly choices: readonly (Trial & { readonly merit: string })[];
  readonly tried: number;
  readonly converged: number;
}

/** What is tried in place of what is set. */
const tried: readonly Axis[] = [
  { name: "throttle-trigger-threshold", values: ["25", "50", "75"] },
  { name: "cpu-throttle-initial", values: ["10", "20", "40"] },
  { name: "cpu-throttle-increment", values: ["5", "10", "20"] },
  { name: "cpu-throttle-tailslow", values: ["off", "on"] },
];

/**
 * Tries settings on a guest and link, and says which to have and why.
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
  const trials = Array.from({ length: gridSize(usable) }, (_, index): Trial => {
    const { label, plan: changed } = gridPoint(plan, usable, index);
    return { label, figures: figuresOf(runPlan({ ...changed, autoConverge: true })) };
  });
  const converged = trials.filter(({ figures }) => figures.status === "completed");
  const unthrottled = { label: "", figures: figuresOf(runPlan({ ...plan, autoConverge: false })) };
  const asSet = { label: "", figures: figuresOf(runPlan({ ...plan, autoConverge: true })) };
  return {
    reasons: reasonsOf(plan, unthrottled, asSet, converged.length),
    unthrottled,
    asSet,
    choices: choose(converged),
    tried: trials.length,
    converged: converged.length,
  };
}

/** The quickest, the gentlest, and the one that is nearest to both. */
function choose(converged: readonly Trial[]): Advice["choices"] {
  const quickest = least(converged, ({ totalMs }) => totalMs);
  const gentlest = least(converged, ({ cpuLostMs }) => cpuLostMs);
  if (quickest === undefined || gentlest === undefined) return [];
  const balanced = least(
    converged,
    ({ totalMs, cpuLostMs }) =>
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
  }));
}

/** The first of those that cost least. */
function least(trials: readonly Trial[], cost: (figures: RunFigures) => number): Trial | undefined {
  return trials.reduce<Trial | undefined>(
    (best, trial) => (best === undefined || cost(trial.figures) < cost(best.figures) ? trial : best),
    undefined,
  );
}

function reasonsOf(plan: Plan, unthrottled: Trial, asSet: Trial, converged: number): string[] {
  const { guest, link } = makeScenario(plan.choices);
  const { maxBandwidth, downtimeLimit, throttle } = plan.schedule[0]?.settings ?? defaultSettings;
  const limit = maxBandwidth === 0n ? Infinity : Number(maxBandwidth);
  const sent = Math.min(link.bandwidth, limit);
  const written = averageRate(guest.work);
  const allowed = (sent * Number(downtimeLimit)) / 1000;
  const workingSet = pagesOf(guest.workingSet) * PAGE_SIZE;
  const reasons = [
    `The migration sends at most ${formatBytes(sent)}/s${limit < link.bandwidth ? " (max-bandwidth)" : ""}; ` +
      `the guest writes ${formatBytes(written)}/s at full speed, on a working set of ${formatBytes(workingSet)}.`,
    `A downtime of ${formatTime(downtimeLimit)} leaves ${formatBytes(allowed)} for the end.`,
  ];
  if (unthrottled.figures.status === "completed") {
    reasons.push(
      `It completes without a throttle in ${formatTime(unthrottled.figures.totalMs)}: nothing needs to be set.`,
    );
  } else if (written > sent) {
    reasons.push("Unthrottled, it writes faster than that, so what is left never shrinks far enough.");
  } else {
    reasons.push("Unthrottled, each pass leaves more than that: the passes do not get short enough.");
  }
  const { figures } = asSet;
  if (
    figures.status !== "completed" &&
    figures.decisions === 0 &&
    unthrottled.figures.status !== "completed"
  ) {
    reasons.push(
      `With throttle-trigger-threshold at ${throttle.threshold} the throttle never sets in: ` +
        "the guest dirties no more than that share of what is sent. A lower threshold or a longer downtime helps.",
    );
  }
  const share = plan.share === null ? idealShare : shareCurve(plan.share);
  const least = written * share(throttle.max);
  if (converged === 0) {
    reasons.push(
      `Nothing that was tried converges. At ${throttle.max} % the guest still writes ${formatBytes(least)}/s; ` +
        "more bandwidth, a longer downtime" +
        (throttle.max < 99 ? ", a higher max-cpu-throttle" : "") +
        " or postcopy would be needed.",
    );
  } else if (figures.status === "completed" && figures.decisions > 0) {
    reasons.push(
      `As set, the throttle rises to ${figures.peakPercentage} % in ${figures.decisions} decisions and takes ` +
        `${(cpuShareLost(figures) * 100).toFixed(0)} % of the guest's CPU time.`,
    );
  }
  return reasons;
}

/** Bytes per second of CPU time, on average over the phases. */
function averageRate(work: ReturnType<typeof makeScenario>["guest"]["work"]): number {
  const [only] = work;
  if (only !== undefined && work.length === 1) return only.pagesPerSecond * PAGE_SIZE;
  const total = work.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const pages = work.reduce((sum, { cpuMs, pagesPerSecond }) => sum + cpuMs * pagesPerSecond, 0);
  return (pages / total) * PAGE_SIZE;
}
