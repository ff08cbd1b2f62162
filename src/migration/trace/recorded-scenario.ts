import type { Trace, TraceGuest } from "./trace.js";
import { PAGE_SIZE, type WorkPhase } from "../simulator/guest.js";
import type { LoopRules } from "../profile/loop-rules.js";
import { nearestProfile } from "../profile/profiles.js";
import { defaultSettings } from "../profile/setting-parameters.js";
import type { ScenarioChoices } from "../simulator/scenario.js";
import { shareCurve, type ShareCurve, type SharePoint } from "../simulator/share-curve.js";
import type { SettingsStep } from "../simulator/simulate.js";

/**
 * The share of its dirty rate that a guest keeps under QEMU's software emulation, as measured on the
 * machine of the recordings: about 8 ms of work in every tick of the throttle, in place of 10.
 */
export const recordedSharePoints: readonly SharePoint[] = [
  [20, 0.62],
  [30, 0.55],
  [40, 0.48],
  [50, 0.41],
  [60, 0.33],
  [70, 0.25],
  [80, 0.17],
  [90, 0.09],
  [99, 0.01],
];

/** The curve through {@link recordedSharePoints}. */
export const recordedShare: ShareCurve = shareCurve(recordedSharePoints);

const MIB = 2 ** 20;
/** What the machine has besides its RAM proper, firmware and tables, and how much of all is neither zero nor written. */
const DEVICE_RAM = 520 * 1024;
const QUIET_PAGES = 85;
/** What a pipe to a process that throws everything away carries. */
const PIPE_BANDWIDTH = 2e9;

/** The guest, link and parameters of a recording, for a simulation to run with. */
export interface RecordedScenario {
  readonly choices: ScenarioChoices;
  readonly rules: LoopRules;
  readonly schedule: readonly SettingsStep[];
}

/** Null if the recording does not say what its guest was. */
export function recordedScenario(trace: Trace): RecordedScenario | null {
  if (trace.guest === null) return null;
  return {
    choices: { ...choicesOf(trace.guest, measuredPace(trace, trace.guest)), bandwidth: PIPE_BANDWIDTH },
    rules: nearestProfile(trace.qemu).loop,
    schedule: scheduleOf(trace),
  };
}

/** Of a region, so much may be new in a sync whose guest is sure not to have written a page twice. */
const LITTLE = 0.25;
/** A shorter time tells little of a speed, and so do fewer syncs. */
const SHORT_MS = 200n;
const FEWEST = 3;
/** A guest so much faster or slower than it was made to be did something else. */
const FARTHEST = 2;

/**
 * How much faster a guest was than its recording says, as its syncs show: the median over those in which
 * little was new; 1 where they do not tell. Recording machines differ, and are busy with other things at times.
 */
function measuredPace({ syncs }: Trace, { regionMib, phases, spinsPerSecond }: TraceGuest): number {
  const [{ spin } = { spin: NaN }, ...others] = phases;
  const fullSpeed = spinsPerSecond / spin;
  const paces = syncs.slice(1).flatMap((sync, index) => {
    const before = syncs[index];
    if (before === undefined || others.length > 0) return [];
    const pages = sync.dirtyPagesInPeriod - (before.isPeriod ? 0n : before.dirtyPagesInPeriod);
    const tookMs = sync.timeMs - before.timeMs;
    const isTelling =
      tookMs >= SHORT_MS && Number(pages) * PAGE_SIZE < LITTLE * regionMib * MIB && pages > 0n;
    const speed = (Number(pages) * 1000) / Number(tookMs);
    return isTelling ? [speed / fullSpeed / recordedShare(before.percentage)] : [];
  });
  const median = paces.sort((a, b) => a - b)[Math.floor(paces.length / 2)];
  const isTrusted =
    median !== undefined && paces.length >= FEWEST && median > 1 / FARTHEST && median < FARTHEST;
  return isTrusted ? median : 1;
}

function choicesOf({ ramMib, regionMib, spinsPerSecond, phases }: TraceGuest, pace: number): ScenarioChoices {
  const ram = ramMib * MIB + DEVICE_RAM;
  const workingSet = regionMib * MIB;
  return {
    ram,
    workingSet,
    zero: Math.max(0, ram - workingSet - QUIET_PAGES * PAGE_SIZE),
    pattern: { kind: "sweep" },
    isEmulated: true,
    work: phases.map(({ spin, pages }): WorkPhase => {
      const pagesPerSecond = (pace * spinsPerSecond) / spin;
      return { pagesPerSecond, cpuMs: (pages * 1000) / pagesPerSecond };
    }),
  };
}

function scheduleOf({ parameters, changes, syncs }: Trace): SettingsStep[] {
  const start = syncs[0]?.timeMs ?? 0n;
  let settings = defaultSettings;
  return [{ timeMs: start, parameters }, ...changes].map(({ timeMs, parameters: { policy, ...others } }) => {
    settings = { ...settings, ...others, throttle: { ...settings.throttle, ...policy } };
    return { fromMs: Number(timeMs - start), settings };
  });
}
