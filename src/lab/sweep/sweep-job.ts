import { gridPoint, type Axis } from "../axis.js";
import { runPlan, type Plan } from "../plan.js";
import { figuresOf, type RunFigures } from "../run-figures.js";

/** A grid to be run, as it is sent to a worker. */
export interface SweepTask {
  readonly plan: Plan;
  readonly axes: readonly Axis[];
}

/** Points of the grid, `to` not included. */
export interface SweepShare {
  readonly from: number;
  readonly to: number;
}

/** The figures of some points of the grid. */
export function runShare({ plan, axes }: SweepTask, { from, to }: SweepShare): RunFigures[] {
  return Array.from({ length: to - from }, (_, i) =>
    figuresOf(runPlan(gridPoint(plan, axes, from + i).plan)),
  );
}
