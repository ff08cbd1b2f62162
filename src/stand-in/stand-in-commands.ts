import type { JsonObject, JsonValue } from "../json/value.js";
import { isJsonObject } from "../json/value.js";
import type { Profile } from "../migration/profile/profile.js";
import { Refusal } from "../migration/refusal.js";
import type { TableCommand } from "../qmp/command-table.js";
import { ClassifiedError } from "../qmp/qmp-error.js";
import { fromJson } from "../visitor/json-input.js";
import { toJson } from "../visitor/json-output.js";
import { visitObject } from "../visitor/object-type.js";
import type { CommandVisit, EventVisit, Qapi } from "../visitor/qapi.js";
import type { TypeVisit } from "../visitor/type-visit.js";
import type { CompatPolicy } from "../visitor/compat-policy.js";
import { underPolicy } from "../visitor/under-policy.js";
import { VisitError } from "../visitor/visit-error.js";
import { exampleValue } from "./example-value.js";
import { type MachineCommand, machineCommands } from "./machine-commands.js";
import type { RecordedReplies } from "./recorded-replies.js";

/** Answers a command in place of a QEMU: arguments decoded, what it returns to be encoded. */
export type StandInHandler = (args: never) => unknown;

export interface StandInOptions {
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
  /** Sends an event to every client. */
  readonly emit: (event: string, data: JsonObject | undefined) => void;
}

/** An event that is to be sent does not fit the schema: a mistake in a test, and told as one. */
export class HandlerValueError extends Error {
  override readonly name = "HandlerValueError";
}

const noArguments = visitObject<unknown, unknown, unknown>("q_empty", () => ({ members: [] }));

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
  return table;
}

function standInCommand(
  name: string,
  command: CommandVisit,
  machine: MachineCommand | undefined,
  tellsPreconfig: boolean,
  { handlers = {}, replies, answer = "example", introspection, emit, policy }: StandInOptions,
): TableCommand {
  const given = command.arguments ?? noArguments;
  const argumentType = policy === undefined ? given : underPolicy(given, policy);
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  return {
    allowOob: command.allowOob === true,
    allowPreconfig: tellsPreconfig ? command.allowPreconfig === true : machine?.allowPreconfig !== false,
    sendsNoReply: command.successResponse === false,
    features: command.features ?? [],
    run: (context, args) => {
      const decoded = command.gen === false ? args : decode(args);
      if (handler !== undefined) return encoded(name, command.returns, handler(decoded as never));
      if (name === "query-qmp-schema" && introspection !== undefined) return introspection;
      // Which QEMU it is, is the record's to say.
      if (name === "query-version" && replies?.version !== undefined) return replies.version;
      // To a stand-in whose machine was there from the start, it is a command as any other.
      const isOurs = name !== "x-exit-preconfig" || context.machine.beganInPreconfig;
      if (isOurs && machine?.takes(args) === true) return machine.run(context, args);
      const recorded = replies?.next(name, args);
      if (recorded !== undefined) return replayed(recorded);
      if (name === "guest-sync" || name === "guest-sync-delimited") return args["id"] ?? null;
      if (answer === "error") throw new Refusal(`The stand-in has no answer to ${name}`);
      return example(command.returns);
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

  function replayed({ reply, events }: NonNullable<ReturnType<RecordedReplies["next"]>>): JsonValue {
    // Events follow the answer.
    if (events.length > 0) {
      setImmediate(() => {
        for (const { event, data } of events)
          if (typeof event === "string") emit(event, isJsonObject(data) ? data : undefined);
      });
    }
    if ("error" in reply) throw new ClassifiedError(reply.error.class, reply.error.desc);
    return reply.return;
  }
}

function example(returns: TypeVisit<unknown> | undefined): JsonValue {
  return returns === undefined ? {} : exampleValue(returns);
}

function encoded(
  name: string,
  returns: TypeVisit<unknown> | undefined,
  value: unknown,
): JsonValue | Promise<JsonValue> {
  if (value instanceof Promise) return value.then((settled) => encodedNow(name, returns, settled));
  return encodedNow(name, returns, value);
}

function encodedNow(name: string, returns: TypeVisit<unknown> | undefined, value: unknown): JsonValue {
  if (returns === undefined) return {};
  try {
    return toJson(returns, value);
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    throw new Refusal(`What the handler of ${name} returned does not fit the schema: ${error.message}`);
  }
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
  if (visit.data === undefined) return undefined;
  try {
    const value = toJson(visit.data, data ?? {});
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    throw new HandlerValueError(`the data of ${event} does not fit the schema: ${error.message}`);
  }
}
