import { valueKind, type ValueKind } from "../../json/value.js";
import type { AlternateType, Alternative, Type } from "./model.js";

/** The alternative that a value is taken for: they are told apart by the kind of JSON they travel as. */
export function alternativeFor(type: AlternateType, value: unknown): Alternative | undefined {
  const kind = valueKind(value);
  return kind && type.alternatives.find((each) => jsonKindOf(each.type) === kind);
}

/** The JSON kind by which a type is told from others; absent when its values can be of several. */
export function jsonKindOf(type: Type): ValueKind | undefined {
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
