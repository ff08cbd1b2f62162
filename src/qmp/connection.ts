import type { JsonObject, JsonValue } from "../json/value.js";
import type { MachineEvent } from "../migration/event-hub.js";
import { Refusal } from "../migration/refusal.js";
import type { Machine } from "../migration/machine.js";
import type { TableCommand } from "./command-table.js";
import { queryVersion } from "./handlers/machine.js";
import type { QmpContext } from "./handlers/handler.js";
import { ClassifiedError, describeError } from "./qmp-error.js";
import { idOf, readRequest } from "./request.js";
import { MessageReader } from "./wire/message-reader.js";
import { WireError } from "./wire/parser.js";
import { writeQmp } from "./wire/write.js";

/** What a connection needs of the server it belongs to. */
export interface ConnectionHost {
  readonly machine: Machine;
  readonly commands: ReadonlyMap<string, TableCommand>;
  /** Runs a line of the human monitor and returns what it prints, lines ended by `\n`. */
  runMonitorLine(line: string): string;
  /** Takes what QEMU reports on its stderr; it is no part of QMP. */
  report(text: string): void;
  /** Ends the emulator. */
  quit(): void;
  /** The time of day, in µs since 1970. */
  now(): bigint;
}

/** One client of a QMP server: bytes in, lines out. It knows nothing of sockets. */
export class Connection {
  private readonly reader = new MessageReader((message) => {
    this.handle(message);
  });
  private isNegotiated = false;
  private hasOob = false;
  private readonly context: QmpContext;

  /** @param send takes what goes to the client, line end included */
  constructor(
    private readonly host: ConnectionHost,
    private readonly send: (line: string) => void,
  ) {
    this.context = {
      machine: host.machine,
      report: (text) => {
        host.report(text);
      },
      // QEMU lists the latest registered first.
      commandNames: [...host.commands.keys()].reverse(),
      negotiate: (enabled) => {
        this.negotiate(enabled);
      },
      runMonitorLine: (line) => host.runMonitorLine(line).replaceAll("\n", "\r\n"),
      quit: () => {
        host.quit();
      },
    };
  }

  /** Sends the greeting, with which a connection begins. */
  greet(): void {
    const { qemu, package: name } = queryVersion(this.context, undefined);
    this.sendValue({ QMP: { version: { qemu: { ...qemu }, package: name }, capabilities: ["oob"] } });
  }

  /** About how much is held of a message that is not complete, in bytes. */
  get pendingBytes(): number {
    return this.reader.pendingBytes;
  }

  /** Takes bytes from the client; replies are sent before this returns. */
  receive(chunk: Uint8Array): void {
    this.reader.feed(chunk);
  }

  /** Tells the client of an event, once it has negotiated. */
  notify(event: MachineEvent): void {
    if (!this.isNegotiated) return;
    const now = this.host.now();
    this.sendValue({ timestamp: { seconds: now / 1_000_000n, microseconds: now % 1_000_000n }, ...event });
  }

  private handle(message: JsonValue | WireError): void {
    const reply =
      message instanceof WireError
        ? { error: { class: "GenericError", desc: message.message } }
        : this.reply(message);
    this.sendValue(reply);
  }

  private reply(message: JsonValue): JsonObject {
    const id = idOf(message);
    const outcome = this.outcome(message);
    return id === undefined ? outcome : { ...outcome, id };
  }

  private outcome(message: JsonValue): JsonObject {
    try {
      return { return: this.host.machine.command(() => this.run(message)) };
    } catch (error) {
      const description = describeError(error);
      if (description === undefined) throw error;
      if (!this.isNegotiated && description.class === "CommandNotFound") {
        description.desc = "Expecting capabilities negotiation with 'qmp_capabilities'";
      }
      return { error: { ...description } };
    }
  }

  private run(message: JsonValue): JsonValue {
    const request = readRequest(message, this.hasOob);
    const isOpen = this.isNegotiated || request.command === "qmp_capabilities";
    const command = isOpen ? this.host.commands.get(request.command) : undefined;
    if (command === undefined) {
      throw new ClassifiedError("CommandNotFound", `The command ${request.command} has not been found`);
    }
    if (request.isOob && !command.allowOob)
      throw new Refusal(`The command ${request.command} does not support OOB`);
    return command.run(this.context, request.arguments);
  }

  private negotiate(enabled: readonly string[]): void {
    if (this.isNegotiated) {
      throw new ClassifiedError(
        "CommandNotFound",
        "Capabilities negotiation is already complete, command ignored",
      );
    }
    this.hasOob = enabled.includes("oob");
    this.isNegotiated = true;
  }

  private sendValue(value: JsonValue): void {
    this.send(`${writeQmp(value)}\r\n`);
  }
}
