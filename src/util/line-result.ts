/** What a line that was run came to. */
export interface LineResult {
  /** What it printed, lines ended by `\n`; why it was refused is part of it. */
  readonly output: string;
  /** Whether it was not understood or refused. */
  readonly failed: boolean;
}
