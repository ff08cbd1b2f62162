import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { join } from "node:path";
import * as prettier from "prettier";
import { describe, expect, it } from "vitest";
import { jsonSchemaEmitter } from "../../src/codegen/emit/json-schema/json-schema-emitter.js";
import { generateFiles } from "../../src/codegen/index.js";
import { parseJson, writeJson, type JsonObject, type JsonValue } from "../../src/json/index.js";
import { compileSchema } from "../../src/qapi/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { compileText } from "../support/compile-text.js";
import { documentsOf, isInhabited } from "../support/documents.js";
import { corpus } from "../support/shared-data.js";

function generate(schema: Schema): string {
  const file = generateFiles(schema, [jsonSchemaEmitter], {}).find(({ path }) => path === "json-schema.json");
  return file?.text ?? "";
}

function definitions(text: string): JsonObject {
  return (parseJson(generate(compileText(text))) as { $defs: JsonObject }).$defs;
}

describe("the JSON Schema of", () => {
  it.each<[what: string, schema: string, name: string, wanted: JsonValue]>([
    [
      "a struct",
      `{ 'struct': 'Base', 'data': { '*size': 'size' } }
       { 'struct': 'Thing', 'base': 'Base', 'data': { 'small': 'int8', '*list': [ 'Base' ], 'any': 'any',
           'sometimes': { 'type': 'number', 'if': { 'not': 'A' }, 'features': [ 'deprecated', 'odd' ] } } }`,
      "Thing",
      {
        type: "object",
        properties: {
          size: { type: "integer", minimum: -9223372036854775808n, maximum: 18446744073709551615n },
          small: { type: "integer", minimum: -128n, maximum: 127n },
          list: { type: "array", items: { $ref: "#/$defs/Base" } },
          any: {},
          sometimes: { type: "number", deprecated: true, $comment: "if !A, odd" },
        },
        required: ["small", "any"],
        additionalProperties: false,
      },
    ],
    [
      "a union",
      `{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c', 'd' ] }
       { 'union': 'Either', 'base': { 'kind': 'Kind', '*both': 'str' }, 'discriminator': 'kind', 'data': { 'b': 'OnlyB' } }
       { 'struct': 'OnlyB', 'data': { 'b': 'bool' } }`,
      "Either",
      {
        oneOf: [
          {
            type: "object",
            properties: { kind: { const: "b" }, both: { type: "string" }, b: { type: "boolean" } },
            required: ["kind", "b"],
            additionalProperties: false,
          },
          {
            type: "object",
            properties: { kind: { enum: ["a", "c", "d"] }, both: { type: "string" } },
            required: ["kind"],
            additionalProperties: false,
          },
        ],
      },
    ],
    [
      "an enum",
      `{ 'enum': 'Kind', 'data': [ 'a', 'b' ], 'if': 'A' }`,
      "Kind",
      { type: "string", enum: ["a", "b"], $comment: "if A" },
    ],
    [
      "an alternate",
      `{ 'alternate': 'Either', 'data': { 'a': 'str', 'b': 'null' } }`,
      "Either",
      { anyOf: [{ type: "string" }, { type: "null" }] },
    ],
    [
      "a command",
      `{ 'command': 'do-it', 'data': { 'x': 'str', '*y': 'bool' } }`,
      "do-it",
      {
        type: "object",
        properties: {
          execute: { const: "do-it" },
          arguments: { $ref: "#/$defs/q_obj_do-it-arg" },
          id: {},
        },
        required: ["execute", "arguments"],
        additionalProperties: false,
      },
    ],
    [
      "a command that returns nothing",
      `{ 'command': 'do-it' }`,
      "do-it.returns",
      { type: "object", properties: {}, additionalProperties: false },
    ],
    [
      "an event",
      `{ 'event': 'DONE', 'data': { '*why': 'str' } }`,
      "DONE",
      {
        type: "object",
        properties: {
          event: { const: "DONE" },
          data: { $ref: "#/$defs/q_obj_DONE-arg" },
          timestamp: {
            type: "object",
            properties: {
              seconds: { type: "integer", minimum: -9223372036854775808n, maximum: 9223372036854775807n },
              microseconds: {
                type: "integer",
                minimum: -9223372036854775808n,
                maximum: 9223372036854775807n,
              },
            },
            required: ["seconds", "microseconds"],
            additionalProperties: false,
          },
        },
        required: ["event", "timestamp"],
        additionalProperties: false,
      },
    ],
  ])("%s", (_, schema, name, wanted) => {
    expect(definitions(schema)[name]).toEqual(wanted);
  });

  it("a command that may run out of band, or takes more than it lists", () => {
    const { now, loose } = definitions(`
      { 'command': 'now', 'allow-oob': true }
      { 'command': 'loose', 'data': { 'x': 'str' }, 'gen': false }`);
    expect(now).toMatchObject({
      oneOf: [
        { properties: { execute: { const: "now" } } },
        { properties: { "exec-oob": { const: "now" } } },
      ],
    });
    expect(loose).toMatchObject({
      properties: { arguments: { required: ["x"], additionalProperties: true } },
    });
  });

  it("what is documented", () => {
    const { Thing, "do-it": doIt } = definitions(`
##
# @Thing:
#
# A thing, see \`\`this\`\`.
#
# @a: the
#     first
#
# Since: 1.0
##
{ 'struct': 'Thing', 'data': { 'a': 'str' } }

##
# @do-it:
#
# Do it.
#
# Features:
#
# @unstable: It may change.
##
{ 'command': 'do-it', 'features': [ 'unstable' ] }`);
    expect(Thing).toMatchObject({
      description: "A thing, see `this`.",
      properties: { a: { description: "the\nfirst" } },
    });
    expect(doIt).toMatchObject({ description: "Do it.", $comment: "unstable" });
  });
});

describe.skipIf(corpus === undefined)("the JSON Schema of QEMU's", () => {
  it.each(["tests/qapi-schema/qapi-schema-test.json", "qga/qapi-schema.json"])(
    "%s is laid out, valid, and accepts what the schema does",
    async (path) => {
      const { schema } = compileSchema(join(corpus ?? "", "qemu-10.2.2", path));
      if (schema === undefined) throw new Error("it does not compile");
      const text = generate(schema);
      expect(await prettier.check(text, { parser: "json" })).toBe(true);
      const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
      ajv.addSchema(JSON.parse(text) as object, "bundle");
      for (const definition of schema.definitions.values()) {
        const validate = ajv.getSchema(`bundle#/$defs/${encodeURIComponent(definition.name)}`);
        const isMessage = definition.kind === "command" || definition.kind === "event";
        if (validate === undefined || isMessage || !isInhabited(definition)) continue;
        fc.assert(
          fc.property(documentsOf(definition), (document) => {
            expect(validate(JSON.parse(writeJson(document))), writeJson(document)).toBe(true);
          }),
          { numRuns: 10 },
        );
      }
    },
  );
});
