import { LogCheck } from "../conformance/check-log.js";
import { Coverage } from "../conformance/coverage.js";
import type { SchemaChecker } from "../conformance/schema-checker.js";
import { DocumentError } from "../document/document-error.js";
import type { Finding } from "../findings/index.js";
import { messageFinding, type ConformanceLevel } from "./conformance-findings.js";
import type { CliContext } from "./context.js";
import { readLogFile } from "./read-log-file.js";

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
 * @throws {DocumentError} when one holds no message of QMP
 * @throws {CommandFailure} when one cannot be read
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
    for await (const entry of readLogFile(file, context)) {
      for (const problem of check.next(entry)) findings.push(messageFinding(problem, path, entry.text));
      if (findings.length >= MOST_FINDINGS) return { findings, coverage, isCut: true };
    }
    if (check.messages === 0)
      throw new DocumentError(path, [{ message: "is no log: there is no message of QMP in it" }]);
  }
  return { findings, coverage, isCut: false };
}
