import { writeJson } from "../../json/index.js";
import { defaultSettings, readTrace, replay } from "../../migration/index.js";
import { parseSettings } from "../../lab/setting-options.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { tellDecisions } from "../../lab/report/decision-trace.js";
import { readText } from "../read-file.js";
import { replayReport, replayToJson, replayToText, sinceStart } from "../../lab/report/replay-report.js";

export interface ReplayOptions {
  /** `--json` */
  readonly json?: boolean;
  /** `--set NAME=VALUE`, repeatable: parameters instead of the recorded ones. */
  readonly set?: readonly string[];
  /** `--trace migration_throttle`: every decision on stderr. */
  readonly trace?: string;
}

/** `qapi throttle replay TRACE`: a recorded migration's syncs through the throttle. */
export async function throttleReplay(
  file: string,
  options: ReplayOptions,
  context: CliContext,
): Promise<ExitStatus> {
  const { set = [], json = false } = options;
  const trace = readTrace(await readText(file, context), file);
  const recorded = { ...defaultSettings.throttle, ...trace.parameters.policy };
  const { throttle } = parseSettings({ ...defaultSettings, throttle: recorded }, set);
  const report = replayReport(trace, replay(trace, set.length === 0 ? {} : throttle));
  const traced = report.syncs.map(({ recorded, outcome }) => ({
    sync: recorded.number,
    timeMs: sinceStart(trace, recorded.timeMs),
    outcome,
  }));
  tellDecisions(options.trace, traced, context.stderr);
  context.stdout.write(json ? writeJson(replayToJson(report), "indented") : replayToText(report));
  if (set.length > 0) {
    context.stderr.write(
      "note: the recorded guest wrote what it wrote under the recorded throttle. This tells what other parameters\n" +
        "make of it, not what the guest would have done; `qapi throttle simulate --like` models that.\n",
    );
  }
  return ExitStatus.ok;
}
