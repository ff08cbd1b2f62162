import { readTrace, TraceError, type Trace } from "../../migration/index.js";
import type { CliContext } from "../context.js";
import { readText } from "../read-file.js";

/**
 * Reads a recorded migration.
 *
 * @throws TraceError with the file's name if it is none
 */
export async function loadTrace(file: string, context: CliContext): Promise<Trace> {
  const content = await readText(file, context);
  try {
    return readTrace(content);
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`${file}: ${error.message}`);
    throw error;
  }
}
