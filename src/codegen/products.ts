import type { Emitter } from "./plan/emitter.js";

const core = () => import("./core-emitters.js");

/**
 * What `--emit` may name, in the order of emission, and where its emitter is. It is loaded when it is wanted:
 * ajv alone takes as long to load as a small schema to generate.
 */
const table = {
  types: async () => (await core()).typesEmitter,
  visitors: async () => (await core()).visitorsEmitter,
  validators: async () => (await import("./emit/validators/validators-emitter.js")).validatorsEmitter,
  commands: async () => (await core()).commandsEmitter,
  events: async () => (await core()).eventsEmitter,
  "json-schema": async () => (await import("./emit/json-schema/json-schema-emitter.js")).jsonSchemaEmitter,
  introspect: async () => (await import("./emit/introspect-emitter.js")).introspectEmitter,
} as const satisfies Readonly<Record<string, () => Promise<Emitter>>>;

export type Product = keyof typeof table;

/** The names of all products, in the order of emission. */
export const allProducts = Object.keys(table) as readonly Product[];

export function isProduct(name: string): name is Product {
  return Object.hasOwn(table, name);
}

/** The emitters of some products, and of those that others need. */
export async function loadEmitters(products: readonly string[]): Promise<Emitter[]> {
  const needed: readonly Product[] = ["types", "visitors", "commands", "events"];
  const wanted = allProducts.filter((name) => needed.includes(name) || products.includes(name));
  return Promise.all(wanted.map((name) => table[name]()));
}
