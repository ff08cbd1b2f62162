import type { MigrationStatus, RunState } from "../../generated/qapi/index.js";
import type { EventHub } from "./event-hub.js";
import type { MachineRunState } from "./machine-run-state.js";
import { Refusal } from "./refusal.js";
import type { SimulationStats } from "./simulator/migration-stats.js";
import type { SimulationEvent } from "./simulator/simulation-event.js";
import type { Simulation } from "./simulator/simulation.js";

/** What a migration depends on while it runs. */
export interface MigrationRules {
  /** Whether MIGRATION and MIGRATION_PASS events are sent (the capability `events`). */
  readonly sendsEvents: boolean;
  /** Whether it waits for `migrate-continue` once the guest stands still. */
  readonly pausesBeforeSwitchover: boolean;
  /** Whether the state `device` is passed through when nothing pauses before it, as since QEMU 8.2. */
  readonly alwaysEntersDevice: boolean;
  /** Whether a guest that stood already has its run state back when nothing came of it, as since QEMU 8.2. */
  readonly restoresRunState: boolean;
}

const runningStates: ReadonlySet<MigrationStatus> = new Set<MigrationStatus>([
  "setup",
  "active",
  "pre-switchover",
  "device",
  "cancelling",
]);

/**
 * The state of migration out of one machine: none yet, one that runs, or what became of the last one. It
 * turns what happens in the simulation into QEMU's states, events and run states.
 */
export class OutgoingMigration {
  private state: MigrationStatus = "none";
  private simulation: Simulation | undefined;
  private rules: MigrationRules | undefined;
  private runStateBefore: RunState = "postmigrate";
  private error: string | undefined;
  private waiting: (() => void)[] = [];
  private onEnd: () => void = () => undefined;

  /** @param report takes what QEMU says on its stderr of a migration that failed while it ran */
  constructor(
    private readonly runState: MachineRunState,
    private readonly events: EventHub,
    private readonly report: (text: string) => void,
  ) {
    events.listen(({ event }) => {
      if (!this.isRunning) return;
      if (event === "STOP" || event === "RESUME") this.simulation?.setGuestRunning(event === "RESUME");
    });
  }

  get status(): MigrationStatus {
    return this.state;
  }

  /** Why the last migration failed, if it did and a reason is known. */
  get errorText(): string | undefined {
    return this.error;
  }

  get isRunning(): boolean {
    return runningStates.has(this.state);
  }

  /** Whether nothing more happens by itself: it is over, or paused before switchover. */
  get isSettled(): boolean {
    return !this.isRunning || this.state === "pre-switchover";
  }

  /** When the model has something to do next, in ms of its clock; Infinity when it has not. */
  get nextMs(): number {
    return this.isRunning ? (this.simulation?.nextMs ?? Infinity) : Infinity;
  }

  /** The figures, while a migration runs and after one completed. */
  stats(): SimulationStats | undefined {
    return this.simulation?.stats();
  }

  /**
   * Whether another migration may start (QEMU `migrate_prepare`).
   *
   * @throws {Refusal} when it may not
   */
  checkIdle(): void {
    if (this.isRunning) throw new Refusal("There's a migration process in progress");
    if (this.runState.current === "inmigrate")
      throw new Refusal("Guest is waiting for an incoming migration");
    if (this.runState.current === "postmigrate") {
      throw new Refusal("Can't migrate the vm that was paused due to previous migration");
    }
  }

  /**
   * Starts a migration; {@link checkIdle} has been asked.
   *
   * @param onEnd is called when it is over, however that came
   */
  start(simulation: Simulation, rules: MigrationRules, onEnd: () => void): void {
    this.begin(rules);
    this.onEnd = onEnd;
    this.simulation = simulation;
  }

  /** A migration that fails before it can do anything; whoever asked for it is told by the caller. */
  failAtOnce(rules: MigrationRules, error?: string): void {
    this.begin(rules);
    this.error = error;
    this.enter("failed");
  }

  /** Says again why the migration failed, if it did, as QEMU does to a monitor that waited for it. */
  reportFailure(): void {
    if (this.state === "failed" && this.error !== undefined) this.report(this.error);
  }

  /** Lets the model run up to a time of its clock. */
  advance(toMs: number): void {
    while (this.isRunning && this.simulation !== undefined) {
      const event = this.simulation.advance(toMs);
      if (event === null) return;
      this.handle(event);
    }
  }

  /** Gives up a migration that runs; otherwise nothing happens. */
  cancel(): void {
    if (!this.isRunning) return;
    this.enter("cancelling");
    this.simulation?.cancel();
    this.simulation = undefined;
    this.giveGuestBack();
    this.enter("cancelled");
  }

  /**
   * `migrate-continue`.
   *
   * @throws {Refusal} when the migration is in another state
   */
  continueFrom(state: MigrationStatus): void {
    if (this.state !== state) throw new Refusal(`Migration not in expected state: ${this.state}`);
    if (state === "pre-switchover") this.switchOver("device");
  }

  /** Resolves once {@link isSettled}. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.wakeIfSettled();
    });
  }

  private begin(rules: MigrationRules): void {
    this.rules = rules;
    this.error = undefined;
    this.simulation = undefined;
    this.onEnd = () => undefined;
    this.runStateBefore = this.runState.current;
    this.enter("setup");
  }

  private handle(event: SimulationEvent): void {
    switch (event.kind) {
      case "sync":
        if (this.rules?.sendsEvents === true) {
          this.events.emit({ event: "MIGRATION_PASS", data: { pass: BigInt(event.pass) } });
        }
        break;
      case "active":
        this.enter("active");
        break;
      case "converged":
        this.runStateBefore = this.runState.current;
        this.runState.forceStop("finish-migrate");
        if (this.rules?.pausesBeforeSwitchover === true) this.enter("pre-switchover");
        else this.switchOver(this.rules?.alwaysEntersDevice === true ? "device" : undefined);
        break;
      case "completed":
        this.runState.forceStop("postmigrate");
        this.enter("completed");
        break;
      case "failed":
        this.error =
          event.reason === "connect"
            ? "Failed to connect to 'sim': Connection refused"
            : "Unable to write to socket: Broken pipe";
        this.simulation = undefined;
        this.enter("failed");
        this.giveGuestBack();
        this.reportFailure();
        break;
    }
  }

  private switchOver(through: MigrationStatus | undefined): void {
    if (through !== undefined) this.enter(through);
    this.simulation?.switchOver();
  }

  /** After a migration that came to nothing, a guest it had stopped runs again; one that stood goes on standing. */
  private giveGuestBack(): void {
    if (this.runState.current !== "finish-migrate") return;
    if (this.runStateBefore === "running") this.runState.start();
    else this.runState.forceStop(this.rules?.restoresRunState === true ? this.runStateBefore : "postmigrate");
  }

  private enter(state: MigrationStatus): void {
    this.state = state;
    if (this.rules?.sendsEvents === true) this.events.emit({ event: "MIGRATION", data: { status: state } });
    if (!this.isRunning) this.onEnd();
    this.wakeIfSettled();
  }

  private wakeIfSettled(): void {
    if (!this.isSettled) return;
    for (const wake of this.waiting.splice(0)) wake();
  }
}
