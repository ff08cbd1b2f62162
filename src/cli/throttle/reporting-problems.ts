import { DocumentError } from "../../document/document-error.js";
import { ScenarioError } from "../../migration/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { tell } from "../tell.js";

/** Tells what users got wrong on stderr; the status is 2 for an option, 1 for a file. */
export async function reportingProblems(
  context: CliContext,
  run: () => Promise<ExitStatus>,
): Promise<ExitStatus> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ScenarioError) && !(error instanceof DocumentError)) throw error;
    tell(error.message, context);
    return error instanceof ScenarioError ? ExitStatus.usage : ExitStatus.failed;
  }
}
