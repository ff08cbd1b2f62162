import { Monitor } from "../hmp/monitor.js";
import { invariant } from "../util/invariant.js";
import type { Machine } from "../migration/machine.js";
import { QmpServer, type QmpServerOptions } from "../qmp/qmp-server.js";
import { ClientBounds } from "./client-bounds.js";

/** What a QEMU is to its clients beside its machine. */
export type EmulatorOptions = Omit<
  QmpServerOptions,
  "machine" | "runMonitorLine" | "knowsMonitorLine" | "quit" | "crash"
>;

/** What a QEMU process is to its clients: a machine behind QMP, with the human monitor as one of its commands. */
export class Emulator {
  readonly qmp: QmpServer;
  /** What its clients may cost together. */
  readonly bounds = new ClientBounds();
  /** Whether it ended as a policy to crash asks. */
  hasCrashed = false;
  private readonly quitListeners = new Set<() => void>();

  constructor(
    readonly machine: Machine,
    options: EmulatorOptions = {},
  ) {
    const quit = (): void => {
      this.quit();
    };
    const monitor = new Monitor({ machine, canWait: false, onQuit: quit });
    this.qmp = new QmpServer({
      ...options,
      machine,
      quit,
      crash: () => {
        this.hasCrashed = true;
        this.end();
      },
      knowsMonitorLine: (line) => monitor.knows(line),
      runMonitorLine: (line) => {
        const result = monitor.run(line);
        invariant(!(result instanceof Promise), "a monitor that cannot wait has waited");
        return result.output;
      },
    });
  }

  /** Calls back once a client has asked for the end. */
  onQuit(listener: () => void): void {
    this.quitListeners.add(listener);
  }

  private quit(): void {
    this.machine.events.emit({ event: "SHUTDOWN", data: { guest: false, reason: "host-qmp-quit" } });
    this.end();
  }

  private end(): void {
    for (const listener of this.quitListeners) listener();
  }
}
