import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";

/**
 * What a QEMU wrote, with the members of its objects in an order in which they may have been added: of those
 * that its dictionaries file together, the one that was added last is written first.
 */
export function asAdded(value: JsonObject): JsonObject;
export function asAdded(value: JsonValue): JsonValue;
export function asAdded(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((each) => asAdded(each));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, asAdded(member)]));
}
