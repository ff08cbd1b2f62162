import { JsonError, jsonPlaces, parseJson, placeOf, type JsonPlace, type JsonValue } from "../json/index.js";
import type { ValidationProblem } from "../visitor/validation.js";
import type { DocumentKind, SchemaChecker } from "./schema-checker.js";

/** A problem and where it stands in the text, in UTF-16 code units; `end` is exclusive. */
export interface PlacedProblem extends Omit<ValidationProblem, "kind"> {
  readonly kind: ValidationProblem["kind"] | "syntax" | "unknown";
  readonly start: number;
  readonly end: number;
}

/**
 * Everything that is wrong with a JSON text, in the order of the text. A text that is not JSON, or
 * gives an object two members of one name, has one problem of kind `syntax`.
 */
export function checkText(
  checker: SchemaChecker,
  kind: DocumentKind,
  name: string,
  text: string,
): PlacedProblem[] {
  let document: JsonValue;
  try {
    document = parseJson(text, { duplicateKeys: "refuse" });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { problem, offset } = error;
    return [{ pointer: "", message: `is not JSON: ${problem}`, kind: "syntax", start: offset, end: offset }];
  }
  const problems = checker.problems(kind, name, document);
  if (problems.length === 0) return [];
  const root = jsonPlaces(text);
  return problems
    .map((problem) => ({ ...problem, ...extent(root, problem) }))
    .sort((a, b) => a.start - b.start);
}

/** The value that a problem is about; its key where it should not be there at all. */
function extent(root: JsonPlace, { pointer, kind }: ValidationProblem): { start: number; end: number } {
  const place = placeOf(root, pointer) ?? root;
  const { start, end } = (kind === "unexpected" ? place.key : undefined) ?? place;
  return { start, end };
}
