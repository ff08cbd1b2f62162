import type { LineResult } from "../util/line-result.js";
import type { MigrationFigures } from "./migration-lines.js";

/** What may stand where the cursor is, and how much of it is there already. */
export interface Completion {
  readonly candidates: readonly string[];
  readonly typed: string;
}

/** What a line came to, and whether it was the last. */
export interface ShellResult extends LineResult {
  /** Set when the line has ended what it was run on: no more can be run. */
  readonly ended?: boolean;
}

/** Something that takes lines: what a terminal or a script talks to. */
export interface LineShell {
  /** What stands before the next line. */
  readonly prompt: string;
  /** Runs a line. Output is fit for a terminal: it has no control characters but line ends and tabs. */
  run(line: string): ShellResult | Promise<ShellResult>;
  /** What is to be said when there are no more lines. */
  end?(): ShellResult;
  /** Completes the last word of a line up to the cursor. */
  complete(line: string): Completion;
  /** What may help a person after a line that failed; undefined when there is nothing to say. */
  hint(line: string): string | undefined;
  /** How a migration stands, again and again, where the line asks to watch one. */
  watch?(line: string): (() => MigrationFigures | Promise<MigrationFigures>) | undefined;
  /** Whether output is for programs: it is never shown by the screen. */
  readonly isForPrograms?: boolean;
}
