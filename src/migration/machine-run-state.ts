import type { RunState } from "../../generated/qapi/index.js";
import { Refusal } from "./refusal.js";
import type { EventHub } from "./event-hub.js";

/** How a machine's guest comes to run. */
interface GuestStart {
  /** Only once it is let, as QEMU's `-S` has it. */
  readonly isPaused: boolean;
  /** Only once a migration has come in, as QEMU's `-incoming` has it. */
  readonly isIncoming: boolean;
}

/** Whether a machine's guest runs, and if not, why. */
export class MachineRunState {
  private state: RunState;
  private startsByItself: boolean;

  constructor(
    private readonly events: EventHub,
    { isPaused, isIncoming }: GuestStart,
  ) {
    this.state = isIncoming ? "inmigrate" : "prelaunch";
    this.startsByItself = !isPaused;
  }

  get current(): RunState {
    return this.state;
  }

  get isRunning(): boolean {
    return this.state === "running";
  }

  /** The machine is made: its guest starts, or waits for what lets it. */
  launch(): void {
    if (this.state !== "inmigrate" && this.startsByItself) this.start();
  }

  /** `stop`: a guest that stands already keeps its reason; one that is to come in will stand. */
  pause(): void {
    if (this.state === "inmigrate") this.startsByItself = false;
    else if (this.isRunning) this.forceStop("paused");
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
   * `cont`: a guest that is to come in will run once it has.
   *
   * @throws {Refusal} while a migration is being finished
   */
  resume(): void {
    if (this.state === "finish-migrate") throw new Refusal("Migration is not finalized yet");
    if (this.state === "inmigrate") this.startsByItself = true;
    else this.start();
  }
}
