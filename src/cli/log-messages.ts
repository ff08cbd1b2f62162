import { createReadStream } from "node:fs";
import { DocumentTooLongError } from "../conformance/document-cutter.js";
import { readLog } from "../conformance/read-log.js";
import { DocumentError } from "../document/document-error.js";
import { JsonError, parseJson, type JsonValue } from "../json/index.js";
import { readErrorWords } from "../qapi/load/read-error.js";
import type { CliContext } from "./context.js";
import { UnreadableFileError } from "./read-file.js";
import { takeStdin } from "./take-stdin.js";

/**
 * The messages of a log, in any form of one; `-` is stdin. What stands between them is passed over: prompts,
 * what a terminal says.
 *
 * @throws {DocumentError} at what begins as a message and is none, or when there is no message at all
 * @throws {UnreadableFileError}
 */
export async function* logMessages(file: string, context: CliContext): AsyncGenerator<JsonValue> {
  let isLog = false;
  try {
    for await (const { text, message, fault } of readLog(
      file === "-" ? takeStdin(context) : createReadStream(file),
    )) {
      const found = message ?? messageAfterPrompt(text);
      if (found !== undefined) {
        isLog = true;
        yield found;
      } else if (fault !== undefined && /^[[{]/.test(text)) {
        throw new DocumentError(file, [{ message: fault.message, at: fault }]);
      }
    }
  } catch (error) {
    throw describeFailure(file, error);
  }
  if (!isLog)
    throw new DocumentError(file, [{ message: "there is no message in it", at: { line: 1, column: 1 } }]);
}

/** What `qmp-shell` shows as `(QEMU) {"execute": …}`. */
function messageAfterPrompt(text: string): JsonValue | undefined {
  const at = text.indexOf("{");
  try {
    return at > 0 ? parseJson(text.slice(at)) : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function describeFailure(file: string, error: unknown): unknown {
  if (error instanceof DocumentTooLongError) {
    const message = "a message of more than 256 MiB begins here";
    return new DocumentError(file, [{ message, at: { line: error.line, column: 1 } }]);
  }
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UnreadableFileError(`cannot read ${file}: ${readErrorWords(error)}`);
}
