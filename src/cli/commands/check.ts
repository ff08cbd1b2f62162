import type { Diagnostic } from "../../diagnostic/diagnostic.js";
import type { Schema } from "../../qapi/schema/model.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readAnySchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { SchemaSourceError } from "../../schema-source/source-form.js";
import { expectShortRun } from "../short-run.js";
import { tell } from "../tell.js";

/** `qapi check SCHEMA…`: parse and check each schema, and tell what is wrong with them. */
export async function check(
  sources: readonly string[],
  { diagnostics: form, docRules, wait }: SchemaOptions & ConnectionOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const host = expectShortRun();
  const results: (readonly Diagnostic[])[] = [];
  let failed = false;
  for (const source of sources) {
    const result = await readAnySchema(source, { docRules, host, wait }, context).catch((error: unknown) => {
      if (!(error instanceof SchemaSourceError)) throw error;
      tell(error.message, context);
    });
    if (result?.schema === undefined) failed = true;
    if (!result) continue;
    results.push(result.diagnostics);
    if (result.form === "introspection" && result.schema !== undefined)
      tell(`note: ${source}: ${describe(result.schema)}`, context);
  }
  if (failed || form === "json") {
    // Good schemas, the usual case, do not wait for the renderers to be loaded.
    const { reportDiagnostics } = await import("../report-diagnostics.js");
    reportDiagnostics(results, form, context);
  }
  return failed ? ExitStatus.failed : ExitStatus.ok;
}

function describe({ definitions }: Schema): string {
  const kinds = [...definitions.values()].map(({ kind }) => kind);
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return (
    "no QAPI schema, but what query-qmp-schema returned, and well formed: " +
    `${count("command")} commands, ${count("event")} events`
  );
}
