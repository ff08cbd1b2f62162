import type { Diagnostic } from "../diagnostic.js";
import type { Span } from "../source.js";

/** Every problem as one JSON array, for tools; `[]` if there is none. Ends with a line end. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const list = diagnostics.map(({ code, severity, message, span, notes }) => ({
    code,
    severity,
    message,
    ...jsonPlace(span),
    notes: notes.map((note) => ({ message: note.message, ...jsonPlace(note.span) })),
  }));
  return JSON.stringify(list, null, 2) + "\n";
}

/** A place as the JSON form gives it: counted from 1, columns in code points, `end` exclusive. */
function jsonPlace({ file, start, end }: Span) {
  return { file: file.path, start: file.position(start), end: file.position(end) };
}
