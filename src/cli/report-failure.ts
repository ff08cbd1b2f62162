import packageJson from "../../package.json" with { type: "json" };
import { DocumentError } from "../document/document-error.js";
import { SchemaSourceError } from "../schema-source/source-form.js";
import { InternalError } from "../util/invariant.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { UnreadableFileError } from "./read-file.js";
import { describeSystemError } from "./system-error.js";
import { tell } from "./tell.js";
import { StdinTakenError } from "./take-stdin.js";

/** The last resort: a failure of the system in one line, anything else as our bug. */
export function reportFailure(error: unknown, context: CliContext): ExitStatus {
  const { stderr } = context;
  if (context.signal.aborted) return ExitStatus.interrupted;
  if (error instanceof StdinTakenError) {
    stderr.write(`qapi: ${error.message}\n`);
    return ExitStatus.usage;
  }
  const kinds = [DocumentError, SchemaSourceError, UnreadableFileError];
  const isTold = error instanceof Error && kinds.some((kind) => error instanceof kind);
  const told = isTold ? error.message : describeSystemError(error);
  if (told !== undefined) {
    tell(told, context);
    return ExitStatus.failed;
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const what =
    error instanceof InternalError ? "broke one of its own rules" : "met an error it did not expect";
  stderr.write(
    `qapi ${packageJson.version} ${what}. This is a bug in qapi, not in your input.\n` +
      `Please report it with the command line, the input if you can share it, and this:\n${shown}\n`,
  );
  return ExitStatus.failed;
}
