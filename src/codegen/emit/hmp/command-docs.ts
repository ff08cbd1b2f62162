import type { HxCommand } from "../../../hx/index.js";
import { rstToMarkdown } from "../../docs/rst-to-markdown.js";
import { paragraphs } from "../../docs/tsdoc.js";

/**
 * The lines of a command's doc comment: its prose, and where it is defined.
 *
 * @param forms the entries of the command
 * @param source what the file is called
 */
export function commandDocs(forms: readonly HxCommand[], source: string): string[] {
  const lines = forms.map(({ span }) => span.file.line(span.start));
  const [head, ...body] = forms.find(({ prose }) => prose.length > 0)?.prose ?? [];
  return paragraphs(
    // The head is a line of its own: in rST it is a term, which the body defines.
    head === undefined ? [] : rstToMarkdown(head),
    rstToMarkdown(["", ...body].join("\n")),
    [`Defined in \`${source}\`, line${lines.length > 1 ? "s" : ""} ${lines.join(", ")}.`],
  );
}
