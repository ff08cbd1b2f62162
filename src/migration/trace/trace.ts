import type { MigrationSettings } from "../profile/migration-settings.js";
import type { AutoConvergePolicy } from "../throttle/auto-converge.js";

/** Parameters of a migration; those that a recording lacks are absent. */
export interface TraceParameters extends Partial<Omit<MigrationSettings, "throttle">> {
  readonly policy: Partial<AutoConvergePolicy>;
}

/** A recorded sync of the dirty bitmap. Times are in ms on one clock. */
export interface TraceSync {
  /** Its number, from 1. */
  readonly number: number;
  /** When it was seen. */
  readonly timeMs: bigint;
  /** When QEMU's period under way had begun. */
  readonly periodStartMs: bigint;
  /** What QEMU took for the end of the sync; null where that was not recorded. */
  readonly endTimeMs: bigint | null;
  readonly isPeriod: boolean;
  readonly transferred: bigint;
  /** New dirty pages since the period began, this sync's included. */
  readonly dirtyPagesInPeriod: bigint;
  /** What QEMU made of it. */
  readonly fired: boolean;
  readonly percentage: number;
}

/** Parameters set while the migration ran. */
export interface TraceChange {
  readonly timeMs: bigint;
  readonly parameters: TraceParameters;
}

/** The guest of a recording: it rewrites a region page by page, in a loop, at one or two speeds. */
export interface TraceGuest {
  readonly ramMib: number;
  readonly regionMib: number;
  /** Turns of its empty loop in a second, on the machine of the recording. */
  readonly spinsPerSecond: number;
  /** What it spends its time on before each page, in turns of an empty loop, for how many pages. */
  readonly phases: readonly { readonly spin: number; readonly pages: number }[];
}

/** A migration as it was recorded inside QEMU. */
export interface Trace {
  readonly name: string;
  /** QEMU's version, as in `9.1.2`. */
  readonly qemu: string;
  readonly guest: TraceGuest | null;
  readonly parameters: TraceParameters;
  readonly changes: readonly TraceChange[];
  readonly syncs: readonly TraceSync[];
  /** Whether it completed; else it was broken off. */
  readonly isCompleted: boolean;
  /** How long it took, or had taken when it was broken off; null where that was not recorded. */
  readonly totalTimeMs: number | null;
}
