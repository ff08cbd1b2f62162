import { join, relative } from "node:path";
import { cwd } from "node:process";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { findJobs, type GenerateCommandOptions, UsageError } from "../generate/find-jobs.js";
import type { GenerateJob, JobOutcome } from "../generate/job.js";
import { ConfigError } from "../generate/load-config.js";
import { runJob } from "../generate/run-job.js";
import { FileWatcher } from "../generate/watch.js";
import { expectShortRun } from "../short-run.js";
import { append } from "../../util/lists.js";

/** `qapi generate SCHEMA -o DIR`: emit TypeScript, or with `--check` tell what is out of date. */
export async function generate(
  schema: string | undefined,
  options: GenerateCommandOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const run = async (): Promise<RunResult> => {
    const { jobs, config } = await findJobs(schema, options, cwd());
    const result = await runJobs(jobs, context);
    return { ...result, inputs: [...result.inputs, ...config] };
  };
  try {
    if (options.check === true && options.watch === true)
      throw new UsageError("--check or --watch, not both");
    if (options.watch !== true) expectShortRun();
    const result = await run();
    return options.watch === true ? await watchInputs(run, result.inputs, context) : result.status;
  } catch (error) {
    return reportUsage(error, context);
  }
}

interface RunResult {
  readonly status: ExitStatus;
  /** All files that were read. */
  readonly inputs: readonly string[];
  readonly changedFiles: number;
}

async function runJobs(jobs: readonly GenerateJob[], context: CliContext): Promise<RunResult> {
  let status: ExitStatus = ExitStatus.ok;
  let changedFiles = 0;
  const inputs: string[] = [];
  for (const job of jobs) {
    const outcome = await runJob(job, context);
    status = worse(status, report(job, outcome, context));
    changedFiles += outcome.differences.length;
    append(inputs, outcome.inputs);
  }
  return { status, inputs, changedFiles };
}

function report(job: GenerateJob, outcome: JobOutcome, { stdout, stderr }: CliContext): ExitStatus {
  if (outcome.status !== "done") return outcome.status === "usage" ? ExitStatus.usage : ExitStatus.failed;
  if (job.check) {
    for (const { kind, path } of outcome.differences) stdout.write(`${kind} ${join(job.output, path)}\n`);
    return outcome.differences.length > 0 ? ExitStatus.findings : ExitStatus.ok;
  }
  if (stderr.isTTY === true) {
    stderr.write(`${job.output}: ${outcome.fileCount} files, ${outcome.differences.length} changed\n`);
  }
  return ExitStatus.ok;
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
  context: CliContext,
): Promise<ExitStatus> {
  const watcher = new FileWatcher(context.signal);
  watcher.setFiles(inputs);
  for (let changed = await watcher.next(); changed.length > 0; changed = await watcher.next()) {
    const start = performance.now();
    const result = await run().catch((error: unknown) => reportUsage(error, context));
    const isDone = typeof result !== "number" && result.status === ExitStatus.ok;
    // After a failure the files read so far may not be all: those that were watched stay watched.
    if (isDone) watcher.setFiles(result.inputs);
    const names = changed.map((file) => relative(cwd(), file)).join(", ");
    const outcome = isDone ? `${result.changedFiles} files written` : "nothing written";
    context.stderr.write(`${names} changed: ${outcome} in ${Math.round(performance.now() - start)} ms\n`);
  }
  return ExitStatus.ok;
}

/** Tells what is wrong with the command line or the configuration; other errors are not for here. */
function reportUsage(error: unknown, { stderr }: CliContext): ExitStatus {
  if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
  stderr.write(`${error.message}\n`);
  return error instanceof UsageError ? ExitStatus.usage : ExitStatus.failed;
}

/** Of two jobs' statuses the one that the shell shall see: failures before findings. */
function worse(a: ExitStatus, b: ExitStatus): ExitStatus {
  const order: readonly ExitStatus[] = [
    ExitStatus.ok,
    ExitStatus.findings,
    ExitStatus.usage,
    ExitStatus.failed,
  ];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
