import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/diagnostic/catalogue/index.js";
import type { ProblemKind } from "../../../src/diagnostic/catalogue/problem-kind.js";
import { compileText } from "../compile-text.js";
import { diagnosticsPage } from "./diagnostics-page.js";

const kinds: [string, ProblemKind][] = Object.entries(catalogue);

describe("examples of the catalogue", () => {
  it.each(kinds.filter(([, { bad }]) => bad !== undefined))(
    "%s: the bad one has that problem first",
    (code, { bad }) => {
      expect(compileText(bad ?? "").diagnostics[0]?.code).toBe(code);
    },
  );

  it.each(kinds.filter(([, { good }]) => good !== undefined))(
    "%s: the good one has no problem",
    (_, { good }) => {
      expect(compileText(good ?? "").diagnostics).toEqual([]);
    },
  );
});

describe("docs/diagnostics.md", () => {
  it("shows the catalogue as it is", async () => {
    await expect(await diagnosticsPage()).toMatchFileSnapshot("../../../docs/diagnostics.md");
  });
});
