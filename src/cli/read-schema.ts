import { buffer } from "node:stream/consumers";
import type { DocRules } from "../diagnostic/problems.js";
import type { SchemaHost } from "../qapi/load/host.js";
import type { Schema } from "../qapi/schema/model.js";
import { type ReadSchemaResult, readSchema as readSource } from "../schema-source/read-schema.js";
import { SchemaSourceError } from "../schema-source/source-form.js";
import { escapeControls } from "../util/escape-controls.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import type { SchemaOptions } from "./report-diagnostics.js";
import { tell } from "./tell.js";
import { takeStdin } from "./take-stdin.js";

interface ReadSchemaOptions extends SchemaOptions {
  readonly docRules: DocRules;
  /** The conditions that hold; without it none is decided. Introspection data has none. */
  readonly defines?: ReadonlySet<string> | undefined;
  readonly host?: SchemaHost;
  /** What stands on stdin; default is to take it. */
  readonly stdin?: () => Promise<Uint8Array>;
  /** `--wait`: how long to keep trying while no QEMU listens yet, in ms. */
  readonly wait?: number | undefined;
}

/**
 * A schema, however it is given: see `readSchema` of the library.
 *
 * @returns undefined when there is something wrong with it, which has been reported
 */
export async function readSchema(
  source: string,
  options: ReadSchemaOptions,
  context: CliContext,
): Promise<Schema | undefined> {
  const result = await readAnySchema(source, options, context);
  if (result === undefined) return undefined;
  if (result.schema === undefined) {
    // Good schemas, the usual case, do not wait for the renderers to be loaded.
    const { reportDiagnostics } = await import("./report-diagnostics.js");
    reportDiagnostics([result.diagnostics], options.diagnostics, context);
  }
  return result.schema;
}

/**
 * The same with what is wrong with it, not reported yet.
 *
 * @returns undefined when there is nothing that could be a schema, which has been reported
 */
export async function readAnySchema(
  source: string,
  { docRules, defines, host, wait, stdin }: Omit<ReadSchemaOptions, "diagnostics">,
  context: CliContext,
): Promise<ReadSchemaResult | undefined> {
  try {
    return await readSource(source, {
      docRules,
      waitFor: wait,
      ...(defines && { defines }),
      ...(host && { host }),
      // Looked at by what waits for a QEMU, and by nothing else.
      get signal() {
        return context.signal;
      },
      onNote: (note) => context.stderr.write(`qapi: note: ${note}\n`),
      stdin: stdin ?? (() => buffer(takeStdin(context))),
    });
  } catch (error) {
    if (!(error instanceof SchemaSourceError)) throw error;
    tell(error.message, context);
    return undefined;
  }
}

/** For what an introspection does not tell: says so, and what does. */
export function refuseIntrospection(command: string, source: string, { stderr }: CliContext): ExitStatus {
  stderr.write(
    `qapi: ${escapeControls(source)} is what query-qmp-schema returned; ${command} needs the QAPI schema itself\n`,
  );
  return ExitStatus.failed;
}
