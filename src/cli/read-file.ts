import { readFile as readNodeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { readErrorWords } from "../qapi/load/read-error.js";
import { CommandFailure } from "./command-failure.js";
import type { CliContext } from "./context.js";
import { takeStdin } from "./take-stdin.js";

/**
 * The content of a file that the command line names; `-` is stdin, where a context is given.
 *
 * @throws {CommandFailure} with the file's name and the reason in words
 */
export async function readBytes(file: string, context?: Pick<CliContext, "stdin">): Promise<Uint8Array> {
  if (file === "-" && context !== undefined) return buffer(takeStdin(context));
  try {
    return await readNodeFile(file);
  } catch (error) {
    throw new CommandFailure(`cannot read ${file}: ${readErrorWords(error)}`);
  }
}

/** The same as text. */
export async function readText(file: string, context?: Pick<CliContext, "stdin">): Promise<string> {
  return new TextDecoder().decode(await readBytes(file, context));
}
