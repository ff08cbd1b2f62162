import type { Machine } from "../migration/machine.js";
import { commandTable } from "./command-table.js";
import { Connection } from "./connection.js";

export interface QmpServerOptions {
  readonly machine: Machine;
  /** Runs a line of the human monitor and returns what it prints. */
  readonly runMonitorLine: (line: string) => string;
  /** Ends the emulator, as `quit` asks. */
  readonly quit: () => void;
  /** Takes what QEMU reports on its stderr; default: it is not heard. */
  readonly report?: ((text: string) => void) | undefined;
  /** The time of day in µs since 1970, for events; default the process's clock. */
  readonly now?: () => bigint;
}

/** The QMP side of one machine, without transport: it makes a {@link Connection} for each client. */
export class QmpServer {
  private readonly connections = new Set<Connection>();
  private readonly commands;

  constructor(private readonly options: QmpServerOptions) {
    const { machine } = options;
    this.commands = commandTable(machine.profile);
    machine.events.listen((event) => {
      for (const connection of [...this.connections]) connection.notify(event);
    });
  }

  /**
   * A new client, greeted.
   *
   * @param send takes what goes to the client, line end included
   */
  connect(send: (line: string) => void): Connection {
    const { machine, runMonitorLine, quit, report = () => undefined, now = systemTime } = this.options;
    const connection = new Connection(
      { machine, commands: this.commands, runMonitorLine, report, quit, now },
      send,
    );
    this.connections.add(connection);
    connection.greet();
    return connection;
  }

  /** A client that has gone. */
  disconnect(connection: Connection): void {
    this.connections.delete(connection);
  }
}

function systemTime(): bigint {
  return BigInt(Math.floor((performance.timeOrigin + performance.now()) * 1000));
}
