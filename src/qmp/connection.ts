import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";
import type { MachineEvent } from "../migration/event-hub.js";
import { Refusal } from "../migration/refusal.js";
import type { Machine } from "../migration/machine.js";
import type { TableCommand } from "./command-table.js";
import { machineHandlers } from "./handlers/machine.js";
import type { QmpContext } from "./handlers/handler.js";
import { ClassifiedError, describeError } from "./qmp-error.js";
import { idOf, readRequest } from "./request.js";
import { PolicyCrash, refusedByPolicy } from "../visitor/compat-policy.js";
import { MessageReader } from "./wire/message-reader.js";
import { LONGEST_TIMER_MS } from "../util/longest-timer.js";
import { WireError } from "./wire/parser.js";
import { writeQmp, writeQmpPieces } from "./wire/write.js";

/** What a connection needs of the server it belongs to. */
export interface ConnectionHost {
  readonly machine: Machine;
  readonly commands: ReadonlyMap<string, TableCommand>;
  /** Runs a line of the human monitor and returns what it prints, lines ended by `\n`. */
  readonly runMonitorLine: (line: string) => string;
  /** Whether the human monitor has the command that a line asks for. */
  readonly knowsMonitorLine: (line: string) => boolean;
  /** Takes what QEMU reports on its stderr; it is no part of QMP. */
  readonly report: (text: string) => void;
  /** Ends the emulator, as `quit` asks. */
  readonly quit: () => void;
  /** Ends it at once, as a policy to crash asks. */
  readonly crash: () => void;
  /** The time of day in µs since 1970, for events. */
  readonly now: () => bigint;
  /** Whether it is a guest agent, which neither greets nor negotiates. */
  readonly isAgent?: boolean | undefined;
  /** Which QEMU greets, as `query-version` tells it; default: the machine's profile. */
  readonly version?: JsonObject | undefined;
  /** What shall go wrong with a command, for tests of clients. */
  readonly inject?: ((request: InjectedRequest) => Fault | undefined) | undefined;
}

/** A command that came, and how many of its name came before it over this connection. */
export interface InjectedRequest {
  readonly command: string;
  readonly arguments: JsonObject;
  readonly before: number;
}

/** What goes wrong with a command. */
export type Fault =
  | { readonly kind: "error"; readonly class?: string; readonly desc: string }
  /** No answer, now or ever. */
  | { readonly kind: "silence" }
  | { readonly kind: "delay"; readonly ms: number }
  /** Half of the answer, and then the end. */
  | { readonly kind: "half" }
  | { readonly kind: "close" };

/** One client of a QMP server: bytes in, lines out. It knows nothing of sockets. */
export class Connection {
  private readonly reader = new MessageReader((message) => {
    this.handle(message);
  });
  private isNegotiated = false;
  private hasOob = false;
  private readonly context: QmpContext;
  /** Messages that wait for an answer that takes time. */
  private waiting: (JsonValue | WireError)[] | undefined;
  /** What is to be done once the command at hand has been answered. */
  private readonly afterwards: (() => void)[] = [];
  private readonly counts = new Map<string, number>();
  private readonly gone = new AbortController();

  /**
   * @param send takes what goes to the client, line end included; a long line comes in pieces
   * @param drop ends the client's connection
   */
  constructor(
    private readonly host: ConnectionHost,
    private readonly send: (line: string) => void,
    private readonly drop: () => void = () => undefined,
  ) {
    this.isNegotiated = host.isAgent === true;
    const { machine, report, knowsMonitorLine, quit } = host;
    this.context = {
      machine,
      report,
      knowsMonitorLine,
      quit,
      // QEMU lists the latest registered first.
      commandNames: [...host.commands.keys()].reverse(),
      negotiate: (enabled) => {
        this.negotiate(enabled);
      },
      runMonitorLine: (line) => host.runMonitorLine(line).replaceAll("\n", "\r\n"),
      afterAnswer: (action) => {
        this.afterwards.push(action);
      },
    };
  }

  /** Sends the greeting, with which a connection begins. */
  greet(): void {
    if (this.host.isAgent === true) return;
    this.sendValue({ QMP: { version: this.host.version ?? this.ownVersion(), capabilities: ["oob"] } });
  }

  private ownVersion(): JsonObject {
    const { qemu, package: name } = machineHandlers["query-version"](this.context);
    return { qemu: { ...qemu }, package: name };
  }

  /** About how much is held of a message that is not complete, in bytes. */
  get pendingBytes(): number {
    return this.reader.pendingBytes;
  }

  /** The client has gone: answers that are held back are for nobody. */
  close(): void {
    this.gone.abort();
  }

  /** Takes bytes from the client; replies are sent before this returns. */
  receive(chunk: Uint8Array): void {
    this.reader.feed(chunk);
  }

  /** Tells the client of an event, once it has negotiated. */
  notify(event: MachineEvent | { readonly event: string; readonly data?: JsonObject }): void {
    if (!this.isNegotiated) return;
    const now = this.host.now();
    this.sendValue({ timestamp: { seconds: now / 1_000_000n, microseconds: now % 1_000_000n }, ...event });
  }

  private handle(message: JsonValue | WireError): void {
    // What is sent out of band waits for nothing.
    const isOob = isJsonObject(message) && Object.hasOwn(message, "exec-oob") && !("execute" in message);
    if (this.waiting !== undefined && !isOob) {
      this.waiting.push(message);
      return;
    }
    const id = message instanceof WireError ? undefined : idOf(message);
    const fault = message instanceof WireError ? undefined : this.faultOf(message);
    if (fault?.kind === "silence") return;
    if (fault?.kind === "close") {
      this.drop();
      return;
    }
    const outcome = this.outcome(message, fault);
    if (!(outcome instanceof Promise)) {
      this.answer(outcome, id, fault);
      return;
    }
    if (!isOob) this.waiting = [];
    void outcome.then((settled) => {
      this.answer(settled, id, fault);
      if (isOob) return;
      const waiting = this.waiting ?? [];
      this.waiting = undefined;
      for (const each of waiting) this.handle(each);
    });
  }

  /** @param outcome undefined where nothing is said */
  private answer(outcome: JsonObject | undefined, id: JsonValue | undefined, fault: Fault | undefined): void {
    this.tell(outcome, id, fault);
    for (const action of this.afterwards.splice(0)) action();
  }

  private tell(outcome: JsonObject | undefined, id: JsonValue | undefined, fault: Fault | undefined): void {
    if (outcome === undefined) return;
    const reply = id === undefined ? outcome : { ...outcome, id };
    if (fault?.kind !== "half") {
      this.sendValue(reply);
      return;
    }
    const text = writeQmp(reply);
    this.send(text.slice(0, text.length >> 1));
    this.drop();
  }

  /** What a test wants to go wrong with a command. */
  private faultOf(message: JsonValue): Fault | undefined {
    const { inject } = this.host;
    if (inject === undefined || !isJsonObject(message)) return undefined;
    const command = message["execute"] ?? message["exec-oob"];
    if (typeof command !== "string") return undefined;
    const before = this.counts.get(command) ?? 0;
    this.counts.set(command, before + 1);
    const given = message["arguments"];
    return inject({ command, arguments: isJsonObject(given) ? given : {}, before });
  }

  private outcome(message: JsonValue | WireError, fault: Fault | undefined): Outcome | Promise<Outcome> {
    if (message instanceof WireError) return { error: { class: "GenericError", desc: message.message } };
    if (fault?.kind === "error") return { error: { class: fault.class ?? "GenericError", desc: fault.desc } };
    try {
      const value = this.host.machine.command(() => this.run(message));
      const settled = fault?.kind === "delay" ? this.later(fault.ms, value) : value;
      if (!(settled instanceof Promise)) return returned(settled);
      return settled.then(returned, (error: unknown) => this.described(error));
    } catch (error) {
      return this.described(error);
    }
  }

  /** What a value comes to, or how it fails, but not before that time; nothing once the client has gone. */
  private async later(ms: number, value: Returned | Promise<Returned>): Promise<Returned> {
    const { signal } = this.gone;
    await Promise.allSettled([value, delay(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal })]);
    return signal.aborted ? new Promise<never>(() => undefined) : value;
  }

  private described(error: unknown): Outcome {
    if (error instanceof PolicyCrash) {
      this.host.report(`aborted: ${error.message}`);
      this.host.crash();
      this.drop();
      return undefined;
    }
    const description = describeError(error);
    if (description === undefined) throw error;
    if (!this.isNegotiated && description.class === "CommandNotFound") {
      description.desc = "Expecting capabilities negotiation with 'qmp_capabilities'";
    }
    return { error: { ...description } };
  }

  private run(message: JsonValue): Returned | Promise<Returned> {
    const request = readRequest(message, this.hasOob);
    const isOpen = this.isNegotiated || request.command === "qmp_capabilities";
    const command = isOpen ? this.host.commands.get(request.command) : undefined;
    if (command === undefined) {
      throw new ClassifiedError("CommandNotFound", `The command ${request.command} has not been found`);
    }
    const { machine } = this.host;
    const refusal =
      machine.compat && refusedByPolicy(machine.compat, command, "command", request.command)?.();
    if (refusal instanceof PolicyCrash) throw refusal;
    if (refusal !== undefined) throw new ClassifiedError("CommandNotFound", refusal.message);
    if (request.isOob && !command.allowOob)
      throw new Refusal(`The command ${request.command} does not support OOB`);
    if (machine.isPreconfig && !command.allowPreconfig) {
      throw new Refusal(
        `The command '${request.command}' is permitted only after machine initialization has completed`,
      );
    }
    const value = command.run(this.context, request.arguments);
    if (command.sendsNoReply !== true) return value;
    return value instanceof Promise ? value.then(() => undefined) : undefined;
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
    writeQmpPieces(value, this.send, "\r\n");
  }
}

/** What a command returned; undefined for one of which only an error is answered. */
type Returned = JsonValue | undefined;

/** A reply, if there is one. */
type Outcome = JsonObject | undefined;

function returned(value: Returned): Outcome {
  return value === undefined ? undefined : { return: value };
}
