import type { Schema } from "../qapi/schema/model.js";
import { commandsEmitter, eventsEmitter, typesEmitter, visitorsEmitter } from "./core-emitters.js";
import { introspectEmitter } from "./emit/introspect-emitter.js";
import { jsonSchemaEmitter } from "./emit/json-schema/json-schema-emitter.js";
import { validatorsEmitter } from "./emit/validators/validators-emitter.js";
import type { Emitter } from "./plan/emitter.js";
import type { GeneratedFile } from "./file/generated-file.js";
import { generateWith, type GenerateOptions } from "./index.js";
import { allProducts, type Product } from "./products.js";

/** The same table for who generates without waiting: everything is loaded. The compiler holds it to the other. */
const byProduct: Readonly<Record<Product, Emitter>> = {
  types: typesEmitter,
  visitors: visitorsEmitter,
  validators: validatorsEmitter,
  commands: commandsEmitter,
  events: eventsEmitter,
  "json-schema": jsonSchemaEmitter,
  introspect: introspectEmitter,
};

/** All products of ours, in the order of emission. */
export const emitters: readonly Emitter[] = allProducts.map((name) => byProduct[name]);

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
