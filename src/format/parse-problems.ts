import type { Diagnostic } from "../diagnostic/diagnostic.js";
import { docProblems } from "../diagnostic/catalogue/doc.js";
import { SourceFile } from "../diagnostic/source.js";
import { parseFile, type ParsedFile } from "../qapi/parse/parse-file.js";

/** Faults of a doc comment after which one cannot tell where it ends. */
const fatal = new Set(["doc-start-junk", "doc-end-junk", "doc-without-end"]);

/**
 * Why a file cannot be laid out; empty if it can. What only the rules for doc comments refuse, and what
 * the file means, is of no account here.
 *
 * @param path by which messages call the file
 */
export function parseProblems(path: string, text: string): readonly Diagnostic[] {
  return layoutProblems(parseFile(new SourceFile(path, text), "lenient"));
}

/** The same of a file that has been parsed under lenient doc rules. */
export function layoutProblems({ problems }: ParsedFile): readonly Diagnostic[] {
  return problems.filter(({ code }) => fatal.has(code) || !Object.hasOwn(docProblems, code));
}
