import type { Span } from "../diagnostic/source.js";
import type { Definition } from "../qapi/check/definition.js";

/** What a definition is made of: a member, a value or a branch. */
export interface Part {
  readonly name: string;
  readonly span: Span;
}

/** Everything that a definition names in itself, in the order of the text. */
export function partsOf(definition: Definition): readonly Part[] {
  return definition.kind === "union"
    ? [...describedParts(definition), ...definition.branches]
    : describedParts(definition);
}

/** What a definition's documentation has to describe, features aside. */
export function describedParts(definition: Definition): readonly Part[] {
  switch (definition.kind) {
    case "enum":
      return definition.values;
    case "struct":
      return definition.members;
    case "union":
      return definition.base?.kind === "inline" ? definition.base.members : [];
    case "alternate":
      return definition.branches;
    default:
      return definition.arguments?.kind === "inline" ? definition.arguments.members : [];
  }
}
