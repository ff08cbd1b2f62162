import type { Schema } from "../qapi/schema/model.js";
import { introspectEmitter } from "./emit/introspect-emitter.js";
import { jsonSchemaEmitter } from "./emit/json-schema/json-schema-emitter.js";
import { validatorsEmitter } from "./emit/validators/validators-emitter.js";
import type { Emitter } from "./plan/emitter.js";
import type { GeneratedFile } from "./file/generated-file.js";
import { generateWith, type GenerateOptions } from "./index.js";
import { coreEmitters } from "./products.js";

/** All products of ours. */
export const emitters: readonly Emitter[] = [
  ...coreEmitters,
  validatorsEmitter,
  jsonSchemaEmitter,
  introspectEmitter,
];

/**
 * Generate a TypeScript library from a schema, with all of our products or those that are wanted,
 * and one's own in `options.emitters` besides.
 *
 * @throws {UnknownDefinitionError} when the schema lacks a command or event that is asked for
 * @throws {RangeError} when a product is unknown
 */
export function generate(schema: Schema, options: Partial<GenerateOptions> = {}): GeneratedFile[] {
  return generateWith(schema, { ...options, emitters: [...emitters, ...(options.emitters ?? [])] });
}
