import { dumpSchema } from "../../qapi/dump/dump-schema.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readAnySchema, refuseIntrospection } from "../read-schema.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

/** `qapi dump SCHEMA`: print the checked schema as QEMU's front-end tests record it. */
export async function dump(
  source: string,
  { diagnostics: form, docRules, wait }: SchemaOptions & ConnectionOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const result = await readAnySchema(source, { docRules, wait, host: expectShortRun() }, context);
  if (result === undefined) return ExitStatus.failed;
  if (result.form === "introspection") return refuseIntrospection("dump", source, context);
  const { diagnostics, schema } = result;
  if (schema === undefined) {
    reportDiagnostics([diagnostics], form, context);
    return ExitStatus.failed;
  }
  context.stdout.write(dumpSchema(schema));
  return ExitStatus.ok;
}
