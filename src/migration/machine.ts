import type { CompatPolicy } from "../visitor/compat-policy.js";
import { BlockOptions } from "./block-options.js";
import { EventHub } from "./event-hub.js";
import { IncomingMigration } from "./incoming-migration.js";
import { MachineRunState } from "./machine-run-state.js";
import { OutgoingMigration } from "./outgoing-migration.js";
import { CapabilityStore, type Warn } from "./parameters/capability-store.js";
import { initialValues, type InitialValues } from "./parameters/initial-values.js";
import { ParameterStore } from "./parameters/parameter-store.js";
import type { Profile } from "./profile/profile.js";
import { defaultProfile } from "./profile/profiles.js";
import { Refusal } from "./refusal.js";
import { schemaTypes, type SchemaTypes } from "./profile/schema-types.js";
import {
  defaultSimClock,
  createSimClock,
  type SimClock,
  type SimClockSetting,
} from "./simulator/sim-clock.js";
import type { ScenarioChoices } from "./simulator/scenario.js";

/** What a machine is like when it starts. */
export interface MachineOptions {
  /** Which QEMU to be; default the oldest there is. */
  readonly profile?: Profile | undefined;
  /** Parameters and capabilities from another schema than our own. */
  readonly types?: SchemaTypes | undefined;
  /** `migration.PROPERTY=VALUE` start values, as QEMU's `-global` takes them. */
  readonly globals?: readonly string[] | undefined;
  /** Whether the guest waits for `cont`, as QEMU's `-S` has it; default not. */
  readonly paused?: boolean | undefined;
  /** `defer`, or the URI of a migration to wait for, as QEMU's `-incoming` takes them; default: none is. */
  readonly incoming?: string | undefined;
  /**
   * Whether the machine is made only at `x-exit-preconfig`, as QEMU's `--preconfig` has it; default not. Until then,
   * only what the schema allows is run. An introspection does not tell; by it, only commands of our machine wait.
   */
  readonly preconfig?: boolean | undefined;
  /** What is done about deprecated and unstable parts of QMP; default: they are taken and told. */
  readonly compat?: CompatPolicy | undefined;
  /** The machine's name; default none. */
  readonly name?: string | undefined;
  /** The machine's UUID; default all zeros. */
  readonly uuid?: string | undefined;
  /** The guest and link that `sim:` migrates over, where its URI does not say. */
  readonly scenario?: ScenarioChoices | undefined;
  readonly simClock?: SimClockSetting | undefined;
  /** Real time in ms, never going back; default the process's clock. */
  readonly realNowMs?: (() => number) | undefined;
  /** Takes warnings about the start values; default: none is heard. */
  readonly warn?: Warn | undefined;
  /** Takes what QEMU says on its stderr while it runs; default: it is not heard. */
  readonly report?: ((text: string) => void) | undefined;
}

/** What `incoming` says to be told later, by `migrate-incoming`. */
const DEFERRED = "defer";

/** The model catches up in steps no finer than this, in ms of real time. */
const SHORTEST_SLEEP_MS = 5;

/** How much model time is run through at once while nobody waits for a clock, in ms. */
const STRETCH_MS = 10_000;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const NO_UUID = "00000000-0000-0000-0000-000000000000";

/**
 * What a monitor acts on: a virtual machine, its migration parameters and capabilities, and its migration.
 * Several monitors may share one.
 */
export class Machine {
  readonly profile: Profile;
  readonly types: SchemaTypes;
  readonly events = new EventHub();
  /** Its name, if it was given one. */
  readonly name: string | undefined;
  /** In lower-case hexadecimal with hyphens; all zeros when none was given. */
  readonly uuid: string;
  readonly runState: MachineRunState;
  readonly parameters: ParameterStore;
  readonly capabilities: CapabilityStore;
  readonly blockOptions: BlockOptions;
  readonly migration: OutgoingMigration;
  readonly incoming: IncomingMigration;
  /** Settings of migration that are neither parameters nor capabilities, as far as they were set. */
  readonly globals: InitialValues["globals"];
  /** What is done about deprecated and unstable parts of QMP; undefined for nothing. */
  readonly compat: CompatPolicy | undefined;
  readonly scenario: ScenarioChoices;
  readonly clock: SimClock;
  private isMade = false;
  private wakeUp: NodeJS.Timeout | undefined;
  /** How many wait for the migration to finish. */
  private awaited = 0;
  private isClosed = false;
  private isInCommand = false;

  /** @throws {Refusal} when a start value cannot be set */
  constructor(private readonly options: MachineOptions = {}) {
    this.profile = options.profile ?? defaultProfile;
    this.types = options.types ?? schemaTypes(this.profile);
    const initial = initialValues(
      this.profile,
      this.types,
      options.globals ?? [],
      options.warn ?? (() => undefined),
    );
    this.parameters = new ParameterStore(this.profile, initial.parameters);
    this.capabilities = new CapabilityStore(this.profile, initial.capabilities);
    this.blockOptions = new BlockOptions(this.capabilities, this.parameters);
    this.name = options.name;
    this.uuid = options.uuid ?? NO_UUID;
    this.globals = initial.globals;
    this.compat = options.compat;
    this.runState = new MachineRunState(this.events, {
      isPaused: options.paused ?? false,
      isIncoming: options.incoming !== undefined,
    });
    this.incoming = new IncomingMigration(this);
    this.migration = new OutgoingMigration(this.runState, this.events, options.report ?? (() => undefined));
    this.scenario = options.scenario ?? {};
    this.clock = createSimClock(
      options.simClock ?? defaultSimClock,
      options.realNowMs ?? (() => performance.now()),
    );
    this.checkIncoming();
    if (options.preconfig !== true) this.make();
  }

  /** Whether it was not made at once. */
  get beganInPreconfig(): boolean {
    return this.options.preconfig === true;
  }

  /** Whether the machine is yet to be made: until then, little can be asked of it. */
  get isPreconfig(): boolean {
    return !this.isMade;
  }

  /**
   * Makes the machine that `preconfig` put off.
   *
   * @throws {Refusal} when it is made already
   */
  exitPreconfig(): void {
    if (this.isMade) throw new Refusal("The command is permitted only before machine initialization");
    this.make();
  }

  private make(): void {
    this.isMade = true;
    this.runState.launch();
    const { incoming } = this.options;
    if (incoming !== undefined && incoming !== DEFERRED) this.incoming.listen(incoming);
  }

  /** @throws {Refusal} when no migration can come in from where it is waited for */
  private checkIncoming(): void {
    const { incoming } = this.options;
    if (incoming === undefined || incoming === DEFERRED) return;
    try {
      const late = this.incoming.check(incoming, true);
      if (late !== undefined) throw late;
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(`-incoming ${incoming}: ${error.message}`);
      throw error;
    }
  }

  /**
   * Runs a monitor line or a QMP command: the model is up to date when it begins, and what the model does
   * next is done when its time has come. A command within a command, as in `human-monitor-command`, is
   * part of the outer one.
   */
  command<Result>(run: () => Result): Result {
    if (this.isInCommand) return run();
    this.isInCommand = true;
    try {
      this.clock.command();
      this.migration.advance(this.clock.nowMs);
      return run();
    } finally {
      this.isInCommand = false;
      this.scheduleModel();
    }
  }

  private scheduleModel(): void {
    clearTimeout(this.wakeUp);
    this.wakeUp = undefined;
    if (this.isClosed || this.migration.nextMs === Infinity) return;
    const delay = this.clock.realDelayMs(this.migration.nextMs - this.clock.nowMs);
    if (delay === null) return;
    this.wakeUp = setTimeout(
      () => {
        this.migration.advance(this.clock.nowMs);
        this.scheduleModel();
      },
      Math.max(delay, SHORTEST_SLEEP_MS),
    );
    // A migration alone keeps no process alive; whoever waits for it does.
    if (this.awaited === 0) this.wakeUp.unref();
  }

  /**
   * Waits until the migration has ended, or waits for `migrate-continue`. A clock that goes by steps is
   * not waited for. One that never converges is waited for without end, as in QEMU, but does not keep
   * the process from anything else.
   */
  async finishMigration(): Promise<void> {
    const settled = this.migration.settled();
    if (this.clock.realDelayMs(0) === null) {
      for (let toMs = this.clock.nowMs; !this.migration.isSettled && !this.isClosed; toMs += STRETCH_MS) {
        this.migration.advance(toMs);
        await nextTurn();
      }
      return;
    }
    this.awaited++;
    this.scheduleModel();
    await settled;
    this.awaited--;
  }

  /** The end: nothing happens any more by itself. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.wakeUp);
  }
}
