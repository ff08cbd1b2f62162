import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpus } from "../../support/shared-data.js";
import { compareWithQemu, gatherSeeds } from "./differential.js";

const source = process.env["QEMU_SRC"] ?? "";
const count = Number(process.env["QAPI_DIFFERENTIAL_COUNT"] ?? 50_000);

if (source === "") process.stderr.write("differential: set QEMU_SRC to a QEMU source tree to run it\n");

describe.skipIf(source === "" || corpus === undefined)("front end held against QEMU's", () => {
  it(`says the same of ${count} mutated schemas`, async () => {
    const qemu = join(corpus ?? "", "qemu-10.2.2");
    const tests = join(qemu, "tests", "qapi-schema");
    const names = readFileSync(join(tests, "registered.txt"), "utf8").trim().split("\n");
    const seeds = gatherSeeds([
      join(qemu, "qapi", "qapi-schema.json"),
      join(qemu, "qga", "qapi-schema.json"),
      ...names.map((name) => join(tests, `${name}.json`)),
    ]);
    const firstSeed = Number(process.env["QAPI_DIFFERENTIAL_SEED"] ?? Date.now() % 1_000_000_000);
    const tally = await compareWithQemu(source, seeds, { firstSeed, count });
    process.stderr.write(
      `differential from seed ${firstSeed}: ${tally.fine} fine, ${tally.faulty} faulty, ` +
        `${tally.crashed} that end QEMU's tool, ${tally.differences.length} different\n`,
    );
    expect(tally.differences).toEqual([]);
  });
});
