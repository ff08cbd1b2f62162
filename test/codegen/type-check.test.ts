import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/codegen/generate.js";
import { compileText } from "../support/compile-text.js";
import { typeErrors } from "../support/type-check.js";
import { EVERYTHING } from "./everything.js";

describe("generated types", () => {
  it("compile under the strictest flags, and hold what their users rely on", () => {
    const files = generate(compileText(EVERYTHING["main.json"], EVERYTHING));
    const expectations = readFileSync(new URL("types/expectations.ts.txt", import.meta.url), "utf8");
    expect(typeErrors(files, { "expectations.ts": expectations })).toEqual([]);
  });
});
