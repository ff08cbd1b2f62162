import type { Emitter } from "./plan/emitter.js";

/**
 * The emitters of some products and of what these need, in the order of `available`.
 *
 * @throws {RangeError} when a product has no emitter
 */
export function selectEmitters(products: readonly string[], available: readonly Emitter[]): Emitter[] {
  const byName = new Map(available.map((emitter) => [emitter.name, emitter]));
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const emitter = byName.get(name);
    if (emitter === undefined) throw new RangeError(`there is no product ${name}`);
    if (wanted.has(name)) return;
    wanted.add(name);
    emitter.needs.forEach(want);
  };
  products.forEach(want);
  return available.filter((emitter) => wanted.has(emitter.name));
}
