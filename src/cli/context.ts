import type { Readable, Writable } from "node:stream";

/** A stream that may be a terminal. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

/** The world a command acts on: handed in, so that a command can run in a test. */
export interface CliContext {
  readonly stdin: InputStream;
  /** Results only. */
  readonly stdout: OutputStream;
  /** Everything that is not a result: diagnostics, progress. */
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colour on a stream: `--color`, `--no-color`, else whether it is a terminal and `NO_COLOR` is unset. */
  readonly color: (stream: OutputStream) => boolean;
  /** Aborted by Ctrl-C and SIGTERM, which from the first look at it on do not end the process by themselves. */
  readonly signal: AbortSignal;
}
