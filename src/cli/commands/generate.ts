import { join, relative } from "node:path";
import { cwd } from "node:process";
import { UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { refuseOverlaps } from "../generate/check-outputs.js";
import { findJobs, type GenerateCommandOptions } from "../generate/find-jobs.js";
import type { GenerateJob, JobOutcome } from "../generate/job.js";
import { runJob } from "../generate/run-job.js";
import { FileWatcher } from "../generate/watch.js";
import type { SchemaHost } from "../../qapi/load/host.js";
import { nodeHost } from "../../qapi/load/node-host.js";
import { expectShortRun } from "../short-run.js";
import { append } from "../../util/lists.js";

/** `qapi generate SCHEMA -o DIR`: emit TypeScript, or with `--check` tell what is out of date. */
export async function generate(
  schema: string | undefined,
  options: GenerateCommandOptions,
  context: CliContext,
): Promise<ExitStatus> {
  // A watch lives long, and is to get faster from run to run.
  const host = options.watch === true ? nodeHost : expectShortRun();
  const run = async (): Promise<RunResult> => {
    const { jobs, config } = await findJobs(schema, options, cwd());
    refuseOverlaps(jobs.map(({ output }) => output));
    const result = await runJobs(jobs, host, context);
    return { ...result, inputs: [...result.inputs, ...config] };
  };
  if (options.check === true && options.watch === true) throw new UsageError("--check or --watch, not both");
  const start = Date.now();
  const result = await run();
  return options.watch === true ? watchInputs(run, result.inputs, start, context) : result.status;
}

interface RunResult {
  readonly status: ExitStatus;
  /** All files that were read. */
  readonly inputs: readonly string[];
  readonly changedFiles: number;
}

async function runJobs(
  jobs: readonly GenerateJob[],
  host: SchemaHost,
  context: CliContext,
): Promise<RunResult> {
  let status: ExitStatus = ExitStatus.ok;
  let changedFiles = 0;
  const inputs: string[] = [];
  for (const job of jobs) {
    const outcome = await runJob(job, host, context);
    status = worse(status, report(job, outcome, context));
    changedFiles += outcome.differences.length;
    append(inputs, outcome.inputs);
  }
  return { status, inputs, changedFiles };
}

function report(job: GenerateJob, outcome: JobOutcome, { stdout }: CliContext): ExitStatus {
  if (outcome.status !== ExitStatus.ok) return outcome.status;
  if (job.check) {
    for (const { kind, path } of outcome.differences) stdout.write(`${kind} ${join(job.output, path)}\n`);
    return outcome.differences.length > 0 ? ExitStatus.findings : ExitStatus.ok;
  }
  stdout.write(`${job.output}: ${summary(outcome)}\n`);
  return ExitStatus.ok;
}

/** `12 files: 3 written, 1 removed`, in the words of what happened. */
function summary({ fileCount, differences }: JobOutcome): string {
  const removed = differences.filter(({ kind }) => kind === "extra").length;
  const written = differences.length - removed;
  const files = fileCount === 1 ? "1 file" : `${fileCount} files`;
  if (differences.length === 0) return `${files}, all up to date`;
  return `${files}: ${written} written${removed === 0 ? "" : `, ${removed} removed`}`;
}

/**
 * Generates again whenever an input changes, until the command is interrupted. Each time one line
 * says what changed, what became of it and how long it took:
 *
 *     schema/migration.json changed: 4 files written in 61 ms
 */
async function watchInputs(
  run: () => Promise<RunResult>,
  inputs: readonly string[],
  since: number,
  context: CliContext,
): Promise<ExitStatus> {
  const { reportFailure } = await import("../report-failure.js");
  const watcher = new FileWatcher(context.signal);
  watcher.setFiles(inputs, since);
  for (let changed = await watcher.next(); changed.length > 0; changed = await watcher.next()) {
    const start = Date.now();
    const result = await run().catch((error: unknown) => reportFailure(error, context));
    const isDone = typeof result !== "number" && result.status === ExitStatus.ok;
    // After a failure the files read so far may not be all: those that were watched stay watched, and
    // those that could not be read are waited for.
    if (isDone) watcher.setFiles(result.inputs, start);
    else if (typeof result !== "number") watcher.addFiles(result.inputs, start);
    const names = changed.map((file) => relative(cwd(), file)).join(", ");
    const outcome = isDone ? `${result.changedFiles} files written` : "nothing written";
    context.stdout.write(`${names} changed: ${outcome} in ${Date.now() - start} ms\n`);
  }
  return ExitStatus.ok;
}

/** Of two jobs' statuses the one that the shell shall see: failures before findings. */
function worse(a: ExitStatus, b: ExitStatus): ExitStatus {
  const order: readonly ExitStatus[] = [
    ExitStatus.ok,
    ExitStatus.findings,
    ExitStatus.usage,
    ExitStatus.failed,
    ExitStatus.interrupted,
  ];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
