import { buffer } from "node:stream/consumers";
import type { SchemaHost } from "../../qapi/load/host.js";
import { dumpSchema } from "../../qapi/dump/dump-schema.js";
import { sectionTextOfToday } from "../../qapi/parse/doc-indentation.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { introspectionRefusal, readAnySchema, readSchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";
import { takeStdin } from "../take-stdin.js";

/**
 * `qapi dump SCHEMA`: print the checked schema as QEMU's front-end tests record it. Of a schema that only
 * lenient rules take, which QEMU 10 cannot dump, documentation is shown in the indentation of QEMU 10: the
 * same before and after it has been laid out.
 */
export async function dump(
  source: string,
  { diagnostics, docRules, wait }: SchemaOptions & ConnectionOptions,
  context: CliContext,
): Promise<ExitStatus> {
  let onStdin: Promise<Uint8Array> | undefined;
  const stdin = () => (onStdin ??= buffer(takeStdin(context)));
  const options = { wait, host: rereadable(expectShortRun()), stdin };
  const strict = await readAnySchema(source, { ...options, docRules: "strict" }, context);
  if (strict.form === "introspection") throw introspectionRefusal("dump", source);
  if (strict.schema !== undefined) {
    context.stdout.write(dumpSchema(strict.schema));
    return ExitStatus.ok;
  }
  const schema = await readSchema(source, { ...options, docRules, diagnostics }, context);
  context.stdout.write(
    dumpSchema(schema, ({ kind, heading, text }) =>
      kind === "plain" && heading === undefined ? text : sectionTextOfToday(text),
    ),
  );
  return ExitStatus.ok;
}

/** A host that reads every file once: what is asked for again may be a pipe, and is told from memory. */
function rereadable(host: SchemaHost): SchemaHost {
  const known = new Map<string, ReturnType<SchemaHost["read"]>>();
  return {
    absolute: (path) => host.absolute(path),
    read: (path) => {
      const content = known.get(path) ?? host.read(path);
      known.set(path, content);
      return content;
    },
  };
}
