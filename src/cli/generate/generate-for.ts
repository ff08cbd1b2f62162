import type { Diagnostic } from "../../diagnostic/diagnostic.js";
import type { GeneratedFile } from "../../codegen/file/generated-file.js";
import { generateWith } from "../../codegen/index.js";
import type { Reuse } from "../../codegen/plan/emitter.js";
import { loadEmitters, allProducts } from "../../codegen/products.js";
import { UnknownDefinitionError } from "../../codegen/select-definitions.js";
import type { SchemaHost } from "../../qapi/load/host.js";
import type { CliContext } from "../context.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report-diagnostics.js";
import type { GenerateJob } from "./job.js";

/** What a job makes: files, or why there are none. */
interface JobFiles {
  readonly files: readonly GeneratedFile[] | "failed" | "usage";
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
    return { files: (await filesOf(job, noting, reuse, context)) ?? "failed", inputs };
  } catch (error) {
    if (!(error instanceof UnknownDefinitionError)) throw error;
    context.stderr.write(`qapi: ${job.schema}: ${error.message}\n`);
    return { files: "usage", inputs };
  }
}

/** The files of a job's output; undefined when the input has problems. */
async function filesOf(
  job: GenerateJob,
  host: SchemaHost,
  reuse: Reuse | undefined,
  context: CliContext,
): Promise<GeneratedFile[] | undefined> {
  if (job.schema.endsWith(".hx")) {
    return generateTable(job, host, (diagnostics) => {
      reportDiagnostics([diagnostics], job.diagnostics, context);
    });
  }
  const schema = await readSchema(job.schema, { ...job, host }, context);
  if (schema === undefined) return undefined;
  const products = job.products ?? allProducts;
  return generateWith(schema, {
    ...job,
    emitters: [...(await loadEmitters(products)), ...job.emitters],
    products: [...products, ...job.emitters.map((emitter) => emitter.name)],
    reuse,
  });
}

async function generateTable(
  { schema, defines, runtime }: GenerateJob,
  host: SchemaHost,
  report: (diagnostics: readonly Diagnostic[]) => void,
): Promise<GeneratedFile[] | undefined> {
  const [{ compileHx }, { generateHmp }] = await Promise.all([
    import("../../hx/index.js"),
    import("../../codegen/generate-hmp.js"),
  ]);
  const compiled = compileHx(schema, host, { defines });
  if (compiled.table === undefined) {
    report(compiled.diagnostics);
    return undefined;
  }
  return generateHmp(compiled, { ...(runtime !== undefined && { runtime }) });
}
