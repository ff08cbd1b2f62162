import type { Command, Event, ObjectType, Type } from "../../qapi/schema/model.js";
import { shapeOf } from "./shape.js";
import {
  isDemanded,
  objectSchema,
  typeSchema,
  type Dialect,
  type JsonSchema,
  type Property,
} from "./type-schema.js";

/*
 * QMP's messages (docs/interop/qmp-spec.rst in QEMU): what travels around the types of a schema.
 */

/** How a command is told to run: after those before it, or out of band. */
type RunKey = "execute" | "exec-oob";

const id: Property = { name: "id", schema: {}, required: false };

function required(name: string, schema: JsonSchema): Property {
  return { name, schema, required: true };
}

/** `{"execute": NAME, "arguments": …, "id": …}`, or the same with `exec-oob`. */
export function commandSchema(command: Command, key: RunKey, dialect: Dialect): JsonSchema {
  const given: Property = {
    name: "arguments",
    schema: argumentsSchema(command, dialect),
    required: demandsMembers(command.arguments),
  };
  return objectSchema([required(key, { const: command.name }), given, id], dialect);
}

/** The `arguments` of a command. Where QEMU takes them without types, any further member will do. */
export function argumentsSchema(command: Command, dialect: Dialect): JsonSchema {
  if (command.arguments === undefined || command.gen) return schemaOf(command.arguments, dialect);
  return { ...dialect.object(shapeOf(command.arguments)), additionalProperties: true };
}

/** What a command returns. */
export function returnsSchema(command: Command, dialect: Dialect): JsonSchema {
  return schemaOf(command.returns, dialect);
}

/** `{"return": …, "id": …}`. */
export function replySchema(command: Command, dialect: Dialect): JsonSchema {
  return objectSchema([required("return", returnsSchema(command, dialect)), id], dialect);
}

/** `{"error": {"class": …, "desc": …}, "id": …}`, which any command may bring back. */
export function errorSchema(dialect: Dialect): JsonSchema {
  const text = { type: "string" };
  const error = objectSchema([required("class", text), required("desc", text)], dialect);
  return objectSchema([required("error", error), id], dialect);
}

/** `{"event": NAME, "data": …, "timestamp": …}`. */
export function eventSchema(event: Event, dialect: Dialect): JsonSchema {
  // -1 when the clock could not be read.
  const time = dialect.integer("int");
  const timestamp = objectSchema([required("seconds", time), required("microseconds", time)], dialect);
  const data: Property = {
    name: "data",
    schema: dataSchema(event, dialect),
    required: demandsMembers(event.arguments),
  };
  return objectSchema(
    [
      required("event", { const: event.name }),
      ...(event.arguments === undefined ? [] : [data]),
      required("timestamp", timestamp),
    ],
    dialect,
  );
}

/** The `data` of an event. */
export function dataSchema(event: Event, dialect: Dialect): JsonSchema {
  return schemaOf(event.arguments, dialect);
}

/** Nothing travels as an empty object. */
function schemaOf(type: Type | undefined, dialect: Dialect): JsonSchema {
  return type === undefined ? objectSchema([], dialect) : typeSchema(type, dialect);
}

function demandsMembers(type: ObjectType | undefined): boolean {
  return type?.members.some(isDemanded) === true;
}
