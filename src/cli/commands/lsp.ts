import { resolve } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { shippedRecord } from "../../evolution/record/shipped-record.js";
import { DocumentError } from "../../document/document-error.js";
import { parseRuleLevel } from "../../lint/lint-schema.js";
import { LintSettingError } from "../../lint/rule.js";
import { connectLanguage } from "../../lsp/connect-language.js";
import { serveLanguage } from "../../lsp/server.js";
import type { WorkspaceSettings } from "../../lsp/workspace.js";
import { CommandFailure } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { findConfig, loadConfig } from "../generate/load-config.js";
import { tell } from "../tell.js";

/** `qapi lsp`: a language server on stdio, until the client ends it or its connection. */
export async function lsp(_options: object, { stdin, stdout, stderr }: CliContext): Promise<ExitStatus> {
  const { connection, answered } = connectLanguage(stdin, stdout);
  const ended = new Promise<void>((done) => {
    stdin.once("end", done);
    stdin.once("close", done);
  });
  serveLanguage(connection, {
    version: packageJson.version,
    record: shippedRecord,
    settings: (root) => settingsIn(root, stderr),
  });
  // After "exit" the connection ends the process, with 0 if there was a "shutdown" before. Here the client is gone.
  await ended;
  await answered();
  connection.dispose();
  return ExitStatus.failed;
}

/** The rules and main files of a folder's configuration; what is wrong with it is told and passed over. */
async function settingsIn(root: string, stderr: CliContext["stderr"]): Promise<Required<WorkspaceSettings>> {
  const nothing = { levels: new Map(), mains: [] };
  const path = findConfig(root);
  if (path === undefined) return nothing;
  try {
    const { lint, schemas = [] } = await loadConfig(path);
    const levels = Object.entries(lint?.rules ?? {}).map(([id, level]) => parseRuleLevel(`${id}=${level}`));
    const mains = schemas.map(({ schema }) => resolve(root, schema)).filter((main) => !main.endsWith(".hx"));
    return { levels: new Map(levels), mains };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (![DocumentError, CommandFailure, LintSettingError].some((kind) => error instanceof kind)) throw error;
    tell(error.message, { stderr });
    return nothing;
  }
}
