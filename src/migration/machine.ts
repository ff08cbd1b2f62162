import type { RunState } from "../../generated/qapi/index.js";
import { Refusal } from "./refusal.js";
import type { EventHub } from "./event-hub.js";

/** The virtual machine as far as its run state goes. */
export class Machine {
  private current: RunState = "running";

  constructor(
    /** Its name, if it was given one. */
    readonly name: string | undefined,
    /** In lower-case hexadecimal with hyphens; all zeros when none was given. */
    readonly uuid: string,
    private readonly events: EventHub,
  ) {}

  get state(): RunState {
    return this.current;
  }

  get isRunning(): boolean {
    return this.current === "running";
  }

  /** `stop`: a guest that stands already keeps its reason. */
  pause(): void {
    if (this.isRunning) this.forceStop("paused");
  }

  /** Stops the guest, and gives the reason even if it stood already. */
  forceStop(reason: RunState): void {
    const wasRunning = this.isRunning;
    this.current = reason;
    if (wasRunning) this.events.emit({ event: "STOP" });
  }

  /** Lets the guest's CPUs run. */
  start(): void {
    if (this.isRunning) return;
    this.current = "running";
    this.events.emit({ event: "RESUME" });
  }

  /**
   * `cont`.
   *
   * @throws {Refusal} while a migration is being finished
   */
  resume(): void {
    if (this.current === "finish-migrate") throw new Refusal("Migration is not finalized yet");
    this.start();
  }
}
