import { createReadStream } from "node:fs";
import { LogCheck } from "../conformance/check-log.js";
import { Coverage } from "../conformance/coverage.js";
import { DocumentTooLongError } from "../conformance/document-cutter.js";
import { readLog } from "../conformance/read-log.js";
import type { SchemaChecker } from "../conformance/schema-checker.js";
import type { Finding } from "../findings/index.js";
import { readErrorWords } from "../qapi/load/read-error.js";
import { escapeControls } from "../util/escape-controls.js";
import { messageFinding, type ConformanceLevel } from "./conformance-findings.js";
import type { CliContext } from "./context.js";
import { takeStdin } from "./take-stdin.js";

/** A log that cannot be read, or is none; the message names it. */
export class LogFileError extends Error {
  override readonly name = "LogFileError";
}

/** What several logs have shown. */
interface LogsResult {
  readonly findings: readonly Finding<ConformanceLevel>[];
  readonly coverage: Coverage | undefined;
  /** Set where there was more to find than anybody reads: the rest of the logs was not looked at. */
  readonly isCut: boolean;
}

/** More findings than this are not held. */
const MOST_FINDINGS = 100_000;

/**
 * Holds logs to a schema, each a conversation of its own; `-` is stdin.
 *
 * @throws {LogFileError} when one cannot be read or holds no message of QMP
 */
export async function validateLogs(
  checker: SchemaChecker,
  files: readonly string[],
  { coverage: isWanted }: { readonly coverage: boolean },
  context: Pick<CliContext, "stdin">,
): Promise<LogsResult> {
  const findings: Finding<ConformanceLevel>[] = [];
  const coverage = isWanted ? new Coverage(checker.schema) : undefined;
  for (const file of files) {
    const path = file === "-" ? "<stdin>" : file;
    const check = new LogCheck(checker, (judged, { message }) => {
      if (message !== undefined) coverage?.add(judged, message);
    });
    try {
      for await (const entry of readLog(file === "-" ? takeStdin(context) : createReadStream(file))) {
        for (const problem of check.next(entry)) findings.push(messageFinding(problem, path, entry.text));
        if (findings.length >= MOST_FINDINGS) return { findings, coverage, isCut: true };
      }
    } catch (error) {
      throw logFileError(path, error);
    }
    if (check.messages === 0) {
      throw new LogFileError(`${escapeControls(path)} is no log: there is no message of QMP in it`);
    }
  }
  return { findings, coverage, isCut: false };
}

function logFileError(path: string, error: unknown): unknown {
  const name = escapeControls(path);
  if (error instanceof DocumentTooLongError) {
    return new LogFileError(`${name}:${error.line}: is no log: a message of more than 256 MiB begins here`);
  }
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new LogFileError(`cannot read ${name}: ${readErrorWords(error)}`);
}
