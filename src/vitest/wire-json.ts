import { writeJson, type JsonValue } from "../json/index.js";

/**
 * A value of a test as JSON text: whole numbers are integers, what is `undefined` is left out, as in
 * `JSON.stringify`; a `bigint` keeps all its digits.
 *
 * @throws {TypeError} for what is no JSON, such as a function
 */
export function toWireJson(value: unknown, layout: "compact" | "indented"): string {
  return writeJson(jsonOf(value), layout);
}

function jsonOf(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return value;
    case "number":
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case "object":
      break;
    default:
      throw new TypeError(`a ${typeof value} is no JSON`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(jsonOf);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, jsonOf(each)]));
}
