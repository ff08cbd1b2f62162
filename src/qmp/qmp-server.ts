import type { JsonObject } from "../json/value.js";
import { commandTable } from "./command-table.js";
import { Connection, type ConnectionHost } from "./connection.js";

/** What a server tells its connections, and what it does without being told. */
export interface QmpServerOptions extends Omit<ConnectionHost, "commands" | "report" | "now"> {
  /** Default: those of the machine's profile. */
  readonly commands?: ConnectionHost["commands"] | undefined;
  /** Default: it is not heard. */
  readonly report?: ConnectionHost["report"] | undefined;
  /** Default: the process's clock. */
  readonly now?: ConnectionHost["now"];
  /** Which of the machine's events there are; default all. */
  readonly hasEvent?: ((name: string) => boolean) | undefined;
}

/** The QMP side of one machine, without transport: it makes a {@link Connection} for each client. */
export class QmpServer {
  private readonly connections = new Set<Connection>();
  private readonly host: ConnectionHost;

  constructor({ hasEvent = () => true, ...options }: QmpServerOptions) {
    const { machine, report = () => undefined, now = systemTime } = options;
    const commands = options.commands ?? commandTable(machine.profile, machine.compat);
    this.host = { ...options, commands, report, now };
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
    const connection = new Connection(this.host, send, drop);
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
    connection.close();
  }
}

function systemTime(): bigint {
  return BigInt(Math.floor((performance.timeOrigin + performance.now()) * 1000));
}
