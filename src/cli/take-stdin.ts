import { UsageError } from "./command-failure.js";
import type { CliContext, InputStream } from "./context.js";

const taken = new WeakSet<InputStream>();

/**
 * Stdin for who reads all of it as the file `-`.
 *
 * @throws {UsageError} the second time
 */
export function takeStdin({ stdin }: Pick<CliContext, "stdin">): InputStream {
  if (taken.has(stdin)) throw takenTwice("only one of the files can be '-'");
  taken.add(stdin);
  return stdin;
}

/**
 * For commands that read lines or messages from stdin as they go.
 *
 * @param files those that the command line names
 * @param what is read from stdin, in the plural
 * @throws {UsageError} when one of the files is stdin
 */
export function keepStdinFor(what: string, files: readonly (string | undefined)[]): void {
  if (files.includes("-")) throw takenTwice(`${what} come from it, so no file can be '-'`);
}

/** What the first read is gone, and reading on would find an empty file. */
function takenTwice(why: string): UsageError {
  return new UsageError(`stdin can be read only once: ${why}`);
}
