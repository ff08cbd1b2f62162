import type { Completion } from "./complete.js";

/** What a line came to. */
export interface LineResult {
  readonly output: string;
  readonly failed: boolean;
  /** Set when the line has ended the QEMU: no more can be run. */
  readonly ended?: boolean;
}

/** Something that takes lines: what a terminal or a script talks to. */
export interface LineShell {
  readonly prompt: string;
  run(line: string): Promise<LineResult>;
  complete(line: string): Completion;
}
