/** The page size of the modelled guest, in bytes. */
export const PAGE_SIZE = 4096;

/**
 * How the guest's writes fall on its working set:
 *
 * - `uniform`: on any page alike;
 * - `hot`: the share `weight` of them on the first `size` of the working set, the rest on the rest;
 * - `sweep`: on one page after the other, over and over.
 */
export type WritePattern =
  | { readonly kind: "uniform" }
  | { readonly kind: "hot"; readonly size: number; readonly weight: number }
  | { readonly kind: "sweep" };

/** A stretch of the guest's work. */
export interface WorkPhase {
  /** How much CPU time it takes, in ms; it lasts longer when the guest is throttled. */
  readonly cpuMs: number;
  /** Pages written per second of CPU time. */
  readonly pagesPerSecond: number;
}

/** The modelled guest. Sizes are in bytes and count as whole pages. */
export interface Guest {
  readonly ram: number;
  /** The part of RAM that the guest writes to while it is migrated. */
  readonly workingSet: number;
  /** The part of RAM that holds nothing but zeros. */
  readonly zero: number;
  readonly pattern: WritePattern;
  /** What it does, over and over; one endless phase for a steady guest. */
  readonly work: readonly WorkPhase[];
  /**
   * Whether it runs under software emulation (TCG), where a sync of the bitmap waits for CPUs that
   * sleep under the throttle (QEMU's `tcg_log_global_after_sync`).
   */
  readonly isEmulated: boolean;
  /** What its devices add to the migration stream at the end, in bytes. */
  readonly deviceState: number;
}

/** A guest that writes `bytesPerSecond` at full speed, all the time. */
export function steadyWork(bytesPerSecond: number): readonly WorkPhase[] {
  return [{ cpuMs: Infinity, pagesPerSecond: bytesPerSecond / PAGE_SIZE }];
}

/** Pages that `bytes` fill, the last one perhaps in part. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE);
}
