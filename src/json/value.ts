/**
 * A JSON value in memory. An integer literal is a `bigint`, any other number a `number`, so that
 * `1.0` is no integer and no digit is lost. Objects are ordinary ones on which `__proto__` is an
 * own member like any other: ask with `Object.hasOwn`, or a key may be found on the prototype.
 */
export type JsonValue = null | boolean | string | number | bigint | JsonValue[] | JsonObject;

/** A JSON object: members in their order, names of any kind. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** The kinds of JSON value that QEMU tells apart. */
export type ValueKind = "string" | "number" | "boolean" | "null" | "object" | "array";

/** How JSON has a value; undefined of what it has not. */
export function valueKind(value: unknown): ValueKind | undefined {
  const type = typeof value;
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return type;
    case "bigint":
      return "number";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : "object";
    default:
      return undefined;
  }
}

/** Whether a value is a JSON object, that is neither a list nor null nor a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of a JSON object; undefined where there is none, or no object. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Sets a member; `__proto__` becomes an ordinary own member too. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
