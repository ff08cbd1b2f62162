import { createMachine, type MachineSettings } from "../migration/create-machine.js";
import { Monitor } from "./monitor.js";

/** The machine behind a monitor of its own. */
export interface CreateMonitorOptions extends MachineSettings {
  /** Called when a line ends the emulator. */
  readonly onQuit?: () => void;
}

/**
 * A human monitor in front of a machine of its own.
 *
 * @throws {Refusal} when a start value cannot be set
 */
export function createMonitor({ onQuit, ...settings }: CreateMonitorOptions = {}): Monitor {
  const machine = createMachine(settings);
  return new Monitor(onQuit === undefined ? { machine } : { machine, onQuit });
}
