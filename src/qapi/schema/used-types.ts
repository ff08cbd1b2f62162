import { append } from "../../util/lists.js";
import type { Command, Definition, Event, ObjectType, Type } from "./model.js";

/** Whether a definition is what clients call or hear of, rather than a type. */
export function isEntry(definition: Definition): definition is Command | Event {
  return definition.kind === "command" || definition.kind === "event";
}

/** Whether a type was made by the schema compiler for data written in place, or stands for none. */
export function isImplicit(type: Definition): type is ObjectType & { readonly form: "implicit" } {
  return type.kind === "object" && type.form === "implicit";
}

/** The types that a definition is made of; of a command, what it returns comes before its arguments. */
export function usedTypes(definition: Definition): Type[] {
  switch (definition.kind) {
    case "builtin":
    case "enum":
      return [];
    case "array":
      return [definition.element];
    case "object":
      return [
        ...(definition.base === undefined ? [] : [definition.base]),
        ...definition.localMembers.map((member) => member.type),
        ...(definition.variants?.branches.map((branch) => branch.type) ?? []),
      ];
    case "alternate":
      return definition.alternatives.map((alternative) => alternative.type);
    case "command":
      return [definition.returns, definition.arguments].filter((type) => type !== undefined);
    case "event":
      return definition.arguments === undefined ? [] : [definition.arguments];
  }
}

/** Some definitions and all that they are made of, directly or through others. */
export function reachedFrom<D extends Definition>(definitions: Iterable<D>): ReadonlySet<D | Type> {
  const reached = new Set<D | Type>();
  const pending: (D | Type)[] = [...definitions];
  for (let definition = pending.pop(); definition !== undefined; definition = pending.pop()) {
    if (reached.has(definition)) continue;
    reached.add(definition);
    append(pending, usedTypes(definition));
  }
  return reached;
}

/** The types that a definition's text names: lists by their elements, members given in place by their own types. */
export function namedTypes(definition: Definition): Type[] {
  return usedTypes(definition)
    .map(elementType)
    .flatMap((type) => (isImplicit(type) ? namedTypes(type) : type));
}

/** What a list holds, however deep; of anything else the type itself. */
export function elementType(type: Type): Type {
  return type.kind === "array" ? elementType(type.element) : type;
}
