import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";
import { didYouMean } from "../util/did-you-mean.js";
import { fromJson } from "../visitor/json-input.js";
import { toJson } from "../visitor/json-output.js";
import { emptyObject } from "../visitor/object-type.js";
import { invariant } from "../util/invariant.js";
import type { CommandVisit, EventVisit, NamedCommand, Qapi } from "../visitor/qapi.js";
import type { TypeVisit } from "../visitor/type-visit.js";
import { VisitError } from "../visitor/visit-error.js";
import { QmpSchemaError } from "./errors.js";
import { integersToNumbers, toPlainJson } from "./plain-json.js";
import type { QmpEvent } from "./types.js";

/** How values of a program become messages, and the other way round. */
export interface Codec {
  /**
   * @throws {QmpSchemaError} when the arguments do not fit, or there is no such command
   * @throws {TypeError} without a schema: when they have no exact form in JSON
   */
  encodeArguments(command: CommandRef, args: unknown): JsonObject;
  /** @throws {QmpSchemaError} when it does not fit */
  decodeReturn(command: CommandRef, value: JsonValue): unknown;
  /**
   * The event with its data decoded; undefined when the schema does not know it.
   *
   * @throws {QmpSchemaError} when the data do not fit
   */
  decodeEvent(event: QmpEvent): QmpEvent<string, unknown> | undefined;
  /** Whether a command answers only when it fails. */
  hasNoReply(command: CommandRef): boolean;
}

/** A command by its name, or as a generated library exports it, which needs no further schema. */
export type CommandRef = string | NamedCommand;

/** What a command is called. */
export function nameOf(command: CommandRef): string {
  return typeof command === "string" ? command : command.name;
}

/** @param integers what integers are in replies and events: as they are read, or `number` */
export function untypedCodec(integers: "bigint" | "number"): Codec {
  const convert = (kind: "return" | "event", subject: string, value: JsonValue): JsonValue => {
    if (integers === "bigint") return value;
    try {
      return integersToNumbers(value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new QmpSchemaError(kind, subject, `${subject}: ${error.message}`, value, { cause: error });
    }
  };
  return {
    encodeArguments: (command, args) =>
      typeof command === "string" ? plainArguments(args) : encode(command.name, command, args),
    decodeReturn: (command, value) =>
      typeof command === "string"
        ? convert("return", command, value)
        : decodeReturn(command.name, command, value, false),
    decodeEvent: (event) =>
      event.data === undefined ? event : { ...event, data: convert("event", event.event, event.data) },
    hasNoReply: (command) => typeof command !== "string" && command.successResponse === false,
  };
}

/** @throws {TypeError} when they are no object, or hold what has no exact form in JSON */
export function plainArguments(args: unknown): JsonObject {
  const json = toPlainJson(args ?? {});
  if (!isJsonObject(json)) throw new TypeError("arguments must be an object");
  return json;
}

/**
 * @param strict whether what comes must fit to the last. Otherwise members, values and tags that the
 *   schema does not know (yet) are let through, and members that it demands may be missing: QEMU may be
 *   newer or older than the schema. What is known and there must be of its type either way.
 */
export function schemaCodec<Commands, Events>(schema: Qapi<Commands, Events>, strict: boolean): Codec {
  const commands: Readonly<Record<string, CommandVisit>> = schema.commands;
  const events: Readonly<Record<string, EventVisit>> = schema.events;

  const commandOf = (ref: CommandRef): CommandVisit => {
    if (typeof ref !== "string") return ref;
    const name = ref;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command !== undefined) return command;
    const message = [`the schema has no command '${name}'`, ...didYouMean(name, Object.keys(commands))];
    throw new QmpSchemaError("arguments", name, message.join("; "));
  };

  return {
    encodeArguments: (command, args) => encode(nameOf(command), commandOf(command), args),
    decodeReturn: (command, value) => decodeReturn(nameOf(command), commandOf(command), value, strict),
    decodeEvent: (event) => {
      const known = Object.hasOwn(events, event.event) ? events[event.event] : undefined;
      if (known === undefined) return undefined;
      const type = known.data;
      if (type === undefined) return { ...event, data: undefined };
      const json = event.data ?? {};
      const data = fitting("event", event.event, json, () => decode(type, json, strict));
      return { ...event, data };
    },
    hasNoReply: (command) => commandOf(command).successResponse === false,
  };
}

function encode(
  name: string,
  { arguments: type = emptyObject, gen }: CommandVisit,
  args: unknown,
): JsonObject {
  const value = fitting("arguments", name, undefined, () =>
    toJson(type, args ?? {}, { strict: gen !== false }),
  );
  invariant(isJsonObject(value), "arguments are an object");
  return value;
}

function decodeReturn(name: string, { returns }: CommandVisit, value: JsonValue, strict: boolean): unknown {
  if (returns === undefined) return undefined;
  return fitting("return", name, value, () => decode(returns, value, strict));
}

function decode(type: TypeVisit<unknown>, value: JsonValue, strict: boolean): unknown {
  return fromJson(type, value, { strict, allowMissing: !strict });
}

/** Turns a visitor's error into the client's, which says what did not fit. */
function fitting<T>(kind: QmpSchemaError["kind"], subject: string, value: unknown, visit: () => T): T {
  try {
    return visit();
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    const what = { arguments: "arguments of", return: "reply to", event: "data of" }[kind];
    const message = `${what} ${subject}: ${error.message}`;
    throw new QmpSchemaError(kind, subject, message, value, { cause: error });
  }
}
