/**
 * What the throttle and the simulator cost, and how close the simulator comes to recorded migrations:
 *
 *     npm run build && npx tsx bench/throttle.ts [syncs]
 *
 * The recordings are those of `$QAPI_ORACLE` or `../shared/oracle`; without them that part is left out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { builtFile } from "../src/cli/throttle/built-file.js";
import { runSweep } from "../src/lab/sweep/run-sweep.js";
import { parseAxis } from "../src/lab/axis.js";
import { defaultPlan } from "../src/lab/plan.js";
import {
  AutoConverge,
  defaultSettings,
  loopRules,
  createScenario,
  parseScenario,
  readTrace,
  recordedScenario,
  recordedShare,
  simulate,
  type Scenario,
  type SimulatedRun,
} from "../src/migration/index.js";
import { oracle } from "../test/support/shared-data.js";
import { printRow } from "./row.js";

const BEST_OF = 5;

/** The shortest of several runs, in ms. */
function time(run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < BEST_OF; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function syncMany(count: number): void {
  const throttle = new AutoConverge({ ...defaultSettings.throttle, tailslow: true });
  let endTimeMs = 1n;
  let transferredTotal = 0n;
  for (let i = 0; i < count; i++) {
    endTimeMs += 1500n;
    transferredTotal += 50_000_000n;
    throttle.sync({ endTimeMs, transferredTotal, newDirtyPages: 12_000n });
  }
}

function run(scenario: Scenario): SimulatedRun {
  const settings = { ...defaultSettings, maxBandwidth: 0n };
  const rules = loopRules["10.0"];
  return simulate({
    scenario,
    schedule: [{ fromMs: 0, settings }],
    rules,
    autoConverge: true,
    untilMs: 3_600_000,
  });
}

function report(what: string, figure: string): void {
  console.log(`${what.padEnd(44)} ${figure}`);
}

const SYNCS = 1_000_000;
const syncMs = time(() => {
  syncMany(SYNCS);
});
printRow({
  ...{ what: "bitmap syncs through `AutoConverge`", against: "–", values: [SYNCS / syncMs / 1000] },
  ...{ unit: "million/s", digits: 1, budget: "≥ 1 million/s", aim: "5" },
});
// Only this has a budget.
if (process.argv[2] === "syncs") process.exit();

const usual = { ...createScenario(), link: { bandwidth: 128 * 2 ** 20 } };
report("a run of the usual guest (1 GiB)", `${time(() => run(usual)).toFixed(1)} ms`);
const huge = parseScenario("ram=4T,dirty-rate=12G,bandwidth=100Gbit");
report("a run of a guest of 4 TiB at 100 Gbit/s", `${time(() => run(huge)).toFixed(1)} ms`);

const axes = ["tailslow", "dirty-rate=64M..856M/8M", "ram=256M..1040M/16M"].map(parseAxis);
for (const threads of [1, availableParallelism()]) {
  const start = performance.now();
  const results = await runSweep(defaultPlan, axes, { worker: builtFile("sweep-worker.js"), threads });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  report(`a sweep of ${results.length} runs, ${threads} thread(s)`, `${seconds} s`);
}

if (oracle !== undefined) {
  const folder = join(oracle, "throttle", "live");
  console.log("\n| recording | recorded | simulated | total time |\n|---|---|---|---|");
  for (const file of readdirSync(folder)) {
    const trace = readTrace(readFileSync(join(folder, file), "utf8"));
    const recorded = recordedScenario(trace);
    if (recorded === null || trace.totalTimeMs === null) continue;
    const { choices, ...rest } = recorded;
    const untilMs = trace.isCompleted ? 3_600_000 : trace.totalTimeMs;
    const options = {
      ...rest,
      scenario: createScenario(choices),
      autoConverge: true,
      share: recordedShare,
      untilMs,
    };
    const { syncs, stats } = simulate(options);
    const theirs = trace.syncs.filter(({ fired }) => fired).map(({ percentage }) => percentage);
    const ours = syncs.flatMap(({ throttle }) => (throttle?.fired === true ? [throttle.percentage] : []));
    const error = (Number(stats.totalTime) / trace.totalTimeMs - 1) * 100;
    const times = `${(trace.totalTimeMs / 1000).toFixed(1)} s, ${error >= 0 ? "+" : ""}${error.toFixed(1)} %`;
    console.log(
      `| ${trace.name} | ${theirs.join(" ")} | ${ours.join(" ")} | ${trace.isCompleted ? times : "broken off"} |`,
    );
  }
}
