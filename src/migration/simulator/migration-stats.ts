import type { MigrationStats } from "../../../generated/qapi/index.js";
import type { Exact } from "../../visitor/forms.js";

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

/** The figures about RAM, as `query-migrate` gives them. */
export type RamStats = MigrationStats<Exact> & { readonly skipped: bigint };
