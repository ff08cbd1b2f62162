import type { Command, Definition } from "../../../qapi/schema/model.js";
import type { EmitContext, EmittedProduct, Emitter } from "../../plan/emitter.js";
import { MARK } from "../../file/generated-file.js";
import { formatJson } from "../format-json.js";
import { definitionAnnotations, memberAnnotations } from "./annotations.js";
import { commandSchema, eventSchema, returnsSchema } from "../../json-schema/messages.js";
import { PortableDialect } from "../../json-schema/portable.js";
import { definitionSchema, type Dialect, type JsonSchema } from "../../json-schema/type-schema.js";

/**
 * One JSON Schema document (2020-12) for a whole QAPI schema, for tools in any language. Under `$defs` stand
 *
 * - each type, by its name;
 * - each command, by its name: the message that runs it, `{"execute": …, "arguments": …}`;
 * - what the command NAME returns, as `NAME.returns`;
 * - each event, by its name: the message that tells of it.
 *
 * Conditions count as met, but nothing that stands under one is demanded.
 */
export const jsonSchemaEmitter: Emitter = {
  name: "json-schema",
  needs: [],
  emit({ schema }: EmitContext): EmittedProduct {
    const dialect = new PortableDialect(memberAnnotations(schema));
    const definitions = [...schema.definitions.values()].flatMap((definition) =>
      definitionsOf(definition, dialect),
    );
    const text = formatJson({
      $comment: `${MARK}. Do not edit.`,
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $defs: Object.fromEntries(definitions),
    });
    return { raw: [{ path: "json-schema.json", text }] };
  },
};

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
