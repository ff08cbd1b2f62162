/** Edits of whole files: layout, and includes that follow a file. */
import { dirname, relative, resolve } from "node:path";
import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { SourceFile } from "../../diagnostic/source.js";
import { formatSchema } from "../../format/format-schema.js";
import { parseProblems } from "../../format/parse-problems.js";
import type { Positions } from "../encoding.js";
import { uriOf, type OpenSchema } from "../workspace.js";

/** The edit that lays a file, or the definitions of some of its lines, out; none where it does not parse. */
export function formatEdits(file: SourceFile, range: Range | undefined, positions: Positions): TextEdit[] {
  if (parseProblems(file.path, file.text).length > 0) return [];
  const lines =
    range === undefined ? {} : { lines: [{ from: range.start.line + 1, to: range.end.line + 1 }] };
  const text = formatSchema(file.text, lines);
  if (text === file.text) return [];
  // As little as can be is replaced, so that marks and folds elsewhere stay.
  let from = 0;
  const most = Math.min(text.length, file.text.length);
  while (from < most && text.charAt(from) === file.text.charAt(from)) from++;
  let back = 0;
  while (
    back < most - from &&
    text.charAt(text.length - 1 - back) === file.text.charAt(file.text.length - 1 - back)
  )
    back++;
  const span = { file, start: from, end: file.text.length - back };
  return [{ range: positions.range(span), newText: text.slice(from, text.length - back) }];
}

/** What includes have to say when files are given other names. */
export function renamedFiles(
  schemas: readonly OpenSchema[],
  files: readonly { readonly from: string; readonly to: string }[],
  positions: Positions,
): WorkspaceEdit {
  const target = new Map(files.map(({ from, to }) => [from, to]));
  const changes: Record<string, TextEdit[]> = {};
  for (const { compilation } of schemas) {
    for (const { file, entries } of compilation.files) {
      const own = resolve(file.path);
      for (const entry of entries) {
        if (entry.kind !== "include") continue;
        const name = entry.value.members.get("include")?.value;
        if (name?.kind !== "string") continue;
        const included = resolve(dirname(own), name.value);
        if (!target.has(included) && !target.has(own)) continue;
        const path = relative(dirname(target.get(own) ?? own), target.get(included) ?? included);
        if (path === name.value) continue;
        (changes[uriOf(own)] ??= []).push({
          range: positions.range({ file, start: name.start + 1, end: name.end - 1 }),
          newText: path,
        });
      }
    }
  }
  return { changes };
}
