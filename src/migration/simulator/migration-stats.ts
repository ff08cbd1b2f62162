/** A migration in figures, with QEMU's units and integer types. */
export interface SimulationStats {
  /** Since the start, or from start to end, in ms. */
  readonly totalTime: bigint;
  readonly setupTime: bigint;
  readonly expectedDowntime: bigint;
  /** How long the guest stood still, in ms; known once the migration has completed. */
  readonly downtime: bigint | null;
  /** 1..99, 0 while the guest is not throttled. */
  readonly throttlePercentage: number;
  readonly ram: RamStats;
}

/** The figures about RAM under the names that `query-migrate` gives them. */
export interface RamStats {
  readonly transferred: bigint;
  readonly remaining: bigint;
  readonly total: bigint;
  readonly duplicate: bigint;
  readonly skipped: bigint;
  readonly normal: bigint;
  readonly "normal-bytes": bigint;
  readonly "dirty-pages-rate": bigint;
  readonly mbps: number;
  readonly "dirty-sync-count": bigint;
  readonly "postcopy-requests": bigint;
  readonly "page-size": bigint;
  readonly "multifd-bytes": bigint;
  readonly "pages-per-second": bigint;
  readonly "precopy-bytes": bigint;
  readonly "downtime-bytes": bigint;
  readonly "postcopy-bytes": bigint;
  readonly "dirty-sync-missed-zero-copy": bigint;
}
