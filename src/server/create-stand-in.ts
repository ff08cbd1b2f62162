import process from "node:process";
import { qapi as ownQapi } from "../../generated/qapi/index.js";
import type { JsonValue } from "../json/value.js";
import { createMachine, type MachineSettings } from "../migration/create-machine.js";
import type { Machine } from "../migration/machine.js";
import type { Schema } from "../qapi/schema/model.js";
import { nearestMachine } from "../stand-in/nearest-machine.js";
import { RecordedReplies } from "../stand-in/recorded-replies.js";
import { failureText, type StandInHandler, type TellFailure } from "../stand-in/run-handler.js";
import { eventData, isAgent, standInCommands } from "../stand-in/stand-in-commands.js";
import type { Fault, InjectedRequest } from "../qmp/connection.js";
import type { Qapi } from "../visitor/qapi.js";
import { Emulator } from "./emulator.js";
import type { EventArguments, Handlers, UntypedCommands, UntypedEvents } from "./handlers.js";

/** Which QEMU is stood in for, where it is not our machine alone. */
export interface StandInSettings<Commands = UntypedCommands, Events = UntypedEvents> {
  /** The `qapi` of a generated library, or a schema that `readSchema` read. Default: our machine's own. */
  readonly schema?: Qapi<unknown, unknown, Commands, Events> | Schema | undefined;
  /** Asked before all others; what they return must fit the schema. */
  readonly handlers?: Handlers<Commands> | undefined;
  /** Recorded conversations: their messages, or the text of a log. Needs `schema`. */
  readonly replies?: string | Iterable<JsonValue> | undefined;
  /** What is answered where nothing else is known; default `example`, the smallest value of the type. */
  readonly answer?: "example" | "error" | undefined;
  /** What shall go wrong with a command, for tests of clients. */
  readonly inject?: ((request: InjectedRequest) => Fault | undefined) | undefined;
  /**
   * Takes what a handler or `inject` threw that is no answer of a QEMU, and a handler's value that does not fit;
   * the client has an error. Default: it is written to stderr.
   */
  readonly onHandlerError?: ((error: unknown, command: string) => void) | undefined;
}

/** A machine, and the QEMU that it is to its clients. */
interface StandIn<Events> {
  readonly machine: Machine;
  readonly emulator: Emulator;
  readonly emit: <Name extends keyof Events & string>(
    event: Name,
    ...data: EventArguments<Events[Name]>
  ) => void;
}

/**
 * Our machine, or a stand-in for the QEMU of another schema with our machine in it.
 *
 * @throws {Refusal} when a start value cannot be set
 */
export async function createStandIn<Commands = UntypedCommands, Events = UntypedEvents>(
  settings: MachineSettings & StandInSettings<Commands, Events>,
): Promise<StandIn<Events>> {
  const { schema: given, handlers, replies, answer, report } = settings;
  const tellFailure = apart(settings.onHandlerError ?? writeFailure);
  const inject = settings.inject && guarded(settings.inject, tellFailure);
  if (given === undefined && handlers === undefined) {
    const machine = createMachine(settings);
    const emulator = new Emulator(machine, { report, inject });
    return { machine, emulator, emit: emitter(() => emulator, ownQapi) };
  }
  const { schema, introspection } = await schemaOf(given ?? ownQapi);
  const recorded = replies === undefined ? undefined : new RecordedReplies(await messagesOf(replies));
  // Our own schema is that of every profile.
  const nearest = schema === ownQapi ? undefined : nearestMachine(schema).name;
  const machine = createMachine({ ...settings, profile: settings.profile ?? nearest });
  const commands = standInCommands({
    schema,
    profile: machine.profile,
    policy: machine.compat,
    introspection,
    handlers: (handlers as Readonly<Record<string, StandInHandler | undefined>> | undefined) ?? {},
    replies: recorded,
    tellFailure,
    ...(answer && { answer }),
    emit: (event, data) => {
      emulator.qmp.broadcast(event, data);
    },
  });
  const emulator: Emulator = new Emulator(machine, {
    report,
    commands,
    isAgent: isAgent(schema),
    version: recorded?.version,
    inject,
    hasEvent: (name) => Object.hasOwn(schema.events, name),
  });
  return { machine, emulator, emit: emitter(() => emulator, schema) };
}

/** What takes a failure may throw itself, which is for the process to know, and not for the client. */
function apart(tell: TellFailure): TellFailure {
  return (error, command) => {
    queueMicrotask(() => {
      tell(error, command);
    });
  };
}

function writeFailure(error: unknown, command: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : failureText(error);
  process.stderr.write(`qapi-ts: in answering ${command}: ${text}\n`);
}

function guarded(
  inject: NonNullable<StandInSettings["inject"]>,
  tell: TellFailure,
): NonNullable<StandInSettings["inject"]> {
  return (request) => {
    try {
      const fault = inject(request);
      if (fault?.kind === "delay" && !(fault.ms >= 0))
        throw new RangeError(`a delay cannot be ${fault.ms} ms`);
      return fault;
    } catch (error) {
      tell(error, request.command);
      return { kind: "error", desc: failureText(error) };
    }
  };
}

function emitter(emulator: () => Emulator, schema: Qapi<unknown, unknown>) {
  return (event: string, data?: unknown): void => {
    emulator().qmp.broadcast(event, eventData(schema, event, data));
  };
}

/** A schema as generated libraries have it; one that was read also tells what it says of itself. */
async function schemaOf(
  given: Qapi<unknown, unknown> | Schema,
): Promise<{ schema: Qapi<unknown, unknown>; introspection?: JsonValue }> {
  if (!("definitions" in given)) return { schema: given };
  const { introspected } = await import("../stand-in/introspected.js");
  const { liveQapi } = await import("../live-schema/live-qapi.js");
  return { schema: liveQapi(given), introspection: introspected(given) };
}

async function messagesOf(replies: string | Iterable<JsonValue>): Promise<Iterable<JsonValue>> {
  if (typeof replies !== "string") return replies;
  const { readLogText } = await import("../conformance/read-log.js");
  const messages: JsonValue[] = [];
  for (const { message } of readLogText(replies)) if (message !== undefined) messages.push(message);
  return messages;
}
