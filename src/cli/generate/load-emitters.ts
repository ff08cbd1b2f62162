import type { Emitter } from "../../codegen/plan/emitter.js";
import { PRODUCTS } from "../../codegen/product-names.js";
import { coreEmitters } from "../../codegen/products.js";

/**
 * The emitters of the products asked for, and those that all rest on. The others stay unloaded:
 * ajv alone takes as long to load as a small schema to generate.
 */
export async function loadEmitters(products: readonly string[]): Promise<Emitter[]> {
  const wanted = new Set(products);
  const loaded = [...coreEmitters];
  if (wanted.has("validators")) {
    loaded.push((await import("../../codegen/emit/validators/validators-emitter.js")).validatorsEmitter);
  }
  if (wanted.has("json-schema")) {
    loaded.push((await import("../../codegen/emit/json-schema/json-schema-emitter.js")).jsonSchemaEmitter);
  }
  if (wanted.has("introspect")) {
    loaded.push((await import("../../codegen/emit/introspect-emitter.js")).introspectEmitter);
  }
  const order: readonly string[] = PRODUCTS;
  return loaded.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}
