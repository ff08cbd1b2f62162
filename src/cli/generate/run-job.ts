import { nodeOutputHost } from "../../codegen/node-output-host.js";
import { OutputBusyError, type Obstacle } from "../../codegen/output-host.js";
import { compareOutput, OutputBlockedError, writeOutput, type ForeignFile } from "../../codegen/write.js";
import { join } from "node:path";
import type { SchemaHost } from "../../qapi/load/host.js";
import type { CliContext } from "../context.js";
import { CommandFailure } from "../command-failure.js";
import { ExitStatus } from "../exit-status.js";
import { holdSignals } from "./hold-signals.js";
import type { GenerateJob, JobOutcome } from "./job.js";
import { RunMemory } from "./run-memory.js";

/**
 * Generates, and writes or compares; does neither where nothing can have changed.
 *
 * @param host what schemas are read through
 * @throws {CommandFailure} when the output cannot be written where it shall go
 */
export async function runJob(job: GenerateJob, host: SchemaHost, context: CliContext): Promise<JobOutcome> {
  const memory = RunMemory.of(job);
  const unchanged = memory?.unchanged();
  if (unchanged !== undefined) return { status: ExitStatus.ok, differences: [], ...unchanged };
  // The compiler and the emitters take longer to load than it takes to see that they are not needed.
  const { generateFor } = await import("./generate-for.js");
  const output = nodeOutputHost(job.output);
  const { files, inputs } = await generateFor(job, host, memory?.reuse, context);
  if (typeof files === "number") return { status: files, inputs, differences: [], fileCount: 0 };
  try {
    const differences = job.check
      ? compareOutput(files, output)
      : await holdSignals(() => writeOutput(files, output));
    if (!job.check || differences.length === 0) memory?.save(inputs, files);
    return { status: ExitStatus.ok, inputs, differences, fileCount: files.length };
  } catch (error) {
    if (error instanceof OutputBusyError) throw new CommandFailure(error.message);
    if (error instanceof OutputBlockedError) throw new CommandFailure(inTheWay(job.output, error.obstacles));
    throw error;
  }
}

function inTheWay(output: string, obstacles: OutputBlockedError["obstacles"]): string {
  const lines = obstacles.map((obstacle) => `  ${join(output, obstacle.path)} (${whatItIs(obstacle)})`);
  return [
    `${output}: nothing was written, since what qapi did not generate stands in the way:`,
    ...lines,
    "Move it away, or choose another folder with -o.",
  ].join("\n");
}

function whatItIs({ what }: Obstacle | ForeignFile): string {
  return what === "not generated" ? "without the line that says it was generated" : what;
}
