import type { ValueKind } from "../../json/value.js";
import { jsonKindOf } from "../../qapi/schema/alternative-for.js";
import type { Type } from "../../qapi/schema/model.js";

/** The kind of JSON by which a type's values travel; `any` is all of them. */
export function jsonClass(type: Type): ValueKind | "any" | "alternate" {
  return jsonKindOf(type) ?? (type.kind === "alternate" ? "alternate" : "any");
}

/** By what alternatives stand for each other in schemas of several QEMUs, of which one may have an enum, one `str`. */
export function kindOf(type: Type): string {
  return type.kind === "builtin" ? type.json : type.kind;
}

/** The name that a path has for an alternative: its JSON type, as introspection calls it. */
export function alternativeName(type: Type): string {
  return type.kind === "enum" ? "string" : kindOf(type);
}

/** A type as one names it to people. */
export function typeText(type: Type): string {
  if (type.kind === "array") return `list of ${typeText(type.element)}`;
  if (type.kind === "builtin") return type.name === "integer" ? "int" : type.name;
  return type.kind === "enum" ? "enum" : type.kind;
}
