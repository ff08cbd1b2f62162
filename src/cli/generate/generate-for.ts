import type { GeneratedFile } from "../../codegen/file/generated-file.js";
import { generateWith } from "../../codegen/index.js";
import type { Reuse } from "../../codegen/plan/emitter.js";
import { loadEmitters, allProducts } from "../../codegen/products.js";
import { UnknownDefinitionError } from "../../codegen/select-definitions.js";
import type { SchemaHost } from "../../qapi/load/host.js";
import { CommandFailure, UsageError } from "../command-failure.js";
import type { ExitStatus } from "../exit-status.js";
import type { CliContext } from "../context.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report-diagnostics.js";
import type { GenerateJob } from "./job.js";

/** What a job makes: files, or the status to end with where there are none. */
interface JobFiles {
  readonly files: readonly GeneratedFile[] | ExitStatus;
  /** Every file that was read, as it was spelt. */
  readonly inputs: readonly string[];
}

/** Compiles and generates. Problems are reported. */
export async function generateFor(
  job: GenerateJob,
  host: SchemaHost,
  reuse: Reuse | undefined,
  context: CliContext,
): Promise<JobFiles> {
  const inputs: string[] = [];
  const noting: SchemaHost = {
    absolute: (path) => host.absolute(path),
    read(path) {
      inputs.push(path);
      return host.read(path);
    },
  };
  try {
    return { files: await filesOf(job, noting, reuse, context), inputs };
  } catch (error) {
    const { reportFailure } = await import("../report-failure.js");
    const isUsage = error instanceof UnknownDefinitionError;
    const failure = isUsage ? new UsageError(`${job.schema}: ${error.message}`) : error;
    return { files: reportFailure(failure, context), inputs };
  }
}

/** The files of a job's output. */
async function filesOf(
  job: GenerateJob,
  host: SchemaHost,
  reuse: Reuse | undefined,
  context: CliContext,
): Promise<GeneratedFile[]> {
  if (job.schema.endsWith(".hx")) return generateTable(job, host, context);
  const schema = await readSchema(job.schema, { ...job, host }, context);
  const products = job.products ?? allProducts;
  return generateWith(schema, {
    ...job,
    emitters: [...(await loadEmitters(products)), ...job.emitters],
    products: [...products, ...job.emitters.map((emitter) => emitter.name)],
    reuse,
  });
}

async function generateTable(
  { schema, defines, runtime, diagnostics: form }: GenerateJob,
  host: SchemaHost,
  context: CliContext,
): Promise<GeneratedFile[]> {
  const [{ compileHx }, { generateHmp }] = await Promise.all([
    import("../../hx/index.js"),
    import("../../codegen/generate-hmp.js"),
  ]);
  const compiled = compileHx(schema, host, { defines });
  if (compiled.table === undefined) {
    reportDiagnostics([compiled.diagnostics], form, context);
    throw new CommandFailure();
  }
  return generateHmp(compiled, { ...(runtime !== undefined && { runtime }) });
}
