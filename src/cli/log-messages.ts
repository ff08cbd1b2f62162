import { DocumentError } from "../document/document-error.js";
import { JsonError, parseJson, type JsonValue } from "../json/index.js";
import type { CliContext } from "./context.js";
import { readLogFile } from "./read-log-file.js";

/**
 * The messages of a log. What stands between them is passed over: prompts, what a terminal says.
 *
 * @throws {DocumentError} at what begins as a message and is none, or when there is no message at all
 * @throws {CommandFailure} as {@link readLogFile} does
 */
export async function* logMessages(file: string, context: CliContext): AsyncGenerator<JsonValue> {
  let isLog = false;
  for await (const { text, message, fault } of readLogFile(file, context)) {
    const found = message ?? messageAfterPrompt(text);
    if (found !== undefined) {
      isLog = true;
      yield found;
    } else if (fault !== undefined && /^[[{]/.test(text)) {
      throw new DocumentError(file, [{ message: fault.message, at: fault }]);
    }
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
