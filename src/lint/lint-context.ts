import type { Compilation } from "../qapi/index.js";
import type { Definition, Schema, Type } from "../qapi/schema/model.js";
import type { SourceFile, Span } from "../diagnostic/source.js";
import { docLines } from "./doc-lines.js";
import { plainPath } from "./plain-path.js";
import type { DocumentedDefinition, LintContext } from "./rule.js";

/** What rules look at, made of a schema that compiles. */
export function lintContext(
  compilation: Compilation,
  schema: Schema,
  { record, memory, foreignNames }: Pick<LintContext, "record" | "memory" | "foreignNames">,
): LintContext {
  const definitions = [...schema.definitions.values()].filter(isWritten);
  const documented = definitions.flatMap((definition): DocumentedDefinition[] =>
    definition.doc === undefined
      ? []
      : [{ definition, doc: definition.doc, lines: docLines(definition.doc.span) }],
  );
  const freeForm = schema.docs.filter(({ symbol }) => symbol === undefined).map(({ span }) => docLines(span));
  return {
    schema,
    compilation,
    definitions,
    documented,
    freeForm,
    reached: reachedTypes(schema),
    record,
    memory,
    foreignNames,
    isOwn: isBelow(compilation.files[0]?.file.path ?? ""),
    placeOf,
  };
}

/** Whether somebody wrote it: neither built in, nor an array, nor made for inline members. */
function isWritten(definition: Definition): boolean {
  if (definition.span === undefined || definition.kind === "array" || definition.kind === "builtin")
    return false;
  return definition.kind !== "object" || definition.form !== "implicit";
}

/** Whether a file stands in the folder of the main file, or in one below. */
function isBelow(main: string): (file: SourceFile) => boolean {
  const folder = plainPath(main).replace(/[^/\\]*$/, "");
  return ({ path }) => {
    const plain = plainPath(path);
    return folder === "" ? !/^(?:\.\.)?\//.test(plain) : plain.startsWith(folder);
  };
}

/** The first line of a definition's comment, or of itself where it has none. */
function placeOf({ doc, span }: Definition): Span {
  const whole = doc?.span ?? span;
  if (whole === undefined) throw new RangeError("what is built in has no place");
  const { file, start, end } = whole;
  const newline = file.text.indexOf("\n", start);
  return { file, start, end: newline === -1 ? end : Math.min(end, newline) };
}

function reachedTypes({ definitions }: Schema): Set<string> {
  const reached = new Set<string>();
  const open: Type[] = [];
  for (const definition of definitions.values()) {
    if (definition.kind !== "command" && definition.kind !== "event") continue;
    if (definition.arguments !== undefined) open.push(definition.arguments);
    if (definition.kind === "command" && definition.returns !== undefined) open.push(definition.returns);
  }
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    if (reached.has(type.name)) continue;
    reached.add(type.name);
    for (const next of directTypes(type)) open.push(next);
  }
  return reached;
}

/** The types that a type is made of. A base is one of them, though clients see its members alone. */
export function* directTypes(type: Type): Generator<Type> {
  if (type.kind === "array") yield type.element;
  if (type.kind === "alternate") for (const { type: each } of type.alternatives) yield each;
  if (type.kind !== "object") return;
  if (type.base !== undefined) yield type.base;
  for (const { type: each } of type.localMembers) yield each;
  for (const { type: each } of type.variants?.branches ?? []) yield each;
}
