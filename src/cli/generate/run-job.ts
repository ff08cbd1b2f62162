import { nodeOutputHost } from "../../codegen/node-output-host.js";
import { compareOutput, writeOutput } from "../../codegen/write.js";
import type { CliContext } from "../context.js";
import type { GenerateJob, JobOutcome } from "./job.js";
import { RunMemory } from "./run-memory.js";

/** Generates, and writes or compares; does neither where nothing can have changed. */
export async function runJob(job: GenerateJob, context: CliContext): Promise<JobOutcome> {
  const memory = RunMemory.of(job);
  const unchanged = memory?.unchanged();
  if (unchanged !== undefined) return { status: "done", differences: [], ...unchanged };
  // The compiler and the emitters take longer to load than it takes to see that they are not needed.
  const { generateFor } = await import("./generate-for.js");
  const output = nodeOutputHost(job.output);
  const { files, inputs } = await generateFor(job, output, context);
  if (typeof files === "string") return { status: files, inputs, differences: [], fileCount: 0 };
  const differences = job.check ? compareOutput(files, output) : writeOutput(files, output);
  if (!job.check || differences.length === 0) memory?.save(inputs, files);
  return { status: "done", inputs, differences, fileCount: files.length };
}
