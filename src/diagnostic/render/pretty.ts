import type { Diagnostic } from "../diagnostic.js";
import { PROBLEM_LIMIT } from "../problems.js";
import { includesOf, type Includes, type Span } from "../source.js";
import { excerpt, showText } from "./excerpt.js";

type Paint = (text: string) => string;

/** The colours that the pretty form uses; picocolors' set will do. */
export interface Colors {
  readonly bold: Paint;
  readonly red: Paint;
  readonly cyan: Paint;
  readonly green: Paint;
  readonly dim: Paint;
}

interface PrettyOptions {
  /** Without it, the text is plain. */
  readonly colors?: Colors;
  /** Source lines are cut to this many terminal columns. Default 100. */
  readonly width?: number;
}

const plain: Paint = (text) => text;
/** Text as it is. */
export const noColors: Colors = { bold: plain, red: plain, cyan: plain, green: plain, dim: plain };

/**
 * Every problem with its code, place and source line, and a count; empty if there is none.
 *
 * ```
 * error[duplicate-key]: duplicate key 'x'
 *   --> part.json:7:15
 *    |  in struct 'Point'
 *    |  included from main.json:3
 *  7 | 'data': { 'x': 'int', 'x': 'str' } }
 *    |                       ^^^
 * note: first given here
 *   --> part.json:7:11
 *  7 | 'data': { 'x': 'int', 'x': 'str' } }
 *    |           ^^^
 *
 * 1 problem found
 * ```
 */
export function renderPretty(diagnostics: readonly Diagnostic[], options: PrettyOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const { colors = noColors, width = 100 } = options;
  const blocks = diagnostics.map((diagnostic) => renderOne(diagnostic, colors, Math.max(width, 20)));
  return `${blocks.join("\n")}\n${summary(diagnostics, colors)}`;
}

function summary(diagnostics: readonly Diagnostic[], colors: Colors): string {
  const all = diagnostics.length;
  const lenient = diagnostics.filter((diagnostic) => diagnostic.lenient).length;
  const more = all < PROBLEM_LIMIT ? "" : ", and no more looked for";
  const count = colors.bold(`${all} problem${all === 1 ? "" : "s"} found${more}`);
  if (lenient === 0) return `${count}\n`;
  const which = lenient < all ? `${lenient} of them` : all === 1 ? "it" : "them";
  const advice = `--doc-rules=lenient lets ${which} pass, as older QEMUs did`;
  return `${count}\n${colors.green("help")}: ${advice}\n`;
}

function renderOne(diagnostic: Diagnostic, colors: Colors, width: number): string {
  const { message, code, span, place, notes, help, within, includes } = diagnostic;
  const title = `${colors.red(`error[${code}]`)}: ${colors.bold(showText(message))}`;
  const parts = [title];
  if (place !== "none") {
    const context = within === undefined ? [] : [`in ${within.meta} '${showText(within.name)}'`];
    parts.push(frame(span, [...context, ...includeLines(span, includes)], colors.red, colors, width));
  }
  for (const note of notes) {
    parts.push(`${colors.cyan("note")}: ${showText(note.message)}`);
    parts.push(frame(note.span, includeLines(note.span, includes), colors.cyan, colors, width));
  }
  for (const line of help) parts.push(`${colors.green("help")}: ${showText(line)}`);
  return parts.join("\n") + "\n";
}

/** A source line with what is meant in it marked, under the name of its place. */
export function frame(
  span: Span,
  context: readonly string[],
  paint: Paint,
  colors: Colors,
  width: number,
): string {
  const { file } = span;
  const { line, column } = file.position(span.start);
  const number = String(line);
  const margin = " ".repeat(number.length + 2);
  const bar = colors.dim("|");
  const { text, before, marked } = excerpt(span, width);
  return [
    `${margin}${colors.dim("-->")} ${showText(file.path)}:${line}:${column}`,
    ...context.map((words) => `${margin}${bar}  ${colors.dim(words)}`),
    `${colors.dim(` ${number} |`)} ${text}`.trimEnd(),
    `${margin}${bar} ${" ".repeat(before)}${paint("^".repeat(marked))}`,
  ].join("\n");
}

function includeLines({ file }: Span, includes: Includes): string[] {
  return includesOf(file, includes).map(
    (from) => `included from ${showText(from.file.path)}:${from.file.line(from.start)}`,
  );
}
