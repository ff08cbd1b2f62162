import { compileSchema } from "../../qapi/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

/** `qapi check SCHEMA…`: parse and check each schema, and tell what is wrong with them. */
export async function check(
  schemas: readonly string[],
  { diagnostics: form, docRules }: SchemaOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const host = expectShortRun();
  const results = schemas.map((path) => compileSchema(path, { docRules, host }).diagnostics);
  const failed = results.some((found) => found.length > 0);
  if (failed || form === "json") {
    // Good schemas, the usual case, do not wait for the renderers to be loaded.
    const { reportDiagnostics } = await import("../report-diagnostics.js");
    reportDiagnostics(results, form, context);
  }
  return failed ? ExitStatus.failed : ExitStatus.ok;
}
