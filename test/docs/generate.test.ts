import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { compileExamples } from "../support/compile-examples.js";

const path = fileURLToPath(new URL("../../docs/generate.md", import.meta.url));

it("docs/generate.md shows code that compiles", () => {
  const examples = [...readFileSync(path, "utf8").matchAll(/^```ts\n([^]*?)^```$/gm)].map(
    ([, code = ""]) => code,
  );
  expect(examples.length).toBeGreaterThan(3);
  expect(
    compileExamples(examples.map((code) => `${code}\ndeclare const text: string;\nexport { text };\n`)),
  ).toBe("");
});
