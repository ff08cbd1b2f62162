import type { Command, Event, ObjectType } from "../../qapi/schema/model.js";
import { shapeOf } from "./shape.js";
import { isDemanded, objectSchema, typeSchema, type Dialect, type JsonSchema } from "./type-schema.js";

/*
 * QMP's messages (docs/interop/qmp-spec.rst in QEMU): what travels around the types of a schema.
 */

/** How a command is told to run: after those before it, or out of band. */
type RunKey = "execute" | "exec-oob";

/** `{"execute": NAME, "arguments": …, "id": …}`, or the same with `exec-oob`. */
export function commandSchema(command: Command, key: RunKey, dialect: Dialect): JsonSchema {
  const argumentsDemanded = command.arguments !== undefined && demandsMembers(command.arguments);
  return objectSchema(
    [
      { name: key, schema: { const: command.name }, required: true },
      { name: "arguments", schema: argumentsSchema(command, dialect), required: argumentsDemanded },
      { name: "id", schema: {}, required: false },
    ],
    dialect,
  );
}

/** The `arguments` of a command. Where QEMU takes them without types, any further member will do. */
export function argumentsSchema(command: Command, dialect: Dialect): JsonSchema {
  if (command.arguments === undefined) return objectSchema([], dialect);
  if (command.gen) return typeSchema(command.arguments, dialect);
  return { ...dialect.object(shapeOf(command.arguments)), additionalProperties: true };
}

/** What a command returns; nothing travels as an empty object. */
export function returnsSchema(command: Command, dialect: Dialect): JsonSchema {
  return command.returns === undefined ? objectSchema([], dialect) : typeSchema(command.returns, dialect);
}

/** `{"return": …, "id": …}`. */
export function replySchema(command: Command, dialect: Dialect): JsonSchema {
  return objectSchema(
    [
      { name: "return", schema: returnsSchema(command, dialect), required: true },
      { name: "id", schema: {}, required: false },
    ],
    dialect,
  );
}

/** `{"error": {"class": …, "desc": …}, "id": …}`, which any command may bring back. */
export function errorSchema(dialect: Dialect): JsonSchema {
  const error = objectSchema(
    [
      { name: "class", schema: { type: "string" }, required: true },
      { name: "desc", schema: { type: "string" }, required: true },
    ],
    dialect,
  );
  return objectSchema(
    [
      { name: "error", schema: error, required: true },
      { name: "id", schema: {}, required: false },
    ],
    dialect,
  );
}

/** `{"event": NAME, "data": …, "timestamp": …}`. */
export function eventSchema(event: Event, dialect: Dialect): JsonSchema {
  const timestamp = objectSchema(
    [
      // Both are -1 when the clock could not be read.
      { name: "seconds", schema: dialect.integer("int"), required: true },
      { name: "microseconds", schema: dialect.integer("int"), required: true },
    ],
    dialect,
  );
  return objectSchema(
    [
      { name: "event", schema: { const: event.name }, required: true },
      ...(event.arguments === undefined
        ? []
        : [
            {
              name: "data",
              schema: typeSchema(event.arguments, dialect),
              required: demandsMembers(event.arguments),
            },
          ]),
      { name: "timestamp", schema: timestamp, required: true },
    ],
    dialect,
  );
}

/** The `data` of an event. */
export function dataSchema(event: Event, dialect: Dialect): JsonSchema {
  return event.arguments === undefined ? objectSchema([], dialect) : typeSchema(event.arguments, dialect);
}

function demandsMembers(type: ObjectType): boolean {
  return type.members.some(isDemanded);
}
