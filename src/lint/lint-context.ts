import type { DocSection, DocSectionKind } from "../qapi/ast/doc.js";
import type { Compilation } from "../qapi/index.js";
import type { Definition, Schema } from "../qapi/schema/model.js";
import { isEntry, reachedFrom } from "../qapi/schema/used-types.js";
import type { SourceFile, Span } from "../diagnostic/source.js";
import { docLines } from "./doc-lines.js";
import { plainPath } from "../util/paths.js";
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
    reached: reachedFrom(definitions.filter(isEntry)),
    record,
    memory,
    foreignNames,
    isOwn: isBelow(compilation.files[0]?.file.path ?? ""),
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

/** Where a problem of a definition as a whole stands: at its comment's first line, else at its own. */
export function placeOf({ doc, span }: Definition): Span {
  const whole = doc?.span ?? span;
  if (whole === undefined) throw new RangeError("what is built in has no place");
  const { file, start, end } = whole;
  const newline = file.text.indexOf("\n", start);
  return { file, start, end: newline === -1 ? end : Math.min(end, newline) };
}

/** The sections of one kind in documentation comments. */
export function* sectionsOf(
  documented: readonly DocumentedDefinition[],
  kind: DocSectionKind,
): Generator<{ readonly definition: Definition; readonly section: DocSection }> {
  for (const { definition, doc } of documented)
    for (const section of doc.sections) if (section.kind === kind) yield { definition, section };
}
