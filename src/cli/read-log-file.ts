import { createReadStream } from "node:fs";
import { DocumentTooLongError } from "../conformance/document-cutter.js";
import { type LogEntry, readLog } from "../conformance/read-log.js";
import { DocumentError } from "../document/document-error.js";
import { readErrorWords } from "../qapi/load/read-error.js";
import { CommandFailure } from "./command-failure.js";
import type { CliContext } from "./context.js";
import { takeStdin } from "./take-stdin.js";

/**
 * What a log that the command line names holds, in any form of one; `-` is stdin.
 *
 * @throws {CommandFailure} when it cannot be read
 * @throws {DocumentError} when it cannot be a log
 */
export async function* readLogFile(
  file: string,
  context: Pick<CliContext, "stdin">,
): AsyncGenerator<LogEntry> {
  const path = file === "-" ? "<stdin>" : file;
  try {
    yield* readLog(file === "-" ? takeStdin(context) : createReadStream(file));
  } catch (error) {
    if (error instanceof DocumentTooLongError) {
      const message = "is no log: a message of more than 256 MiB begins here";
      throw new DocumentError(path, [{ message, at: { line: error.line, column: 1 } }]);
    }
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new CommandFailure(`cannot read ${path}: ${readErrorWords(error)}`);
  }
}
