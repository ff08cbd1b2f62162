import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { changeRules, type ChangeRule } from "../../src/evolution/rules.js";

const path = fileURLToPath(new URL("../../docs/breaking.md", import.meta.url));

/** The rules as a table; levels are those of the worst shade, for code in brackets where they differ. */
function rulesTable(): string {
  const cell = ({ wire, code, why }: ChangeRule["in"]): string =>
    `${wire}${code === wire ? "" : ` (code: ${code})`}: ${why}`;
  const rows = Object.entries<ChangeRule>(changeRules).map(
    ([id, rule]) => `| \`${id}\` | ${rule.summary} | ${cell(rule.in)} | ${cell(rule.out)} |`,
  );
  return ["| id | what | sent | received |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

describe("docs/breaking.md", () => {
  // UPDATE_DOCS=1 writes it anew.
  it("has every rule with its levels and reasons", async () => {
    const text = readFileSync(path, "utf8");
    const made = text.replace(/(<!-- rules -->)[^]*(<!-- \/rules -->)/, (_all, begin: string, end: string) =>
      [begin, "", rulesTable(), "", end].join("\n"),
    );
    const wanted = await format(made, { parser: "markdown", printWidth: 120 });
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, wanted);
    expect(readFileSync(path, "utf8")).toBe(wanted);
  });
});
