import { advise } from "../../lab/advise.js";
import { writeJson } from "../../json/index.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { adviceToJson, adviceToText } from "../../lab/report/advice-report.js";
import { planFromOptions, type PlanOptions } from "../throttle/plan-from-options.js";

interface AdviseOptions extends PlanOptions {
  /** `--downtime-limit TIME`: the same as `--set downtime-limit=TIME`. */
  readonly downtimeLimit?: string;
  readonly json?: boolean;
}

/** `qapi throttle advise`: which settings let a guest's migration converge, and at what cost. */
export async function throttleAdvise(options: AdviseOptions, context: CliContext): Promise<ExitStatus> {
  const { downtimeLimit, json = false, set = [] } = options;
  const limit = downtimeLimit === undefined ? [] : [`downtime-limit=${downtimeLimit}`];
  const { plan } = await planFromOptions({ ...options, set: [...set, ...limit] }, context);
  const advice = advise(plan);
  context.stdout.write(json ? writeJson(adviceToJson(advice), "indented") : adviceToText(advice));
  return ExitStatus.ok;
}
