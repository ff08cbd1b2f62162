// The throttle: what auto-converge decides at every sync, and what it makes the CPUs do.
export { nextThrottle, type ThrottlePolicy, type ThrottleSituation } from "./throttle/next-throttle.js";
export { AutoConverge, type AutoConvergePolicy, type SyncOutcome } from "./throttle/auto-converge.js";
export type { BitmapSync } from "./throttle/sync-period.js";
export { throttleSleepNs, throttleTick } from "./throttle/time-slice.js";

// The simulator: guest, link and QEMU's pre-copy loop on a virtual clock.
export { Simulation, type SimulationOptions } from "./simulator/simulation.js";
export type { SimulationEvent, SyncEvent } from "./simulator/simulation-event.js";
export type { RamStats, SimulationStats } from "./simulator/migration-stats.js";
export type { MigrationSettings } from "./profile/migration-settings.js";
export { defaultSettings } from "./profile/setting-parameters.js";
export { loopRules, type LoopRules } from "./profile/loop-rules.js";
export type { Guest, WorkPhase, WritePattern } from "./simulator/guest.js";
export type { Link, LinkFailure } from "./simulator/link.js";
export { idealShare, shareCurve, type ShareCurve, type SharePoint } from "./simulator/share-curve.js";
export { createScenario, ScenarioError, type Scenario, type ScenarioChoices } from "./simulator/scenario.js";
export { parseScenario, parseScenarioChoices } from "./text/scenario-options.js";
export {
  defaultSimClock,
  createSimClock,
  parseSimClock,
  SimClockError,
  type SimClock,
  type SimClockSetting,
} from "./simulator/sim-clock.js";
export {
  simulate,
  type SettingsStep,
  type SimulatedRun,
  type SimulateOptions,
} from "./simulator/simulate.js";

// Recorded migrations: replayed through the throttle, and as scenarios to simulate.
export { readTrace, TraceError } from "./trace/read-trace.js";
export type { Trace, TraceSync } from "./trace/trace.js";
export { replay, type ReplayedSync } from "./trace/replay.js";
export {
  recordedScenario,
  recordedShare,
  recordedSharePoints,
  type RecordedScenario,
} from "./trace/recorded-scenario.js";

// The machine: its parameters and capabilities, its run state, its migration.
export { createMachine, type MachineSettings } from "./create-machine.js";
export { Machine, type MachineOptions } from "./machine.js";
export { ParameterStore } from "./parameters/parameter-store.js";
export { CapabilityStore, type CapabilityChange } from "./parameters/capability-store.js";
export type { ParameterChange, ParameterValues } from "./profile/parameter-values.js";
export { OutgoingMigration } from "./outgoing-migration.js";
export { MachineRunState } from "./machine-run-state.js";
export { EventHub, type EventListener, type MachineEvent } from "./event-hub.js";
export { Refusal } from "./refusal.js";

// The QEMU versions it can be.
export { defaultProfile, findProfile, profiles, UnknownProfileError } from "./profile/profiles.js";
export type { Profile } from "./profile/profile.js";
