import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qapi-readme-"));

/** A command of a `console` block, and what the README says it prints; `…` stands for any lines. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

const readme = readFileSync(join(root, "README.md"), "utf8");

/** Files that the README gives: a paragraph that ends in "`name`:" and a fenced block. */
const files = [...readme.matchAll(/`([\w.-]+)`:\n\n```\w*\n(.*?)```\n/gs)].map(
  ([, name = "", text = ""]) => ({
    name,
    text,
  }),
);

const shown: readonly Shown[] = [...readme.matchAll(/^```console\n(.*?)^```\n/gms)].flatMap(
  ([, block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((entry) => {
        const end = entry.indexOf("\n");
        return { command: entry.slice(0, end), output: entry.slice(end + 1) };
      }),
);

function pattern(output: string): RegExp {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/^…\n/gm, "(?:.*\\n)*?")}$`);
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/cli.js"))) throw new Error("not built: run `npm run build` first");
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const launcher = join(folder, "qapi");
  writeFileSync(launcher, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"\n`);
  chmodSync(launcher, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the README's tour", () => {
  it("has something to run", () => {
    expect(shown.length).toBeGreaterThan(5);
  });

  it.each(shown)("$command", ({ command, output }) => {
    const { PATH = "" } = process.env;
    const { stdout } = spawnSync("sh", ["-c", `exec 2>&1\n${command}\n`], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${folder}:${PATH}` },
    });
    expect(stdout).toMatch(pattern(output));
  });
});
