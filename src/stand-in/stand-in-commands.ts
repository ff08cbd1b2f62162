import type { JsonObject, JsonValue } from "../json/value.js";
import { isJsonObject } from "../json/value.js";
import type { Profile } from "../migration/profile/profile.js";
import { schemaTypes } from "../migration/profile/schema-types.js";
import { Refusal } from "../migration/refusal.js";
import { commandTable, type TableCommand } from "../qmp/command-table.js";
import type { QmpContext } from "../qmp/handlers/handler.js";
import { ClassifiedError } from "../qmp/qmp-error.js";
import { invariant } from "../util/invariant.js";
import { fromJson } from "../visitor/json-input.js";
import { toJson } from "../visitor/json-output.js";
import { visitObject } from "../visitor/object-type.js";
import type { CommandVisit, EventVisit, Qapi } from "../visitor/qapi.js";
import type { ArrayVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";
import { VisitError } from "../visitor/visit-error.js";
import { exampleValue } from "./example-value.js";
import { capabilitiesIn } from "./nearest-machine.js";
import type { RecordedReplies } from "./recorded-replies.js";
import { UnmodelledSettings } from "./unmodelled-settings.js";

/** Answers a command in place of a QEMU: arguments decoded, what it returns to be encoded. */
export type StandInHandler = (args: never) => unknown;

export interface StandInOptions {
  readonly schema: Qapi<unknown, unknown>;
  readonly profile: Profile;
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
  const machine = machineCommands(options);
  const commands = Object.entries<CommandVisit>(options.schema.commands);
  // Those without generated code are registered by hand, after the others.
  const generated = commands.filter(([, { gen }]) => gen !== false);
  const others = commands.filter(([, { gen }]) => gen === false);
  const table = new Map<string, TableCommand>();
  for (const [name, command] of [...generated, ...others]) {
    table.set(name, standInCommand(name, command, machine.get(name), options));
  }
  return table;
}

type MachineCommand = (context: QmpContext, args: JsonObject) => JsonValue;

/** What our machine has of a schema's commands. What it returns fits the schema. */
function machineCommands({ schema, profile }: StandInOptions): ReadonlyMap<string, MachineCommand> {
  const commands: Readonly<Record<string, CommandVisit | undefined>> = schema.commands;
  const { capability, setParameters } = schemaTypes(profile);
  const settings = new UnmodelledSettings(
    {
      capabilities: new Set<string>(capability.values.map(({ name }) => name)),
      parameters: new Set(setParameters.members.keys()),
    },
    capabilitiesIn(commands),
  );
  const table = new Map<string, MachineCommand>();
  for (const [name, command] of commandTable(profile)) {
    const returns = Object.hasOwn(commands, name) ? commands[name]?.returns : undefined;
    table.set(name, (context, args) => {
      const { modelled, keep } = settings.split(name, args);
      const value = command.run(context, modelled);
      invariant(!(value instanceof Promise), "our machine answers at once");
      keep();
      const known = fitted(value, returns);
      const joined = settings.join(name, known);
      return returns === undefined || fits(joined, returns) ? joined : known;
    });
  }
  return table;
}

function standInCommand(
  name: string,
  command: CommandVisit,
  machine: MachineCommand | undefined,
  { handlers = {}, replies, answer = "example", introspection, emit }: StandInOptions,
): TableCommand {
  const argumentType = command.arguments ?? noArguments;
  const allowOob = command.allowOob === true;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  return {
    allowOob,
    run: (context, args) => {
      const decoded = command.gen === false ? args : fromJson(argumentType, args);
      if (handler !== undefined) return encoded(name, command.returns, handler(decoded as never));
      if (name === "query-qmp-schema" && introspection !== undefined) return introspection;
      // Which QEMU it is, is the record's to say.
      if (name === "query-version" && replies?.version !== undefined) return replies.version;
      const known = machine === undefined ? undefined : ofMachine(machine, context, args);
      if (known !== undefined) return known;
      const recorded = replies?.next(name, args);
      if (recorded !== undefined) return replayed(recorded);
      if (name === "guest-sync" || name === "guest-sync-delimited") return args["id"] ?? null;
      if (answer === "error") throw new Refusal(`The stand-in has no answer to ${name}`);
      return example(command.returns);
    },
  };

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

/** @returns undefined for arguments that the schema takes and our machine does not know */
function ofMachine(run: MachineCommand, context: QmpContext, args: JsonObject): JsonValue | undefined {
  try {
    return run(context, args);
  } catch (error) {
    if (error instanceof VisitError) return undefined;
    throw error;
  }
}

function example(returns: TypeVisit<unknown> | undefined): JsonValue {
  return returns === undefined ? {} : exampleValue(returns);
}

/** What our machine says, made to fit a schema of another QEMU: what that lacks goes, what it demands is added. */
function fitted(value: JsonValue, returns: TypeVisit<unknown> | undefined): JsonValue {
  if (returns === undefined) return {};
  if (fits(value, returns)) return value;
  if (Array.isArray(value) && returns.kind === "array") {
    const { element } = returns as ArrayVisit<unknown>;
    return value.filter((each) => fits(each, element));
  }
  const smallest = exampleValue(returns);
  if (!isJsonObject(value) || !isJsonObject(smallest) || returns.kind !== "object") return smallest;
  const { members } = returns as ObjectVisit<unknown>;
  const known = Object.entries(value).filter(([name]) => members.has(name));
  const joined = Object.assign(Object.create(null) as JsonObject, smallest, Object.fromEntries(known));
  return fits(joined, returns) ? joined : smallest;
}

function fits(value: JsonValue, type: TypeVisit<unknown>): boolean {
  try {
    fromJson(type, value);
    return true;
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    return false;
  }
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
