import packageJson from "../../package.json" with { type: "json" };
import { DocumentError } from "../document/document-error.js";
import { SchemaSourceError } from "../schema-source/source-form.js";
import { InternalError } from "../util/invariant.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { UnreadableFileError } from "./read-file.js";
import { tell } from "./tell.js";
import { StdinTakenError } from "./take-stdin.js";
import { readErrorWords } from "../qapi/load/read-error.js";
import { escapeControls } from "../util/escape-controls.js";

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

const verbs: ReadonlyMap<string, string> = new Map([
  ["open", "open"],
  ["read", "read"],
  ["write", "write"],
  ["mkdir", "make the folder"],
  ["scandir", "list"],
  ["unlink", "remove"],
  ["rename", "replace"],
  ["listen", "listen at"],
  ["connect", "connect to"],
]);

/** What a call of the system failed at, without the names of its codes; undefined for any other error. */
function describeSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const { syscall, path, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const verb = verbs.get(String(syscall)) ?? "reach";
  const place = path ?? (address === undefined ? undefined : [address, port].join(":"));
  // Node writes `ENOENT: no such file or directory, open 'x'`, and `listen EADDRINUSE: address already in use …`.
  const words = readErrorWords(error)
    .replace(/^(?:\w+ )?[A-Z]+: /, "")
    .replace(/,? (?:\w+ '.*'|[\d.:[\]]+)$/, "");
  return escapeControls(
    place === undefined ? `cannot ${verb}: ${words}` : `cannot ${verb} ${place}: ${words}`,
  );
}
