import type { Machine } from "../migration/machine.js";
import type { JsonObject } from "../json/value.js";
import { commandTable, type TableCommand } from "./command-table.js";
import { Connection, type ConnectionHost } from "./connection.js";

export interface QmpServerOptions {
  readonly machine: Machine;
  /** Runs a line of the human monitor and returns what it prints. */
  readonly runMonitorLine: (line: string) => string;
  /** Whether the human monitor has the command that a line asks for. */
  readonly knowsMonitorLine: (line: string) => boolean;
  /** Ends the emulator, as `quit` asks. */
  readonly quit: () => void;
  /** Ends it at once, as a policy to crash asks. */
  readonly crash: () => void;
  /** Takes what QEMU reports on its stderr; default: it is not heard. */
  readonly report?: ((text: string) => void) | undefined;
  /** The time of day in µs since 1970, for events; default the process's clock. */
  readonly now?: () => bigint;
  /** The commands; default: those of the machine's profile. */
  readonly commands?: ReadonlyMap<string, TableCommand> | undefined;
  readonly isAgent?: boolean | undefined;
  readonly version?: ConnectionHost["version"];
  readonly inject?: ConnectionHost["inject"];
  /** Which of the machine's events there are; default all. */
  readonly hasEvent?: ((name: string) => boolean) | undefined;
}

/** The QMP side of one machine, without transport: it makes a {@link Connection} for each client. */
export class QmpServer {
  private readonly connections = new Set<Connection>();
  private readonly commands;

  constructor(private readonly options: QmpServerOptions) {
    const { machine } = options;
    this.commands = options.commands ?? commandTable(machine.profile, machine.compat);
    const { hasEvent = () => true } = options;
    machine.events.listen((event) => {
      if (!hasEvent(event.event)) return;
      for (const connection of [...this.connections]) connection.notify(event);
    });
  }

  /**
   * A new client, greeted.
   *
   * @param send takes what goes to the client, line end included
   * @param drop ends the client's connection
   */
  connect(send: (line: string) => void, drop?: () => void): Connection {
    const { machine, runMonitorLine, quit, crash, report = () => undefined, now = systemTime } = this.options;
    const { isAgent, version, inject, knowsMonitorLine } = this.options;
    const connection = new Connection(
      {
        machine,
        commands: this.commands,
        runMonitorLine,
        knowsMonitorLine,
        report,
        quit,
        crash,
        now,
        isAgent,
        version,
        inject,
      },
      send,
      drop,
    );
    this.connections.add(connection);
    connection.greet();
    return connection;
  }

  /** Sends an event to every client that is open for commands. */
  broadcast(event: string, data: JsonObject | undefined): void {
    for (const connection of [...this.connections]) connection.notify({ event, ...(data && { data }) });
  }

  /** A client that has gone. */
  disconnect(connection: Connection): void {
    this.connections.delete(connection);
  }
}

function systemTime(): bigint {
  return BigInt(Math.floor((performance.timeOrigin + performance.now()) * 1000));
}
