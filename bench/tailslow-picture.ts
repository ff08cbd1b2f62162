/**
 * Draws the README's picture from two simulated runs:
 *
 *     npx tsx bench/tailslow-picture.ts > docs/tailslow.svg
 */
import { changeParameter, defaultPlan, runPlan } from "../src/lab/plan.js";
import { seriesOf, type RunSeries } from "../src/lab/run-series.js";
import { staircasePicture } from "../src/lab/staircase-picture.js";

function run(tailslow: string): RunSeries {
  const plan = changeParameter(defaultPlan, "cpu-throttle-increment", "30");
  return seriesOf(`tailslow ${tailslow}`, runPlan(changeParameter(plan, "cpu-throttle-tailslow", tailslow)));
}

const [off, on] = [run("off"), run("on")];
const picture = staircasePicture("How far QEMU throttles the guest, in steps of at most 30 %", [
  { run: off, name: "tailslow off", remark: `always the whole step, up to ${off.figures.peakPercentage} %` },
  {
    run: on,
    name: "tailslow on",
    remark: `near the goal only as far as needed: ${on.figures.peakPercentage} % is enough`,
  },
]);
process.stdout.write(picture);
