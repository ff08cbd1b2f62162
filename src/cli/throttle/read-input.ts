import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { readTrace, TraceError, type Trace } from "../../migration/index.js";
import type { CliContext } from "../context.js";

/** The text of a file; `-` is stdin. */
export function readInput(file: string, { stdin }: CliContext): Promise<string> {
  return file === "-" ? text(stdin) : readFile(file, "utf8");
}

/**
 * Reads a recorded migration.
 *
 * @throws TraceError with the file's name if it is none
 */
export async function loadTrace(file: string, context: CliContext): Promise<Trace> {
  const content = await readInput(file, context);
  try {
    return readTrace(content);
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`${file}: ${error.message}`);
    throw error;
  }
}
