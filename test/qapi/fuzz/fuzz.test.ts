import { expect, test } from "vitest";
import { fuzz, seeds } from "./fuzz.js";

test("mutated schemas do not upset the front end", () => {
  expect(fuzz(seeds(), Date.now() % 1_000_000_000, 1_500)).toEqual([]);
});
