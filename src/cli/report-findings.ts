import picocolors from "picocolors";
import packageJson from "../../package.json" with { type: "json" };
import { type FindingFormat, type FindingReport, hasFailed, renderFindings } from "../findings/index.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";

/** What `withFindingOptions` adds. */
export interface FindingOptions<Level extends string> {
  readonly format: FindingFormat;
  readonly failOn: Level;
}

/** Tells what was found on stdout, in the form asked for; the status says whether it fails the run. */
export function reportFindings<Level extends string>(
  report: Omit<FindingReport<Level>, "failOn">,
  { format, failOn }: FindingOptions<Level>,
  { stdout, color }: CliContext,
): ExitStatus {
  const judged = { ...report, failOn };
  stdout.write(
    renderFindings(judged, format, {
      version: packageJson.version,
      colors: picocolors.createColors(color(stdout)),
      width: stdout.columns ?? 100,
    }),
  );
  return hasFailed(judged) ? ExitStatus.findings : ExitStatus.ok;
}
