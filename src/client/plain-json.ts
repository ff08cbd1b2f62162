import { MAX_DEPTH } from "../json/parse.js";
import { isJsonObject, setMember, type JsonObject, type JsonValue } from "../json/value.js";

/**
 * JSON from a program's own value: whole numbers become integers, members that are `undefined` are left
 * out.
 *
 * @throws {TypeError} when a part has no exact form in JSON: a whole number that a double does not hold
 *   exactly, not a number, a function, a date, a value that contains itself
 */
export function toPlainJson(value: unknown, path = "arguments", depth = 0): JsonValue {
  if (depth > MAX_DEPTH) throw new TypeError(`${path.slice(0, 100)}… nests deeper than ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return value;
    case "number":
      return toNumber(value, path);
    case "object":
      if (value === null) return value;
      if (Array.isArray(value))
        return value.map((item, index) => toPlainJson(item, `${path}[${index}]`, depth + 1));
      return toObject(value, path, depth);
    default:
      throw new TypeError(`${path} is ${describe(value)}, which JSON has not`);
  }
}

function toNumber(value: number, path: string): number | bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON has not`);
  if (Number.isInteger(value))
    throw new TypeError(`${path} is ${value}, too large to be exact: give it as a bigint`);
  return value;
}

function toObject(value: object, path: string, depth: number): JsonObject {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is ${describe(value)}, which JSON has not`);
  const object: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) setMember(object, key, toPlainJson(member, `${path}.${key}`, depth + 1));
  }
  return object;
}

function describe(value: unknown): string {
  return typeof value === "object" && value !== null
    ? `a ${value.constructor.name || "class instance"}`
    : `of type ${typeof value}`;
}

/**
 * The same value with numbers for integers.
 *
 * @throws {RangeError} when an integer is one that a number does not hold exactly
 */
export function integersToNumbers(value: JsonValue): JsonValue {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a number exactly`);
    return number;
  }
  if (Array.isArray(value)) return value.map(integersToNumbers);
  if (!isJsonObject(value)) return value;
  const object: JsonObject = {};
  for (const [key, member] of Object.entries(value)) setMember(object, key, integersToNumbers(member));
  return object;
}
