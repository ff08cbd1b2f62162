import { dumpSchema } from "../../qapi/dump/dump-schema.js";
import { compileSchema } from "../../qapi/index.js";
import { sectionTextOfToday } from "../../qapi/parse/doc-indentation.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { reportDiagnostics, type SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

/**
 * `qapi dump SCHEMA`: print the checked schema as QEMU's front-end tests record it. Of a schema that only
 * lenient rules take, which QEMU 10 cannot dump, documentation is shown in the indentation of QEMU 10.
 */
export function dump(
  path: string,
  { diagnostics: form, docRules }: SchemaOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const host = expectShortRun();
  const strict = compileSchema(path, { docRules: "strict", host });
  const { diagnostics, schema } =
    strict.schema === undefined && docRules === "lenient" ? compileSchema(path, { docRules, host }) : strict;
  if (!schema) {
    reportDiagnostics([diagnostics], form, context);
    return Promise.resolve(ExitStatus.failed);
  }
  context.stdout.write(
    schema === strict.schema
      ? dumpSchema(schema)
      : dumpSchema(schema, ({ kind, heading, text }) =>
          kind === "plain" && heading === undefined ? text : sectionTextOfToday(text),
        ),
  );
  return Promise.resolve(ExitStatus.ok);
}
