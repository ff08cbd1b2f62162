import { PAGE_SIZE, steadyWork, type Guest, type WorkPhase, type WritePattern } from "./guest.js";
import type { BandwidthChange, Link, LinkFailure } from "./link.js";

/** What a simulated migration moves, over what, what goes wrong, and what chance brings. */
export interface Scenario {
  readonly guest: Guest;
  readonly link: Link;
  readonly failure: LinkFailure | null;
  readonly seed: number;
}

/** What can be said about a scenario; the rest follows from it or is as usual. Sizes are in bytes. */
export interface ScenarioChoices {
  readonly ram?: number;
  readonly workingSet?: number;
  readonly zero?: number;
  readonly pattern?: WritePattern;
  readonly work?: readonly WorkPhase[];
  readonly isEmulated?: boolean;
  /** Bytes per second, at first. */
  readonly bandwidth?: number;
  /** What the link carries later, in the order of time. */
  readonly bandwidthChanges?: readonly BandwidthChange[];
  readonly failure?: LinkFailure;
  readonly seed?: number;
}

/** A guest, link or scenario that cannot be. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
}

const MIB = 2 ** 20;
/** The largest guest that is modelled: 1 PiB. */
const LARGEST_RAM = 2 ** 50;

/**
 * A whole scenario. Without any choice it is a guest that does not fit through QEMU's default
 * `max-bandwidth` (128 MiB/s) unless it is throttled, on a link of 10 Gbit/s.
 *
 * @throws ScenarioError if the choices contradict each other
 */
export function createScenario(choices: ScenarioChoices = {}): Scenario {
  const ram = choices.ram ?? 1024 * MIB;
  const workingSet = choices.workingSet ?? (ram * 3) / 4;
  const zero = choices.zero ?? Math.max(0, Math.min(ram / 8, ram - workingSet));
  if (ram < PAGE_SIZE) throw new ScenarioError("ram must be at least a page, 4096 bytes");
  if (ram > LARGEST_RAM) throw new ScenarioError("ram is modelled up to 1 PiB");
  if (workingSet > ram) throw new ScenarioError("working-set must not exceed ram");
  if (zero + workingSet > ram) throw new ScenarioError("working-set and zero together must not exceed ram");
  return {
    guest: {
      ram,
      workingSet,
      zero,
      pattern: choices.pattern ?? { kind: "uniform" },
      work: choices.work ?? steadyWork(512 * MIB),
      isEmulated: choices.isEmulated ?? false,
      deviceState: 112 * 1024,
    },
    link: linkOf(choices),
    failure: choices.failure ?? null,
    seed: choices.seed ?? 0,
  };
}

function linkOf({ bandwidth = 1.25e9, bandwidthChanges: changes = [] }: ScenarioChoices): Link {
  return changes.length === 0 ? { bandwidth } : { bandwidth, changes };
}
