import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../src/codegen/generate.js";
import { compileSchema } from "../../src/qapi/index.js";
import { corpus } from "../support/shared-data.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "qapi-shaking-"));

/** QEMU's whole library in an app that has this package installed. */
beforeAll(() => {
  if (corpus === undefined) return;
  if (!existsSync(join(root, "dist/visitor.js"))) throw new Error("not built: run `npm run build` first");
  const path = join(corpus, "qemu-10.2.2/qapi/qapi-schema.json");
  const { schema } = compileSchema(path, { docRules: "lenient" });
  if (schema === undefined) throw new Error("it does not compile");
  for (const { path, text } of generate(schema)) {
    mkdirSync(dirname(join(home, "library", path)), { recursive: true });
    writeFileSync(join(home, "library", path), text);
  }
  mkdirSync(join(home, "node_modules"));
  symlinkSync(root, join(home, "node_modules/qapi-ts"));
}, 60_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe.skipIf(corpus === undefined)("through the index of QEMU's whole library, a bundle", () => {
  it.each<[what: string, code: string, most: number]>([
    ["of an enum's values", 'export { valuesOfMigrationStatus } from "./library/index.js";', 4_000],
    [
      "of a visitor",
      'import { visitMigrationInfo } from "./library/index.js"; import { fromJson } from "qapi-ts/visitor"; export const read = (json) => fromJson(visitMigrationInfo, json);',
      14_000,
    ],
    ["of an enum's validator", 'export { validateMigrationStatus } from "./library/index.js";', 8_000],
    ["of a struct's validator", 'export { validateMigrateSetParameters } from "./library/index.js";', 24_000],
    ["of a command", 'export { migrateSetParameters } from "./library/index.js";', 20_000],
    ["of the largest command", 'export { blockdevAdd } from "./library/index.js";', 20_000],
    ["of exact JSON", 'export { parseJson, writeJson } from "qapi-ts/json";', 10_000],
  ])("%s is small, and needs no Node", async (_what, contents, most) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: home, loader: "ts" },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      write: false,
      logLevel: "error",
    });
    const [output] = outputFiles;
    expect(output?.contents.length).toBeLessThanOrEqual(most);
    // Commands, events and validators that nobody asked for.
    expect(output?.text).not.toContain("query-version");
    expect(output?.text).not.toContain("BLOCK_JOB_COMPLETED");
    expect(output?.text).not.toContain("node:");
  });
});
