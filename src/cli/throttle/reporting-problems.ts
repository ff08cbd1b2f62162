import { ScenarioError, TraceError } from "../../migration/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { ScenarioFileError } from "./load-scenario.js";

/** Tells what users got wrong on stderr; the status is 2 for an option, 1 for a file. */
export async function reportingProblems(
  context: CliContext,
  run: () => Promise<ExitStatus>,
): Promise<ExitStatus> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ScenarioError) {
      context.stderr.write(`qapi: ${error.message}\n`);
      return ExitStatus.usage;
    }
    if (error instanceof TraceError || error instanceof ScenarioFileError) {
      context.stderr.write(`qapi: ${error.message}\n`);
      return ExitStatus.failed;
    }
    throw error;
  }
}
