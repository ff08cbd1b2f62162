import type { Type } from "../../qapi/schema/model.js";

/** The JSON kinds that an alternate tells apart, and `any`, which is all of them. */
type JsonClass = "string" | "number" | "boolean" | "null" | "object" | "array" | "any" | "alternate";

/** The kind by which a type's values travel. */
export function jsonClass(type: Type): JsonClass {
  switch (type.kind) {
    case "enum":
      return "string";
    case "object":
    case "array":
    case "alternate":
      return type.kind;
    case "builtin":
      return type.json === "int" ? "number" : type.json === "value" ? "any" : type.json;
  }
}

/** The name that a path has for an alternative: its JSON type, as introspection calls it. */
export function alternativeName(type: Type): string {
  switch (type.kind) {
    case "builtin":
      return type.json;
    case "enum":
      return "string";
    default:
      return type.kind;
  }
}

/** A type as one names it to people. */
export function typeText(type: Type): string {
  if (type.kind === "array") return `list of ${typeText(type.element)}`;
  if (type.kind === "builtin") return type.name === "integer" ? "int" : type.name;
  return type.kind === "enum" ? "enum" : type.kind;
}
