import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A JSON document of the throttle oracle; its README says what it holds. */
export function readOracle(oracle: string, ...path: string[]): unknown {
  return JSON.parse(readFileSync(join(oracle, "throttle", ...path), "utf8"));
}

/** Fails with the first few of the mismatches, so that a broken rule does not print 15,000 rows. */
export function expectNone(mismatches: readonly string[]): void {
  expect(mismatches.slice(0, 5)).toEqual([]);
}
