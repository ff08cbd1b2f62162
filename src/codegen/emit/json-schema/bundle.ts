import type { Command, Definition, Schema } from "../../../qapi/schema/model.js";
import { definitionAnnotations, memberAnnotations } from "./annotations.js";
import { commandSchema, eventSchema, returnsSchema } from "../../json-schema/messages.js";
import { PortableDialect } from "../../json-schema/portable.js";
import { definitionSchema, type Dialect, type JsonSchema } from "../../json-schema/type-schema.js";

/**
 * One JSON Schema document (2020-12) for a whole QAPI schema. Under `$defs` stand
 *
 * - each type, by its name;
 * - each command, by its name: the message that runs it, `{"execute": …, "arguments": …}`;
 * - what the command NAME returns, as `NAME.returns`;
 * - each event, by its name: the message that tells of it.
 *
 * Conditions count as met, but nothing that stands under one is demanded.
 */
export function jsonSchemaBundle(schema: Schema): JsonSchema {
  const dialect = new PortableDialect(memberAnnotations(schema));
  const definitions = [...schema.definitions.values()].flatMap((definition) =>
    definitionsOf(definition, dialect),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: Object.fromEntries(definitions),
  };
}

function definitionsOf(definition: Definition, dialect: Dialect): [name: string, schema: JsonSchema][] {
  const { name } = definition;
  switch (definition.kind) {
    case "builtin":
    case "array":
      return [];
    case "command":
      return [
        [name, { ...runSchema(definition, dialect), ...definitionAnnotations(definition) }],
        [`${name}.returns`, returnsSchema(definition, dialect)],
      ];
    case "event":
      return [[name, { ...eventSchema(definition, dialect), ...definitionAnnotations(definition) }]];
    default:
      return [[name, { ...definitionSchema(definition, dialect), ...definitionAnnotations(definition) }]];
  }
}

function runSchema(command: Command, dialect: Dialect): JsonSchema {
  const inOrder = commandSchema(command, "execute", dialect);
  return command.allowOob ? { oneOf: [inOrder, commandSchema(command, "exec-oob", dialect)] } : inOrder;
}
