import { PAGE_SIZE, pagesOf } from "../migration/simulator/guest.js";
import type { MigrationSettings } from "../migration/profile/migration-settings.js";
import { defaultSettings } from "../migration/profile/setting-parameters.js";
import { createScenario, type Scenario } from "../migration/simulator/scenario.js";
import { idealShare, shareCurve } from "../migration/simulator/share-curve.js";
import { firstPassBytes, sendingRates } from "./long-look.js";
import { runPlan, type Plan } from "./plan.js";
import { formatBytes, formatTime } from "./quantities.js";
import { cpuShareLost, figuresOf, type RunFigures } from "./run-figures.js";

/** What a guest on a link comes to, whatever is set. */
export type Verdict =
  /** It completes in time without a throttle. */
  | "nothing-needed"
  /** Some of what was tried completes in time. */
  | "converges"
  /** Nothing completes in the time given, something does later. */
  | "needs-time"
  /** Nothing that was tried completes, however long one waits. */
  | "does-not-converge"
  /** The link fails before anything completes. */
  | "fails";

/** Settings that were tried, and what came of them. */
export interface Trial {
  /** As in `cpu-throttle-initial=20 cpu-throttle-increment=10 …`; empty for the settings as they are. */
  readonly label: string;
  /** Those at the start. */
  readonly settings: MigrationSettings;
  readonly autoConverge: boolean;
  /** However long it took; `active` if it never ends. */
  readonly figures: RunFigures;
  /** Whether it ended in the time that the plan gives. */
  readonly isInTime: boolean;
}

/** What advice looks at to say why. */
interface Evidence {
  readonly plan: Plan;
  readonly verdict: Verdict;
  readonly unthrottled: Trial;
  readonly asSet: Trial;
  readonly trials: readonly Trial[];
}

/** What guest, link, time and downtime limit come to, in sentences. None says more than was seen. */
export function reasonsOf(evidence: Evidence): string[] {
  const { plan, verdict } = evidence;
  const facts = factsOf(plan);
  return [
    ...circumstances(plan, facts),
    ...(verdict === "fails" ? failure(facts, evidence) : [...verdictReasons(evidence, facts)]),
    ...(plan.schedule.length > 1
      ? [
          "Parameters change while it runs, as the scenario has it; what is set below is what holds at the start.",
        ]
      : []),
  ];
}

interface Facts {
  readonly scenario: Scenario;
  /** Bytes per second at the most, at first. */
  readonly sent: number;
  readonly isLimited: boolean;
  /** Bytes per second at full speed, and at the highest throttle. */
  readonly written: number;
  readonly leastWritten: number;
  /** Bytes that the downtime limit leaves for the end. */
  readonly allowed: number;
  readonly highest: number;
  readonly threshold: number;
  readonly downtimeLimit: bigint;
}

function factsOf(plan: Plan): Facts {
  const scenario = createScenario(plan.choices);
  const { downtimeLimit, throttle } = plan.schedule[0]?.settings ?? defaultSettings;
  const { atFirst: sent } = sendingRates(plan);
  const written = averageRate(scenario.guest.work);
  const share = plan.share === null ? idealShare : shareCurve(plan.share);
  return {
    scenario,
    sent,
    isLimited: sent < scenario.link.bandwidth,
    written,
    leastWritten: written * share(throttle.max),
    allowed: (sent * Number(downtimeLimit)) / 1000,
    highest: throttle.max,
    threshold: throttle.threshold,
    downtimeLimit,
  };
}

function circumstances(
  plan: Plan,
  { scenario, sent, isLimited, written, allowed, downtimeLimit }: Facts,
): string[] {
  const workingSet = pagesOf(scenario.guest.workingSet) * PAGE_SIZE;
  const changes = (scenario.link.changes ?? []).length > 0 || plan.schedule.length > 1;
  return [
    `The migration sends at most ${formatBytes(sent)}/s${changes ? " at first" : ""}${isLimited ? " (max-bandwidth)" : ""}; ` +
      `the guest writes ${formatBytes(written)}/s at full speed, on a working set of ${formatBytes(workingSet)}.`,
    `A downtime of ${formatTime(downtimeLimit)} leaves ${formatBytes(allowed)} for the end.`,
  ];
}

function failure({ scenario }: Facts, { asSet }: Evidence): string[] {
  const after = formatTime(asSet.figures.totalMs);
  return [
    scenario.failure?.kind === "connect"
      ? "The destination refuses the connection: nothing that is set here helps."
      : `The link breaks after ${after}, before anything that was tried has converged.`,
  ];
}

function* verdictReasons(evidence: Evidence, facts: Facts): Generator<string> {
  const { plan, verdict, unthrottled, asSet, trials } = evidence;
  const { sent, written } = facts;
  if (verdict === "nothing-needed") {
    yield `It completes without a throttle in ${formatTime(unthrottled.figures.totalMs)}: nothing needs to be set.`;
    return;
  }
  if (verdict === "needs-time") yield* timeReasons(evidence, facts);
  if (unthrottled.figures.status === "completed") {
    const needed = formatTime(unthrottled.figures.totalMs);
    yield (
      `Without a throttle it completes in ${needed}, after the ${formatTime(plan.untilMs)} that are given` +
      (verdict === "needs-time" ? ": it needs no settings, but time." : ".")
    );
    if (verdict === "needs-time") return;
  } else if (unthrottled.figures.status === "active") {
    yield written > sent
      ? "Unthrottled, it writes faster than that, so what is left never shrinks far enough."
      : "Unthrottled, each pass leaves more than that: the passes do not get short enough.";
  }
  yield* asSetReasons(asSet, facts);
  if (verdict === "does-not-converge") yield hopeless(trials, facts);
}

/** Why the time was too short, and how much would do. */
function* timeReasons(
  { plan, unthrottled, asSet, trials }: Evidence,
  { scenario, sent }: Facts,
): Generator<string> {
  const given = formatTime(plan.untilMs);
  const first = firstPassBytes(scenario);
  const atEnd = figuresOf(runPlan(plan));
  yield atEnd.transferredBytes < first
    ? `The ${given} that are given are up in the first pass over the RAM: ${formatBytes(first)} take about ` +
      `${formatTime(Math.round((first * 1000) / sent))}, whatever is set.`
    : `The ${given} that are given are up while it converges: the throttle stands at ` +
      `${atEnd.peakPercentage} % by then.`;
  const needed = [unthrottled, asSet, ...trials].reduce(
    (least, { figures: { status, totalMs } }) => (status === "completed" ? Math.min(least, totalMs) : least),
    Infinity,
  );
  yield `It needs at least ${formatTime(needed)} (--until ${Math.ceil(needed / 1000)}s).`;
}

/** What comes of auto-converge with the settings as they are. */
function* asSetReasons({ figures }: Trial, { threshold, highest }: Facts): Generator<string> {
  const { status, decisions, peakPercentage } = figures;
  if (status === "completed" && decisions > 0) {
    yield (
      `As set, the throttle rises to ${peakPercentage} % in ${decisions} decision${decisions === 1 ? "" : "s"} and takes ` +
      `${(cpuShareLost(figures) * 100).toFixed(0)} % of the guest's CPU time.`
    );
  } else if (status === "active" && decisions === 0) {
    yield (
      `With throttle-trigger-threshold at ${threshold} the throttle never sets in: ` +
      "the guest dirties no more than that share of what is sent. A lower threshold or a longer downtime helps."
    );
  } else if (status === "active" && peakPercentage < highest) {
    yield (
      `As set, the throttle rises to ${peakPercentage} % and no further: the guest then dirties no more than ` +
      `${threshold} % of what is sent, and still too much for the downtime.`
    );
  }
}

function hopeless(trials: readonly Trial[], { leastWritten, highest }: Facts): string {
  const told = "Nothing that was tried converges.";
  if (!trials.some(({ figures }) => figures.peakPercentage >= highest)) {
    return `${told} More bandwidth, a longer downtime or postcopy would be needed.`;
  }
  const higher = highest < 99 ? ", a higher max-cpu-throttle" : "";
  return (
    `${told} At ${highest} % the guest still writes ${formatBytes(leastWritten)}/s; ` +
    `more bandwidth, a longer downtime${higher} or postcopy would be needed.`
  );
}

/** Bytes per second of CPU time, on average over the phases. */
function averageRate(work: Scenario["guest"]["work"]): number {
  const [only] = work;
  if (only !== undefined && work.length === 1) return only.pagesPerSecond * PAGE_SIZE;
  const total = work.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const pages = work.reduce((sum, { cpuMs, pagesPerSecond }) => sum + cpuMs * pagesPerSecond, 0);
  return (pages / total) * PAGE_SIZE;
}
