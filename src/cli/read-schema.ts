import { statSync } from "node:fs";
import type { DocRules } from "../diagnostic/problems.js";
import { writeJson } from "../json/index.js";
import { compileSchema } from "../qapi/index.js";
import { isIntrospected, SchemaInfoError } from "../qapi/introspected/read-schema-info.js";
import { schemaFromIntrospection } from "../qapi/introspected/schema-from-introspection.js";
import type { SchemaHost } from "../qapi/load/host.js";
import { nodeHost } from "../qapi/load/node-host.js";
import type { Schema } from "../qapi/schema/model.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { reportDiagnostics, type SchemaOptions } from "./report-diagnostics.js";

export interface ReadSchemaOptions extends SchemaOptions {
  readonly docRules: DocRules;
  /** The conditions that hold; without it none is decided. Introspection data has none. */
  readonly defines?: ReadonlySet<string> | undefined;
  readonly host?: SchemaHost;
}

/**
 * A schema, from a QAPI file, from a file with what `query-qmp-schema` returned, or asked of a live QEMU.
 *
 * @param path of the file; or the address of a QMP socket: `unix:PATH`, `tcp:HOST:PORT`, a socket's path
 * @returns undefined when there is something wrong with it, which has been reported
 */
export async function readSchema(
  path: string,
  { diagnostics: form, docRules, defines, host = nodeHost }: ReadSchemaOptions,
  context: CliContext,
): Promise<Schema | undefined> {
  if (isAddress(path)) return askQemu(path, context);
  const content = contentOf(path, host);
  if (content !== undefined) {
    const text = new TextDecoder().decode(Buffer.from(content));
    if (isIntrospected(text)) return fromIntrospection(path, text, context);
  }
  const { schema, diagnostics } = compileSchema(path, {
    docRules,
    // What was read once may be a pipe.
    host: {
      ...host,
      read: (wanted) => (wanted === path && content !== undefined ? content : host.read(wanted)),
    },
    ...(defines && { defines }),
  });
  if (schema === undefined) reportDiagnostics([diagnostics], form, context);
  return schema;
}

function isAddress(path: string): boolean {
  return /^(unix|tcp):/.test(path) || statSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}

/** The schema that a QEMU tells of itself. */
async function askQemu(address: string, context: CliContext): Promise<Schema | undefined> {
  const { withClient } = await import("./live-client.js");
  let schema: Schema | undefined;
  await withClient(address, {}, context, async (client) => {
    const reply = await client.executeRaw("query-qmp-schema");
    schema = fromIntrospection("query-qmp-schema", writeJson(reply), context);
    return ExitStatus.ok;
  });
  return schema;
}

/** Undefined where there is no such file: the compiler says so in its words. */
function contentOf(path: string, host: SchemaHost): Uint8Array | string | undefined {
  try {
    return host.read(path);
  } catch {
    return undefined;
  }
}

function fromIntrospection(path: string, text: string, { stderr }: CliContext): Schema | undefined {
  try {
    return schemaFromIntrospection(path, text);
  } catch (error) {
    if (!(error instanceof SchemaInfoError)) throw error;
    stderr.write(`${path}: not what query-qmp-schema returns: ${error.message}\n`);
    return undefined;
  }
}
