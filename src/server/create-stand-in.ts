import { qapi as ownQapi } from "../../generated/qapi/index.js";
import type { JsonValue } from "../json/value.js";
import { createMachine, type MachineSettings } from "../migration/create-machine.js";
import type { Machine } from "../migration/machine.js";
import type { Schema } from "../qapi/schema/model.js";
import { RecordedReplies } from "../stand-in/recorded-replies.js";
import { eventData, standInCommands, type StandInHandler } from "../stand-in/stand-in-commands.js";
import type { Qapi } from "../visitor/qapi.js";
import { Emulator } from "./emulator.js";
import type { StandInSettings } from "./serve.js";

/** A machine, and the QEMU that it is to its clients. */
export interface StandIn<Events> {
  readonly machine: Machine;
  readonly emulator: Emulator;
  readonly emit: <Name extends keyof Events & string>(event: Name, data?: Events[Name]) => void;
}

/**
 * Our machine, or a stand-in for the QEMU of another schema with our machine in it.
 *
 * @throws {Refusal} when a start value cannot be set
 */
export async function createStandIn<Commands, Events>(
  settings: MachineSettings & StandInSettings<Commands, Events>,
): Promise<StandIn<Events>> {
  const { schema: given, handlers, replies, answer, inject, report } = settings;
  const machine = createMachine(settings);
  if (given === undefined && handlers === undefined) {
    const emulator = new Emulator(machine, { report, inject });
    return { machine, emulator, emit: emitter(() => emulator, ownQapi) };
  }
  const { schema, introspection } = await schemaOf(given ?? ownQapi);
  const commands = standInCommands({
    schema,
    profile: machine.profile,
    introspection,
    handlers: (handlers as Readonly<Record<string, StandInHandler | undefined>> | undefined) ?? {},
    replies: replies === undefined ? undefined : new RecordedReplies(await messagesOf(replies)),
    ...(answer && { answer }),
    emit: (event, data) => {
      emulator.qmp.broadcast(event, data);
    },
  });
  // A guest agent has nothing to negotiate.
  const isAgent = !commands.has("qmp_capabilities");
  const emulator: Emulator = new Emulator(machine, { report, commands, isAgent, inject });
  return { machine, emulator, emit: emitter(() => emulator, schema) };
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
