import type { RunState } from "../../generated/qapi/index.js";
import { Refusal } from "./refusal.js";
import type { EventHub } from "./event-hub.js";

/** Whether a machine's guest runs, and if not, why. */
export class MachineRunState {
  private state: RunState = "running";

  constructor(private readonly events: EventHub) {}

  get current(): RunState {
    return this.state;
  }

  get isRunning(): boolean {
    return this.state === "running";
  }

  /** `stop`: a guest that stands already keeps its reason. */
  pause(): void {
    if (this.isRunning) this.forceStop("paused");
  }

  /** Stops the guest, and gives the reason even if it stood already. */
  forceStop(reason: RunState): void {
    const wasRunning = this.isRunning;
    this.state = reason;
    if (wasRunning) this.events.emit({ event: "STOP" });
  }

  /** Lets the guest's CPUs run. */
  start(): void {
    if (this.isRunning) return;
    this.state = "running";
    this.events.emit({ event: "RESUME" });
  }

  /**
   * `cont`.
   *
   * @throws {Refusal} while a migration is being finished
   */
  resume(): void {
    if (this.state === "finish-migrate") throw new Refusal("Migration is not finalized yet");
    this.start();
  }
}
