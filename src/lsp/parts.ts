import type { SourceFile, Span } from "../diagnostic/source.js";
import type { Definition, TypeReference } from "../qapi/check/definition.js";
import type { Compilation } from "../qapi/index.js";
import type { OpenSchema } from "./workspace.js";

/** What a definition is made of: a member, a value or a branch. */
interface Part {
  readonly name: string;
  readonly span: Span;
  /** A value of an enum has none. */
  readonly type?: TypeReference;
}

/** The definitions of a schema, as they are written; of one of its files alone where that is given. */
export function definitionsIn({ definitions }: Compilation, file?: SourceFile): Definition[] {
  return definitions.filter(
    (each): each is Definition => each.kind !== "include" && (file === undefined || each.span.file === file),
  );
}

/** A name within its quotes, where it has any. */
export function inner({ file, start, end }: Span): Span {
  const isQuoted = file.text.charAt(start) === "'";
  return isQuoted ? { file, start: start + 1, end: end - 1 } : { file, start, end };
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

/** A part that is named at a place, and the definition that it is of. */
export interface FoundPart {
  readonly definition: Definition;
  readonly part: Part;
  readonly isFeature: boolean;
  /** Where it is named. */
  readonly at: Span;
}

/** The member, value, branch or feature that is named at a place, in code or as `@name` in a comment. */
export function partAt({ compilation }: OpenSchema, file: SourceFile, offset: number): FoundPart | undefined {
  const definition = definitionsIn(compilation, file).find(
    ({ doc, span }) => (doc ?? { span }).span.start <= offset && offset <= span.end,
  );
  if (definition === undefined) return undefined;
  const parts = [
    ...partsOf(definition).map((part) => ({ part, isFeature: false })),
    ...definition.features.map((part) => ({ part, isFeature: true })),
  ];
  if (offset < definition.span.start) {
    const at = referenceAt(file, offset);
    const name = at && file.text.slice(at.start, at.end);
    const found = parts.find(({ part }) => part.name === name);
    return at && found && { definition, at, ...found };
  }
  for (const found of parts) {
    const at = inner(found.part.span);
    if (at.start <= offset && offset <= at.end) return { definition, at, ...found };
  }
  return undefined;
}

/** The name after the `@` at a place in a comment. */
function referenceAt(file: SourceFile, offset: number): Span | undefined {
  const lineStart = file.lineStart(file.line(offset));
  for (const match of file.lineText(file.line(offset)).matchAll(/@([\w-]+(?:\.[\w-]+)*)/g)) {
    const start = lineStart + match.index + 1;
    const end = start + (match[1]?.length ?? 0);
    if (start - 1 <= offset && offset <= end) return { file, start, end };
  }
  return undefined;
}
