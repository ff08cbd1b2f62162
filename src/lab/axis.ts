import { splitAssignment } from "./setting-options.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { changePlan, findPlanName, type Plan } from "./plan.js";

/** One thing that is varied, and the values that it takes in turn. */
export interface Axis {
  /** A parameter of the migration, or an option of the scenario. */
  readonly name: string;
  readonly values: readonly string[];
}

/** A point of a grid: a value on each of its axes. */
interface GridPoint {
  readonly values: readonly string[];
  /** As in `cpu-throttle-tailslow=on downtime-limit=100`; empty without any axis. */
  readonly label: string;
  readonly plan: Plan;
}

/** So many points a grid may have. */
const LARGEST_GRID = 1_000_000;

/**
 * Reads `NAME=V1,V2,…`, where a value may be a range `FROM..TO` or `FROM..TO/STEP` with the same
 * unit throughout (`64M..1024M/8M`); `NAME` alone stands for off and on.
 *
 * @throws ScenarioError if nothing has that name, or a range is none
 */
export function parseAxis(text: string): Axis {
  if (!text.includes("=")) return { name: findPlanName(text), values: ["off", "on"] };
  const [word, values] = splitAssignment(text);
  return { name: findPlanName(word), values: values.split(",").flatMap(expand) };
}

/**
 * How many points the axes span; 1 without any.
 *
 * @throws ScenarioError if there are too many, or an axis is given twice
 */
export function gridSize(axes: readonly Axis[]): number {
  const twice = axes.find(({ name }, i) => axes.findIndex((axis) => axis.name === name) !== i);
  if (twice !== undefined) throw new ScenarioError(`${twice.name} is varied twice`);
  const size = axes.reduce((size, { values }) => size * values.length, 1);
  if (size > LARGEST_GRID) throw new ScenarioError(`${size} runs are too many; ${LARGEST_GRID} are the most`);
  return size;
}

/**
 * One point of the grid; the last axis varies fastest.
 *
 * @param index 0 up to {@link gridSize} exclusive
 * @throws ScenarioError if something does not take a value
 */
export function gridPoint(plan: Plan, axes: readonly Axis[], index: number): GridPoint {
  const values: string[] = [];
  let rest = index;
  for (const axis of [...axes].reverse()) {
    values.unshift(axis.values[rest % axis.values.length] ?? "");
    rest = Math.floor(rest / axis.values.length);
  }
  const chosen = axes.map(({ name }, i) => [name, values[i] ?? ""] as const);
  return {
    values,
    label: chosen.map(([name, value]) => `${name}=${value}`).join(" "),
    plan: chosen.reduce((changed, [name, value]) => changePlan(changed, name, value), plan),
  };
}

/** `10..30/10` is 10, 20, 30; anything but a range is itself. */
function expand(text: string): string[] {
  const match = /^(\d+(?:\.\d+)?)([a-z%]*)\.\.(\d+(?:\.\d+)?)([a-z%]*)(?:\/(\d+(?:\.\d+)?)([a-z%]*))?$/i.exec(
    text,
  );
  if (match === null) return [text];
  const [, from = "", unit = "", to = "", toUnit = "", step = "1", stepUnit = unit] = match;
  if (toUnit !== unit || stepUnit !== unit) {
    throw new ScenarioError(
      `'${text}' mixes units; a range has the same unit throughout, as in 64M..512M/64M`,
    );
  }
  const count = Math.floor((Number(to) - Number(from)) / Number(step) + 1e-9) + 1;
  if (!(count >= 1)) throw new ScenarioError(`'${text}' is not a range from low to high`);
  if (count > LARGEST_GRID) throw new ScenarioError(`'${text}' has too many values`);
  return Array.from(
    { length: count },
    (_, i) => `${Number((Number(from) + i * Number(step)).toPrecision(12))}${unit}`,
  );
}
