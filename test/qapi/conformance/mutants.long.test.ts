import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpus } from "../../support/shared-data.js";
import { gatherSeeds } from "./differential.js";
import { tryMutants } from "./try-mutants.js";

const ownSchema = new URL("../../../schema/qapi-schema.json", import.meta.url).pathname;
const inCorpus = ["qapi/qapi-schema.json", "qga/qapi-schema.json", "tests/qapi-schema/qapi-schema-test.json"];
const schemas =
  corpus === undefined ? [ownSchema] : inCorpus.map((path) => join(corpus ?? "", "qemu-10.2.2", path));

describe("100,000 mutants", () => {
  it("neither crash nor are found wrong without a place", () => {
    expect(tryMutants(gatherSeeds(schemas), Date.now() % 1_000_000_000, 100_000)).toEqual([]);
  });
});
