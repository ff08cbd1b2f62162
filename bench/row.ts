import { median } from "./paired-runs.js";

/** One row of the table of budgets. */
export interface Row {
  readonly what: string;
  /** The peer that was measured in the same run. */
  readonly against: string;
  /** Each round's figure. */
  readonly values: readonly number[];
  /** `×` of a ratio, else a unit. */
  readonly unit: string;
  readonly digits?: number;
  readonly budget: string;
  readonly aim?: string;
}

export const tableHead =
  "| what | against | measured: median (least–most) | budget | aim |\n|---|---|---|---|---|";

/** Prints a row in Markdown. */
export function printRow({ what, against, values, unit, digits = 2, budget, aim = "" }: Row): void {
  const show = (value: number): string => value.toFixed(digits);
  const spread = values.length > 1 ? ` (${show(Math.min(...values))}–${show(Math.max(...values))})` : "";
  console.log(`| ${what} | ${against} | ${show(median(values))} ${unit}${spread} | ${budget} | ${aim} |`);
}
