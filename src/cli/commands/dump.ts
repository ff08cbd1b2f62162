import { dumpSchema } from "../../qapi/dump/dump-schema.js";
import { compileSchema } from "../../qapi/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

/** `qapi dump SCHEMA`: print the checked schema as QEMU's front-end tests record it. */
export function dump(
  path: string,
  { diagnostics: form, docRules }: SchemaOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const host = expectShortRun();
  const { diagnostics, schema } = compileSchema(path, { docRules, host });
  if (!schema) {
    reportDiagnostics([diagnostics], form, context);
    return Promise.resolve(ExitStatus.failed);
  }
  context.stdout.write(dumpSchema(schema));
  return Promise.resolve(ExitStatus.ok);
}
