import { introspect as introspectSchema } from "../../codegen/emit/introspect.js";
import { writeJson } from "../../json/index.js";
import { decideConditions } from "../../visitor/introspection.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readDefines, type DefineOptions } from "../read-defines.js";
import { readSchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { expectShortRun } from "../short-run.js";

export interface IntrospectOptions extends SchemaOptions, DefineOptions, ConnectionOptions {
  readonly unmask?: boolean;
}

/** `qapi introspect SCHEMA`: print the array that `query-qmp-schema` returns. */
export async function introspect(
  path: string,
  options: IntrospectOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const host = expectShortRun();
  const defines = await readDefines(options);
  const { diagnostics, docRules, wait } = options;
  const schema = await readSchema(path, { diagnostics, docRules, host, wait }, context);
  const { unmask = false } = options;
  // What a QEMU told of itself is that, types included which nothing uses any more.
  const told = unmask ? undefined : schema.introspection;
  const entries = told ?? decideConditions(introspectSchema(schema, { unmask }), defines);
  context.stdout.write(writeJson(entries, "indented"));
  return ExitStatus.ok;
}
