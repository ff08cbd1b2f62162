import { createStore, type StoreSettings } from "../migration/create-store.js";
import { Monitor } from "./monitor.js";

export interface CreateMonitorOptions extends StoreSettings {
  /** Called when a line ends the emulator. */
  readonly onQuit?: () => void;
}

/**
 * A human monitor in front of a machine of its own.
 *
 * @throws {Refusal} when a start value cannot be set
 */
export function createMonitor({ onQuit, ...settings }: CreateMonitorOptions = {}): Monitor {
  const store = createStore(settings);
  return new Monitor(onQuit === undefined ? { store } : { store, onQuit });
}
