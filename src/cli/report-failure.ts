import packageJson from "../../package.json" with { type: "json" };
import { QmpConnectionError, QmpError, QmpProtocolError, QmpTimeoutError } from "../client/errors.js";
import { DocumentError } from "../document/document-error.js";
import { PathQueryError } from "../evolution/path/path-query.js";
import { LintSettingError } from "../lint/rule.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { readErrorWords } from "../qapi/load/read-error.js";
import { SchemaSourceError } from "../schema-source/source-form.js";
import { AddressInUseError } from "../server/unix-socket.js";
import { AddressError } from "../util/address.js";
import { InternalError } from "../util/invariant.js";
import { CommandFailure } from "./command-failure.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { tell } from "./tell.js";

/** What users get wrong on the command line, in the words of who reads that. */
const usageErrors = [AddressError, LintSettingError, PathQueryError, ScenarioError];
/** What is wrong with files and peers. */
const inputErrors = [
  ...[DocumentError, SchemaSourceError, AddressInUseError],
  ...[QmpError, QmpConnectionError, QmpProtocolError, QmpTimeoutError],
];

/** Tells what ended a command: what is wrong with its input in that error's words, anything else as our bug. */
export function reportFailure(error: unknown, context: CliContext): ExitStatus {
  if (context.signal.aborted) return ExitStatus.interrupted;
  if (!(error instanceof Error)) return reportBug(String(error), context);
  const is = (kinds: readonly (abstract new (...words: never) => Error)[]): boolean =>
    kinds.some((kind) => error instanceof kind);
  const isUsage = is(usageErrors);
  const told = isUsage || is([CommandFailure, ...inputErrors]) ? error.message : describeSystemError(error);
  if (told === undefined) return reportBug(error.stack ?? error.message, context, error);
  if (told !== "") tell(told, context);
  return error instanceof CommandFailure ? error.status : isUsage ? ExitStatus.usage : ExitStatus.failed;
}

function reportBug(shown: string, { stderr }: CliContext, error?: Error): ExitStatus {
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
function describeSystemError(error: Error): string | undefined {
  if (!("syscall" in error)) return undefined;
  const { syscall, path, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const verb = verbs.get(String(syscall)) ?? "reach";
  const place =
    path ?? (address === undefined ? undefined : [address, ...(port === undefined ? [] : [port])].join(":"));
  // Node writes `ENOENT: no such file or directory, open 'x'`, and `listen EADDRINUSE: address already in use …`.
  const words = readErrorWords(error)
    .replace(/^(?:\w+ )?[A-Z]+: /, "")
    .replace(/,? (?:\w+ '.*'|[\d.:[\]]+)$/, "");
  return place === undefined ? `cannot ${verb}: ${words}` : `cannot ${verb} ${place}: ${words}`;
}
