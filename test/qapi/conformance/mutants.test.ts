import { describe, expect, it } from "vitest";
import { gatherSeeds } from "./differential.js";
import { tryMutants } from "./try-mutants.js";

const ownSchema = new URL("../../../schema/qapi-schema.json", import.meta.url).pathname;

describe("mutants of our own schema", () => {
  it("neither crash nor are found wrong without a place", () => {
    expect(tryMutants(gatherSeeds([ownSchema]), 1, 4000)).toEqual([]);
  });
});
