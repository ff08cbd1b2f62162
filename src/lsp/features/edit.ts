/** Edits of whole files: layout, and includes that follow a file. */
import { dirname, relative, resolve, sep } from "node:path";
import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { formatParts, type LineRange } from "../../format/format-schema.js";
import type { ParsedFile } from "../../qapi/parse/parse-file.js";
import type { Positions } from "../encoding.js";
import { intactStretches } from "../intact-stretches.js";
import { uriOf, type OpenSchema } from "../workspace.js";

/**
 * The edits that lay a file out, or the definitions of some of its lines. What does not parse is left as it
 * is, with the comments that stand right before it; the rest of the file is laid out all the same.
 */
export function formatEdits(parsed: ParsedFile, range: Range | undefined, positions: Positions): TextEdit[] {
  const { file } = parsed;
  const edits: TextEdit[] = [];
  const replace = (start: number, end: number, text: string): void => {
    const edit = smallestEdit(file, start, end, text);
    if (edit !== undefined) edits.push({ range: positions.range(edit.span), newText: edit.text });
  };
  for (const stretch of intactStretches(parsed)) {
    const text = file.text.slice(stretch.start, stretch.end);
    const above = file.line(stretch.start) - 1;
    const { parts, end } = formatParts(text, range === undefined ? {} : { lines: [linesOf(range, above)] });
    let at = stretch.start;
    for (const { unit, before, lines } of parts) {
      const to = stretch.start + unit.end;
      replace(at, to, before + lines.join("\n"));
      at = to;
    }
    if (stretch.end === file.text.length) replace(at, stretch.end, end);
  }
  return edits;
}

/** The lines of a selection, from 1, below so many others. One that ends before a line's first character is not on it. */
function linesOf({ start, end }: Range, above: number): LineRange {
  const isBefore = end.character === 0 && end.line > start.line;
  return { from: start.line + 1 - above, to: end.line + (isBefore ? 0 : 1) - above };
}

/** As little as can be is replaced, so that marks and folds elsewhere stay. */
function smallestEdit(
  file: SourceFile,
  start: number,
  end: number,
  text: string,
): { readonly span: Span; readonly text: string } | undefined {
  const old = file.text.slice(start, end);
  if (text === old) return undefined;
  const most = Math.min(text.length, old.length);
  let front = 0;
  while (front < most && text.charAt(front) === old.charAt(front)) front++;
  let back = 0;
  while (back < most - front && text.charAt(text.length - 1 - back) === old.charAt(old.length - 1 - back))
    back++;
  return {
    span: { file, start: start + front, end: end - back },
    text: text.slice(front, text.length - back),
  };
}

/** What includes have to say when files, or folders of them, are given other names. */
export function renamedFiles(
  schemas: readonly OpenSchema[],
  moves: readonly { readonly from: string; readonly to: string }[],
  positions: Positions,
): WorkspaceEdit {
  const moved = (path: string): string => {
    const move = moves.find(({ from }) => path === from || path.startsWith(from + sep));
    return move === undefined ? path : move.to + path.slice(move.from.length);
  };
  const changes: Record<string, TextEdit[]> = {};
  const seen = new Set<string>();
  for (const { compilation } of schemas) {
    for (const { file, entries } of compilation.files) {
      const own = resolve(file.path);
      if (seen.has(own)) continue;
      seen.add(own);
      for (const entry of entries) {
        if (entry.kind !== "include") continue;
        const name = entry.value.members.get("include")?.value;
        if (name?.kind !== "string") continue;
        const included = resolve(dirname(own), name.value);
        const [newOwn, newIncluded] = [moved(own), moved(included)];
        if (newOwn === own && newIncluded === included) continue;
        const path = relative(dirname(newOwn), newIncluded).split(sep).join("/");
        if (path === relative(dirname(own), included).split(sep).join("/")) continue;
        (changes[uriOf(own)] ??= []).push({
          range: positions.range({ file, start: name.start + 1, end: name.end - 1 }),
          newText: path,
        });
      }
    }
  }
  return { changes };
}
