import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { gridPoint, gridSize, type Axis } from "../axis.js";
import { checkPlan, type Plan } from "../plan.js";
import type { RunFigures } from "../run-figures.js";
import { runShare, type SweepShare, type SweepTask } from "./sweep-job.js";

/** A point of the grid and what came of it. */
export interface SweepResult {
  readonly values: readonly string[];
  readonly figures: RunFigures;
}

interface SweepOptions {
  /** Where the built program of a thread is: `sweep-worker.js`. */
  readonly worker: URL;
  readonly signal?: AbortSignal;
  /** Told now and then how many points are done. */
  readonly onProgress?: (done: number) => void;
  /** How many threads; default: as many as the machine has cores. */
  readonly threads?: number;
}

/** Points handed to a thread at once. */
const SHARE = 64;

/**
 * Runs a plan at every point of a grid, on all cores; the results are in the grid's order and do not
 * depend on how many cores there are.
 *
 * @throws ScenarioError if a point of the grid cannot be; no point has been run then
 */
export async function runSweep(
  plan: Plan,
  axes: readonly Axis[],
  { worker, signal, onProgress, threads = availableParallelism() }: SweepOptions,
): Promise<SweepResult[]> {
  const size = gridSize(axes);
  const values = Array.from({ length: size }, (_, index) => {
    const point = gridPoint(plan, axes, index);
    checkPlan(point.plan);
    return point.values;
  });
  const figures: RunFigures[] = [];
  const shares = Array.from({ length: Math.ceil(size / SHARE) }, (_, i) => ({
    from: i * SHARE,
    to: Math.min(size, (i + 1) * SHARE),
  }));
  let done = 0;
  const finish = ({ from }: SweepShare, part: readonly RunFigures[]): void => {
    part.forEach((each, i) => (figures[from + i] = each));
    done += part.length;
    onProgress?.(done);
  };
  const count = Math.min(threads, shares.length);
  if (count <= 1) {
    for (const share of shares) finish(share, runShare({ plan, axes }, share));
  } else {
    await Promise.all(
      Array.from({ length: count }, () => workOff(worker, shares, { plan, axes }, finish, signal)),
    );
  }
  return values.map((each, i) => {
    const figure = figures[i];
    if (figure === undefined) throw new Error(`point ${i} of the sweep was lost`);
    return { values: each, figures: figure };
  });
}

/** One thread, which takes shares until none is left. */
async function workOff(
  program: URL,
  shares: SweepShare[],
  task: SweepTask,
  finish: (share: SweepShare, part: readonly RunFigures[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const worker = new Worker(program, { workerData: task });
  try {
    await new Promise<void>((resolve, reject) => {
      let current: SweepShare | undefined;
      const next = (): void => {
        current = shares.shift();
        if (current === undefined) resolve();
        else worker.postMessage(current);
      };
      worker.on("message", (part: RunFigures[]) => {
        if (current !== undefined) finish(current, part);
        next();
      });
      worker.on("error", reject);
      signal?.addEventListener("abort", () => {
        reject(new Error("interrupted"));
      });
      next();
    });
  } finally {
    await worker.terminate();
  }
}
