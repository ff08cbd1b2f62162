import type { SyncOutcome } from "../throttle/auto-converge.js";

/** A sync of the dirty bitmap. */
export interface SyncEvent {
  readonly kind: "sync";
  readonly timeMs: number;
  /** Its number, from 1: what `MIGRATION_PASS` tells. */
  readonly pass: number;
  /** Bytes sent so far, as the throttle judges them. */
  readonly transferred: bigint;
  /** Pages it found dirty that were not waiting to be sent already. */
  readonly newDirtyPages: bigint;
  /** Bytes to be sent after it. */
  readonly remaining: bigint;
  /** CPU time that the throttle has kept from the guest until then, in ms. */
  readonly cpuLostMs: number;
  /** What auto-converge made of it; null when that is off. */
  readonly throttle: SyncOutcome | null;
}

/** What happens in a simulated migration, in the order in which QEMU would notice it. */
export type SimulationEvent =
  | SyncEvent
  /** Setup is over and RAM begins to flow. */
  | { readonly kind: "active"; readonly timeMs: number }
  /** Little enough is left. The guest stands still and waits for `switchOver`. */
  | { readonly kind: "converged"; readonly timeMs: number }
  | { readonly kind: "completed"; readonly timeMs: number }
  /** The destination refused the connection, or it is gone. */
  | { readonly kind: "failed"; readonly timeMs: number; readonly reason: "connect" | "write" };
