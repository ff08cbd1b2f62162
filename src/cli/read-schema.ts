import { buffer } from "node:stream/consumers";
import type { DocRules } from "../diagnostic/problems.js";
import type { SchemaHost } from "../qapi/load/host.js";
import type { Schema } from "../qapi/schema/model.js";
import { type ReadSchemaResult, readSchema as readSource } from "../schema-source/read-schema.js";
import { CommandFailure } from "./command-failure.js";
import type { CliContext } from "./context.js";
import type { SchemaOptions } from "./report-diagnostics.js";
import { takeStdin } from "./take-stdin.js";
import { tell } from "./tell.js";

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
 * @throws {CommandFailure} when there is something wrong with it, which has been reported
 * @throws {SchemaSourceError} when there is nothing that could be a schema
 */
export async function readSchema(
  source: string,
  options: ReadSchemaOptions,
  context: CliContext,
): Promise<Schema> {
  const { schema, diagnostics } = await readAnySchema(source, options, context);
  if (schema !== undefined) return schema;
  // Good schemas, the usual case, do not wait for the renderers to be loaded.
  const { reportDiagnostics } = await import("./report-diagnostics.js");
  reportDiagnostics([diagnostics], options.diagnostics, context);
  throw new CommandFailure();
}

/**
 * The same with what is wrong with it, not reported yet.
 *
 * @throws {SchemaSourceError} when there is nothing that could be a schema
 */
export function readAnySchema(
  source: string,
  { docRules, defines, host, wait, stdin }: Omit<ReadSchemaOptions, "diagnostics">,
  context: CliContext,
): Promise<ReadSchemaResult> {
  return readSource(source, {
    docRules,
    waitFor: wait,
    ...(defines && { defines }),
    ...(host && { host }),
    // Looked at by what waits for a QEMU, and by nothing else.
    get signal() {
      return context.signal;
    },
    onNote: (note) => {
      tell(`note: ${note}`, context);
    },
    stdin: stdin ?? (() => buffer(takeStdin(context))),
  });
}

/** For what an introspection does not tell: says so, and what does. */
export function introspectionRefusal(command: string, source: string): CommandFailure {
  return new CommandFailure(
    `${source} is what query-qmp-schema returned; ${command} needs the QAPI schema itself`,
  );
}
