import type { CliContext, InputStream } from "./context.js";

/** Stdin is wanted by a second `-`: what the first read is gone, and reading on would find an empty file. */
export class StdinTakenError extends Error {
  override readonly name = "StdinTakenError";

  constructor() {
    super("stdin can be read only once: only one of the files can be '-'");
  }
}

const taken = new WeakSet<InputStream>();

/**
 * Stdin for who reads all of it as the file `-`.
 *
 * @throws {StdinTakenError} the second time
 */
export function takeStdin({ stdin }: Pick<CliContext, "stdin">): InputStream {
  if (taken.has(stdin)) throw new StdinTakenError();
  taken.add(stdin);
  return stdin;
}
