import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Door {
  readonly name: string;
  readonly entry: string;
  /** What may come of it, minified, in bytes. */
  readonly most: number;
  /** Sources that no part of it may come from. */
  readonly without: RegExp;
}

const doors: readonly Door[] = [
  {
    name: "qapi-ts/qmp",
    entry: "src/client/index.ts",
    most: 70_000,
    without: /^(generated\/|src\/(migration|qmp|hmp|server|qapi|codegen|lab|cli)\/)|node_modules/,
  },
];

describe("a door", () => {
  it.each(doors)("$name is small and loads only its own", async ({ entry, most, without }) => {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: [join(root, entry)],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      write: false,
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).filter((path) => without.test(path))).toEqual([]);
    expect(outputFiles.reduce((sum, { contents }) => sum + contents.length, 0)).toBeLessThanOrEqual(most);
  });
});
