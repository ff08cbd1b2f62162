import { escapeControls } from "../util/escape-controls.js";

/** One thing that is wrong with a file. */
export interface DocumentProblem {
  readonly message: string;
  /** Where, counted from 1, the column in code points; absent where the file is no text of ours to point at. */
  readonly at?: { readonly line: number; readonly column: number } | undefined;
}

/**
 * A file that is not what it should be. The message has a line for each problem, `FILE:LINE:COLUMN: …`, without
 * control characters.
 */
export class DocumentError extends Error {
  override readonly name: string = "DocumentError";

  constructor(
    readonly file: string,
    readonly problems: readonly DocumentProblem[],
  ) {
    super(problems.map((problem) => toLine(file, problem)).join("\n"));
  }
}

function toLine(file: string, { message, at }: DocumentProblem): string {
  const place = at === undefined ? "" : `:${at.line}:${at.column}`;
  return escapeControls(`${file}${place}: ${message}`).replaceAll("\n", "\\n");
}
