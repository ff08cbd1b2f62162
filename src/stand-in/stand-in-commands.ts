import type { JsonObject, JsonValue } from "../json/value.js";
import { isJsonObject } from "../json/value.js";
import type { Profile } from "../migration/profile/profile.js";
import { Refusal } from "../migration/refusal.js";
import { commandTable, type TableCommand } from "../qmp/command-table.js";
import { ClassifiedError } from "../qmp/qmp-error.js";
import { visitInt } from "../visitor/builtin.js";
import { fromJson } from "../visitor/json-input.js";
import type { QmpContext } from "../qmp/handlers/handler.js";
import { emptyObject, required, visitObject } from "../visitor/object-type.js";
import type { CommandVisit, EventVisit, Qapi } from "../visitor/qapi.js";
import type { ObjectVisit } from "../visitor/type-visit.js";
import type { CompatPolicy } from "../visitor/compat-policy.js";
import { underPolicy } from "../visitor/under-policy.js";
import { VisitError } from "../visitor/visit-error.js";
import { exampleValue } from "./example-value.js";
import { type MachineCommand, machineCommands } from "./machine-commands.js";
import type { RecordedReplies, RecordedReply } from "./recorded-replies.js";
import {
  HandlerValueError,
  heldTo,
  runHandler,
  type StandInHandler,
  type TellFailure,
} from "./run-handler.js";

interface StandInOptions {
  readonly schema: Qapi<unknown, unknown>;
  readonly profile: Profile;
  /** What is done about deprecated and unstable parts; default: they are taken and told. */
  readonly policy?: CompatPolicy | undefined;
  /** What `query-qmp-schema` returns, where that is known. */
  readonly introspection?: JsonValue | undefined;
  readonly handlers?: Readonly<Record<string, StandInHandler | undefined>>;
  readonly replies?: RecordedReplies | undefined;
  /** What is answered where nothing else is known: the smallest value that the schema allows, or an error. */
  readonly answer?: "example" | "error";
  /** Takes what a handler threw that is no answer, and what it returned that does not fit. */
  readonly tellFailure: TellFailure;
  /** Sends an event to every client. */
  readonly emit: (event: string, data: JsonObject | undefined) => void;
}

/** By these a client of a guest agent finds out what answers its own requests. */
const syncCommands: readonly string[] = ["guest-sync", "guest-sync-delimited"];

const syncCommand: CommandVisit = {
  arguments: visitObject<unknown, unknown, unknown>("q_obj_guest-sync-arg", () => ({
    members: [required("id", visitInt)],
  })),
  returns: visitInt,
};

/**
 * The commands of a QEMU that there is none of, by its schema, in the order in which it registers them.
 * Arguments are checked as QEMU checks them; then the first of these answers that knows the command: a handler,
 * our machine (as far as it takes what the schema takes, and what it says fits), what was recorded, an example.
 */
export function standInCommands(options: StandInOptions): ReadonlyMap<string, TableCommand> {
  const machine = machineCommands(options.schema, options.profile);
  const commands = Object.entries<CommandVisit>(options.schema.commands);
  // Those without generated code are registered by hand, after the others.
  const generated = commands.filter(([, { gen }]) => gen !== false);
  const others = commands.filter(([, { gen }]) => gen === false);
  // No introspection does.
  const tellsPreconfig = commands.some(([, { allowPreconfig }]) => allowPreconfig === true);
  const table = new Map<string, TableCommand>();
  for (const [name, command] of [...generated, ...others]) {
    table.set(name, standInCommand(name, command, machine.get(name), tellsPreconfig, options));
  }
  // A part of a schema may leave out what every QEMU has, and every guest agent, to begin a conversation with.
  if (isAgent(options.schema)) {
    for (const name of syncCommands.filter((each) => !table.has(each)))
      table.set(name, standInCommand(name, syncCommand, undefined, false, options));
  } else {
    const negotiation = commandTable(options.profile).get("qmp_capabilities");
    if (negotiation !== undefined && !table.has("qmp_capabilities"))
      table.set("qmp_capabilities", negotiation);
  }
  return table;
}

/** Whether a schema is a guest agent's, which has nothing to negotiate: all that it is asked is of the guest. */
export function isAgent({ commands }: Qapi<unknown, unknown>): boolean {
  const names = Object.keys(commands);
  return !names.includes("qmp_capabilities") && names.some((name) => name.startsWith("guest-"));
}

function standInCommand(
  name: string,
  command: CommandVisit,
  machine: MachineCommand | undefined,
  tellsPreconfig: boolean,
  { handlers = {}, replies, answer = "example", introspection, emit, policy, tellFailure }: StandInOptions,
): TableCommand {
  const given = command.arguments ?? emptyObject;
  const argumentType = policy === undefined ? given : underPolicy(given, policy);
  // QEMU knows nothing that goes with this one, whatever its schema says of it.
  const isOpen = command.gen === false && name !== "query-qmp-schema";
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  return {
    allowOob: command.allowOob === true,
    allowPreconfig: tellsPreconfig ? command.allowPreconfig === true : machine?.allowPreconfig !== false,
    sendsNoReply: command.successResponse === false,
    features: command.features ?? [],
    run: (context, args) => {
      const decoded = isOpen ? demanded(argumentType, args) : decode(args);
      if (handler !== undefined) {
        return runHandler({ name, returns: command.returns, handler }, decoded, tellFailure);
      }
      if (name === "query-qmp-schema" && introspection !== undefined) return introspection;
      // Which QEMU it is, is the record's to say.
      if (name === "query-version" && replies?.version !== undefined) return replies.version;
      // To a stand-in whose machine was there from the start, it is a command as any other.
      const isOurs = name !== "x-exit-preconfig" || context.machine.beganInPreconfig;
      // Of the human monitor, ours has what migration needs.
      const line = name === "human-monitor-command" ? args["command-line"] : undefined;
      if (typeof line === "string" && !context.knowsMonitorLine(line)) {
        const recorded = replies?.nextExact(name, args);
        if (recorded !== undefined) return replayed(context, recorded);
      }
      if (isOurs && machine?.takes(args) === true) return machine.run(context, args);
      const recorded = replies?.next(name, args);
      if (recorded !== undefined) return replayed(context, recorded);
      if (syncCommands.includes(name)) return args["id"] ?? null;
      if (answer === "error") throw new Refusal(`The stand-in has no answer to ${name}`);
      return command.returns === undefined ? {} : exampleValue(command.returns);
    },
  };

  function decode(args: JsonObject): unknown {
    try {
      return fromJson(argumentType, args);
    } catch (error) {
      // Our machine's own types say it better than those of an introspection, which tells no width.
      if (error instanceof VisitError && machine?.takes(args) === true) machine.check(args);
      throw error;
    }
  }

  function replayed(context: QmpContext, { reply, events }: RecordedReply): JsonValue {
    context.afterAnswer(() => {
      for (const { event, data } of events)
        if (typeof event === "string") emit(event, isJsonObject(data) ? data : undefined);
    });
    if ("error" in reply) throw new ClassifiedError(reply.error.class, reply.error.desc);
    return reply.return;
  }
}

/** The arguments of a command that takes any, with those among them that the schema demands. */
function demanded({ members }: ObjectVisit<unknown>, args: JsonObject): JsonObject {
  for (const { name, type, optional } of members.values()) {
    const isThere = type.name === "str" ? typeof args[name] === "string" : Object.hasOwn(args, name);
    if (!optional && !isThere) throw new Refusal(`Parameter '${name}' is missing`);
  }
  return args;
}

/** An event with its data in JSON, held to the schema. */
export function eventData(
  schema: Qapi<unknown, unknown>,
  event: string,
  data: unknown,
): JsonObject | undefined {
  const events: Readonly<Record<string, EventVisit | undefined>> = schema.events;
  const visit = Object.hasOwn(events, event) ? events[event] : undefined;
  if (visit === undefined) throw new HandlerValueError(`the schema has no event ${event}`);
  if (visit.data === undefined) {
    if (data === undefined || (isJsonObject(data) && Object.keys(data).length === 0)) return undefined;
    throw new HandlerValueError(`the data of ${event} does not fit the schema: the event has none`);
  }
  const value = heldTo(visit.data, data ?? {}, `the data of ${event}`);
  return isJsonObject(value) ? value : undefined;
}
