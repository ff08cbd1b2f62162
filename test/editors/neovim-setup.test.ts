import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const page = fileURLToPath(new URL("../../docs/editors.md", import.meta.url));
const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;
if (!hasNeovim) process.stderr.write("not at hand, its suite is skipped: Neovim (nvim)\n");

describe.skipIf(!hasNeovim)("the lines for Neovim", () => {
  it("start the server for a file in a folder of schemas", { timeout: 60_000 }, () => {
    const [, lines = ""] = /```lua\n([^]*?)```/.exec(readFileSync(page, "utf8")) ?? [];
    const own = `cmd = { "${process.execPath}", "${program}", "lsp" }`;
    expect(lines).toContain('cmd = { "npx", "qapi", "lsp" }');
    const root = mkdtempSync(join(tmpdir(), "qapi-nvim-"));
    const path = join(root, "qapi", "one.json");
    mkdirSync(join(root, "qapi"));
    writeFileSync(path, "{ 'command': 'go', 'data': 'Nowhere' }\n");
    writeFileSync(join(root, "init.lua"), lines.replace('cmd = { "npx", "qapi", "lsp" }', own));
    const words = [
      ...["--headless", "-n", "-u", join(root, "init.lua"), path],
      ...["-c", "lua vim.wait(40000, function() return #vim.diagnostic.get(0) > 0 end)"],
      ...[
        "-c",
        "lua print(vim.bo.filetype .. ': ' .. (vim.diagnostic.get(0)[1] or { message = 'nothing' }).message)",
      ],
      ...["-c", "qa!"],
    ];
    const env = { ...process.env, XDG_STATE_HOME: root, XDG_CACHE_HOME: root };
    const { stdout, stderr } = spawnSync("nvim", words, { encoding: "utf8", timeout: 50_000, env });
    rmSync(root, { recursive: true, force: true });
    expect(stdout + stderr).toMatch(/qapi: .*unknown type 'Nowhere'/);
  });
});
