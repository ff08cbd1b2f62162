import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { corpus } from "../support/shared-data.js";
import { folderOf, program } from "./client.js";

const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;
const canRun = hasNeovim && corpus !== undefined;
if (!hasNeovim) process.stderr.write("not at hand, its suite is skipped: Neovim (nvim)\n");

/** What `neovim.lua` says. */
interface Told {
  readonly missed: readonly string[];
  readonly sound: number;
  readonly definition: { readonly uri: string };
  readonly hover: { readonly contents: { readonly value: string } };
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly renamed: readonly string[];
  readonly news: number;
  readonly formatted: readonly string[];
}

describe.skipIf(!canRun)("Neovim on QEMU's schema", () => {
  it("is told of problems, definitions, a rename and a layout", { timeout: 120_000 }, () => {
    const folder = folderOf({});
    cpSync(join(corpus ?? "", "qemu-10.2.2", "qapi"), folder.root, { recursive: true });
    const { stdout, stderr } = spawnSync(
      "nvim",
      [
        "--headless",
        "--clean",
        "-n",
        "-c",
        `luafile ${fileURLToPath(new URL("neovim.lua", import.meta.url))}`,
      ],
      {
        encoding: "utf8",
        timeout: 110_000,
        env: {
          ...process.env,
          XDG_STATE_HOME: folder.root,
          QAPI_CLI: program,
          QAPI_NODE: process.execPath,
          QAPI_FOLDER: folder.root,
        },
      },
    );
    folder.remove();
    const line = stdout.split("\n").find((each) => each.startsWith("{"));
    expect(line, stderr).toBeDefined();
    const told = JSON.parse(line!) as Told;
    expect(told.missed).toEqual([]);
    expect(told.sound).toBe(0);
    expect(told.definition.uri).toBe(pathToFileURL(join(folder.root, "common.json")).href);
    expect(told.hover.contents.value).toMatch(/command blockdev-add\(BlockdevOptions\)[^]*since QEMU/);
    expect(told.errors).toContainEqual({
      file: "block-core.json",
      message: expect.stringContaining("BlockDeviceInfo") as string,
    });
    expect(told.renamed).toEqual([]);
    expect(told.news).toBeGreaterThan(1);
    expect(told.formatted).toEqual([
      "",
      "{ 'enum': 'UglyOne',",
      "  'data': [ 'a' ] }",
      "",
      "{ 'struct': 'Broken'   'data'",
    ]);
  });
});
