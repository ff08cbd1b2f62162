import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("is built from the grammar as it stands", () => {
  const folder = mkdtempSync(join(tmpdir(), "qapi-grammar-"));
  try {
    const built = join(folder, "hx.js");
    execFileSync(
      process.execPath,
      ["node_modules/peggy/bin/peggy.js", "-c", "src/hx/hx.options.json", "-o", built],
      { cwd: root, stdio: "pipe" },
    );
    expect(readFileSync(built, "utf8")).toBe(readFileSync(join(root, "generated/grammar/hx.js"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
