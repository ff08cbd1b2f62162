import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "dist/cli/qapi.cjs");
const folder = mkdtempSync(join(tmpdir(), "qapi-start-"));
const tell = join(folder, "tell.cjs");
const schema = join(folder, "schema.json");

beforeAll(() => {
  if (!existsSync(program)) throw new Error("not built: run `npm run build` first");
  writeFileSync(schema, "##\n# @Thing:\n#\n# A thing.\n##\n{ 'struct': 'Thing', 'data': {} }\n");
  writeFileSync(
    tell,
    'process.on("exit", () => require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify(Object.keys(require.cache))));\n',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the built program has loaded when it is through with a line: its own chunks without digests, packages by name. */
function loadedFor(...words: string[]): string[] {
  const list = join(folder, "loaded.json");
  const { status, stderr } = spawnSync(process.execPath, ["--require", tell, program, ...words], {
    encoding: "utf8",
    input: "",
    env: { ...process.env, LOADED: list },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const paths: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(paths)) throw new Error("no list");
  return paths.map((path) =>
    String(path)
      .replace(/^.*\/node_modules\//, "package ")
      .replace(/^.*\/chunks\/(.*)-[\w-]{8}\.cjs$/, "$1"),
  );
}

describe("the program loads what a line asks for and nothing else", () => {
  it.each([
    { line: ["hmp"], never: ["check", "program", /^package /] },
    { line: ["check", schema], never: ["program", "machine-settings", "simulation", /^package /] },
    { line: ["dump", schema], never: ["program", "machine-settings", "simulation", /^package /] },
    { line: ["introspect", schema], never: ["program", "machine-settings", "simulation", /^package /] },
    { line: ["hmp", "-c", "info status"], never: ["check", /^package (?!commander)/] },
    { line: ["--version"], never: ["check", "machine-settings", "simulation", /^package (?!commander)/] },
    {
      line: ["throttle", "advise", "--ram", "1G", "--dirty-rate", "1M", "--bandwidth", "1G"],
      never: ["check"],
    },
  ])("$line", ({ line, never }) => {
    const loaded = loadedFor(...line);
    expect(loaded.length).toBeGreaterThan(1);
    const astray = loaded.filter((name) =>
      never.some((each) => (typeof each === "string" ? each === name : each.test(name))),
    );
    expect(astray).toEqual([]);
  });
});
