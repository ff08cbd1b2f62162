import type { Writable } from "node:stream";

/** A terminal that is written to. Some report a size of 0, or none. */
export type TerminalOutput = Writable & { readonly rows?: number; readonly columns?: number };

export const CLEAR_LINE = "\r\x1b[K";

/** The size of a terminal, or the usual one where it does not say. */
export function screenSize({ rows = 0, columns = 0 }: TerminalOutput): { rows: number; columns: number } {
  return { rows: rows > 0 ? rows : 24, columns: columns > 0 ? columns : 80 };
}
