/** A bandwidth from a time on. */
export interface BandwidthChange {
  /** Since the start of the migration, in ms. */
  readonly fromMs: number;
  /** Bytes per second. */
  readonly bandwidth: number;
}

/** The modelled link to the destination. */
export interface Link {
  /** Bytes per second it carries at most at first; `max-bandwidth` may allow less. */
  readonly bandwidth: number;
  /** What it carries later, in the order of time. */
  readonly changes?: readonly BandwidthChange[];
}

/** A failure to inject: the destination refuses, or goes away after so many bytes of stream. */
export type LinkFailure = { readonly kind: "connect" } | { readonly kind: "after"; readonly bytes: number };

/** Bytes per second that the link carries so many ms after the start. */
export function bandwidthAt({ bandwidth, changes }: Link, sinceStartMs: number): number {
  if (changes === undefined) return bandwidth;
  return changes.findLast(({ fromMs }) => fromMs <= sinceStartMs)?.bandwidth ?? bandwidth;
}
