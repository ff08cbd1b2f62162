import { comment, hardline, type Doc } from "../file/layout.js";
import { append } from "../../util/lists.js";

/** A doc comment of the given lines; nothing for none. */
export function tsdoc(lines: readonly string[]): Doc {
  const text = lines.map((line) => (line.includes("*/") ? line.replaceAll("*/", "*\\/") : line));
  const [only = ""] = text;
  if (text.length === 0) return "";
  if (text.length === 1) return [`/** ${only} */`, hardline];
  return [comment(["/**", ...text.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"]), hardline];
}

/** Paragraphs of a doc comment with an empty line between them; empty ones vanish. */
export function paragraphs(parts: readonly (readonly string[])[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    if (part.length === 0) continue;
    if (lines.length > 0) lines.push("");
    append(lines, part);
  }
  return lines;
}

/** A block tag with its text. */
export function tag(name: string, text: readonly string[] = []): string[] {
  const [first = "", ...rest] = text;
  return [`@${name} ${first}`.trimEnd(), ...rest];
}
