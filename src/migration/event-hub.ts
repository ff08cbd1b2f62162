import type { MigrationStatus, ShutdownCause } from "../../generated/qapi/index.js";

/** What a machine tells those who watch it, as QMP names it. */
export type MachineEvent =
  | { readonly event: "STOP" | "RESUME" }
  | { readonly event: "MIGRATION"; readonly data: { readonly status: MigrationStatus } }
  | { readonly event: "MIGRATION_PASS"; readonly data: { readonly pass: bigint } }
  | {
      readonly event: "SHUTDOWN";
      readonly data: { readonly guest: boolean; readonly reason: ShutdownCause };
    };

/** Takes each event as it happens. */
export type EventListener = (event: MachineEvent) => void;

/** Hands each event to everyone who listens at that moment. */
export class EventHub {
  private readonly listeners = new Set<EventListener>();

  emit(event: MachineEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** @returns what ends the listening */
  listen(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
