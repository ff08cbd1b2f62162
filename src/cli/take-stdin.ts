import type { CliContext, InputStream } from "./context.js";

/** Stdin is wanted by a second `-`: what the first read is gone, and reading on would find an empty file. */
export class StdinTakenError extends Error {
  override readonly name = "StdinTakenError";

  constructor(why = "only one of the files can be '-'") {
    super(`stdin can be read only once: ${why}`);
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

/**
 * For commands that read lines or messages from stdin as they go.
 *
 * @param files those that the command line names
 * @param what is read from stdin, in the plural
 * @throws {StdinTakenError} when one of the files is stdin
 */
export function keepStdinFor(what: string, files: readonly (string | undefined)[]): void {
  if (files.includes("-")) throw new StdinTakenError(`${what} come from it, so no file can be '-'`);
}
