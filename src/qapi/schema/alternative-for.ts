import type { JsonValue } from "../../json/value.js";
import type { AlternateType, Alternative, Type } from "./model.js";

/** The kinds of JSON value that an alternate tells apart. */
export type AlternativeKind = "null" | "string" | "number" | "boolean" | "array" | "object";

/** The alternative that a value is taken for: they are told apart by the kind of JSON they travel as. */
export function alternativeFor(type: AlternateType, value: JsonValue): Alternative | undefined {
  const kind = kindOfValue(value);
  return type.alternatives.find((each) => jsonKindOf(each.type) === kind);
}

function kindOfValue(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "bigint" ? "number" : typeof value;
}

/** The JSON kind by which a type is told from others; absent when its values can be of several. */
export function jsonKindOf(type: Type): AlternativeKind | undefined {
  switch (type.kind) {
    case "builtin":
      if (type.json === "value") return undefined;
      return type.json === "int" ? "number" : type.json;
    case "enum":
      return "string";
    case "alternate":
      return undefined;
    case "array":
    case "object":
      return type.kind;
  }
}
