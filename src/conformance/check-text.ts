import { JsonError, jsonPlaces, placeOf, type JsonPlace } from "../json/index.js";
import { parseNextJson, type JsonStretch } from "../json/parse.js";
import type { ValidationProblem } from "../visitor/validation.js";
import type { DocumentKind, SchemaChecker } from "./schema-checker.js";

/** A problem and where it stands in the text, in UTF-16 code units; `end` is exclusive. */
export interface PlacedProblem extends Omit<ValidationProblem, "kind"> {
  readonly kind: ValidationProblem["kind"] | "syntax" | "unknown";
  readonly start: number;
  readonly end: number;
}

/** Where a document of several may begin, what is wrong before it notwithstanding. */
const LINE_OF_DOCUMENT = /^[{[]/gm;

/**
 * Everything that is wrong with a text of JSON documents one after the other, a line each or not, in the order of the
 * text. A document that is not JSON, or gives an object two members of one name, has one problem of kind `syntax`;
 * reading goes on at the next line that begins with a bracket. A text of blanks alone is a document that is missing.
 */
export function checkText(
  checker: SchemaChecker,
  kind: DocumentKind,
  name: string,
  text: string,
): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  let at = 0;
  while (at < text.length || at === 0) {
    let found: JsonStretch | undefined;
    try {
      found = parseNextJson(text, at, { duplicateKeys: "refuse" });
      if (found === undefined && at > 0) break;
      if (found === undefined) return [notJson("there is nothing in it", 0)];
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      problems.push(notJson(error.problem, error.offset));
      LINE_OF_DOCUMENT.lastIndex = Math.max(error.offset, at + 1);
      at = LINE_OF_DOCUMENT.exec(text)?.index ?? text.length;
      continue;
    }
    for (const problem of documentProblems(checker, kind, name, text, found)) problems.push(problem);
    at = found.end;
  }
  return problems;
}

function notJson(problem: string, offset: number): PlacedProblem {
  return { pointer: "", message: `is not JSON: ${problem}`, kind: "syntax", start: offset, end: offset };
}

function documentProblems(
  checker: SchemaChecker,
  kind: DocumentKind,
  name: string,
  text: string,
  { value, start, end }: JsonStretch,
): PlacedProblem[] {
  const problems = checker.problems(kind, name, value);
  if (problems.length === 0) return [];
  const root = jsonPlaces(text.slice(start, end));
  return problems
    .map((problem) => {
      const place = placeOfProblem(root, problem);
      return { ...problem, start: start + place.start, end: start + place.end };
    })
    .sort((a, b) => a.start - b.start);
}

/** The value that a problem is about; its key where it should not be there at all. */
export function placeOfProblem(
  root: JsonPlace,
  { pointer, kind }: { readonly pointer: string; readonly kind: string },
): { readonly start: number; readonly end: number } {
  const place = placeOf(root, pointer) ?? root;
  return (kind === "unexpected" ? place.key : undefined) ?? place;
}
