import type { JsonValue } from "../../json/value.js";
import type { AlternateType, Alternative, Type } from "./model.js";

/** The alternative that a value is taken for: they are told apart by the kind of JSON they travel as. */
export function alternativeFor(type: AlternateType, value: JsonValue): Alternative | undefined {
  const kind = kindOfValue(value);
  return type.alternatives.find((each) => kindsOfType(each.type).includes(kind));
}

function kindOfValue(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "bigint" ? "number" : typeof value;
}

function kindsOfType(type: Type): readonly string[] {
  if (type.kind === "enum") return ["string"];
  if (type.kind !== "builtin") return [type.kind];
  if (type.json === "value") return ["null", "array", "number", "object", "string", "boolean"];
  return [type.json === "int" ? "number" : type.json];
}
