import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import peggy from "peggy";
import { expect, test } from "vitest";

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");

test("the parser in generated/ is built from the grammar as it is", () => {
  const grammarSource = "src/qapi/grammar/qapi.peggy";
  const allowedStartRules = ["Quick", "Careful"];
  const built = peggy.generate(read(grammarSource), {
    output: "source",
    format: "es",
    grammarSource,
    allowedStartRules,
  });
  expect(read("generated/grammar/qapi.js")).toBe(built);
});
