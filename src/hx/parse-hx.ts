import { type Expectation, parse, SyntaxError } from "../../generated/grammar/hx.js";
import type { Problems } from "../diagnostic/problems.js";
import type { SourceFile } from "../diagnostic/source.js";
import type { HxItem } from "./ast/syntax.js";

/** The kinds of problem that the grammar names itself. */
const ownProblems = [
  "hx-unterminated-string",
  "hx-unknown-escape",
  "hx-unterminated-comment",
  "hx-unterminated-prose",
  "hx-stray-erst",
] as const;

/** Reads an `.hx` file; `undefined` after a problem was reported. */
export function parseHx(source: SourceFile, problems: Problems): readonly HxItem[] | undefined {
  try {
    return parse(source.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const span = { file: source, start: error.location.start.offset, end: error.location.end.offset };
    const own = ownProblems.find((code) => code === error.message);
    if (own !== undefined) problems.report(own, span, []);
    else problems.report("hx-syntax", span, [expected(error.expected), found(error.found)]);
    return undefined;
  }
}

/** What could have come: `',' or '}'`. The grammar names all that is neither literal nor the end. */
function expected(expectations: readonly Expectation[]): string {
  const all = expectations.map((each) => {
    if (each.type === "literal") return `'${each.text}'`;
    return each.type === "other" ? each.description : "end of file";
  });
  const words = [...new Set(all)].filter((word) => word !== "space").sort();
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

function found(text: string | null | undefined): string {
  return typeof text === "string" ? `'${text}'` : "end of file";
}
