import type { Diagnostic, QemuAnswer } from "../diagnostic.js";
import { type Includes, includesOf, type Span } from "../source.js";

/**
 * The first problem as QEMU's own front end prints it, with a line end; empty if there is none.
 *
 * ```
 * In file included from main.json:3:
 * part.json: In struct 'Point':
 * part.json:7: 'data' member 'x' misses key 'type'
 * ```
 */
export function renderQemu(diagnostics: readonly Diagnostic[]): string {
  const [first] = diagnostics;
  if (first === undefined) return "";
  const said: QemuAnswer = first.qemu ?? first;
  const notes = said.notes.map(({ message, span, within }) =>
    within === undefined
      ? ""
      : `${place({ anchor: span, place: "line", within }, first.includes)}${message}\n`,
  );
  return `${place(said, first.includes)}${said.message}\n${notes.join("")}`;
}

function place({ anchor, place, within }: Omit<QemuAnswer, "message" | "notes">, includes: Includes): string {
  if (place === "none") return "";
  const { file, start } = anchor;
  const definition =
    within === undefined || within.name === "" ? "" : `${file.path}: In ${within.meta} '${within.name}':\n`;
  const column = place === "column" ? `:${qemuColumn(anchor)}` : "";
  const includedFrom = includesOf(file, includes)
    .map((from) => `In file included from ${from.file.path}:${from.file.line(from.start)}:\n`)
    .reverse();
  return `${includedFrom.join("")}${definition}${file.path}:${file.line(start)}${column}: `;
}

/** QEMU means a tab to reach the next multiple of eight, but its formula leads back instead. */
function qemuColumn({ file, start }: Span): number {
  let column = 1;
  for (const character of file.text.slice(file.lineStart(file.line(start)), start)) {
    if (character === "\t") column = ((column + 7) % 8) + 1;
    else column++;
  }
  return column;
}
