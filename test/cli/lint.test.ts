import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-lint-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const lint = (...words: string[]) => runCommand((context) => runProgram(["lint", ...words], context));

const loose = "{ 'enum': 'Loose', 'data': [] }  \n{ 'command': 'x-try' }\n";

describe("qapi lint", () => {
  it("finds nothing in a good schema", async () => {
    const good = file("good.json", "{ 'command': 'try' }\n");
    expect(await lint(good, "--format", "json")).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
  });

  it("tells rule, level, message and place as JSON", async () => {
    const path = file("loose.json", loose);
    const { status, stdout } = await lint(path, "--format", "json");
    expect(status).toBe(100);
    expect(JSON.parse(stdout)).toEqual([
      {
        rule: "unused-type",
        level: "warn",
        message: "no command or event reaches 'Loose'",
        file: path,
        start: { line: 1, column: 1 },
        end: { line: 1, column: 32 },
      },
      expect.objectContaining({ rule: "trailing-space", level: "error" }),
      expect.objectContaining({ rule: "x-prefix-without-unstable", level: "warn" }),
    ]);
  });

  it.each([
    [["--fail-on", "error"], 100],
    [["--rule", "trailing-space=off", "--fail-on", "error"], 0],
    [
      [
        "--rule",
        "unused-type=off",
        "--rule",
        "trailing-space=info",
        "--rule",
        "x-prefix-without-unstable=info",
      ],
      0,
    ],
  ])("%j: exit %i", async (words, status) => {
    expect((await lint(file("level.json", loose), ...words)).status).toBe(status);
  });

  it("mends what it can, and reports the rest", async () => {
    const path = file("fix.json", loose);
    const { status, stdout, stderr } = await lint(path, "--fix", "--format", "json");
    expect({ status, stderr }).toEqual({ status: 100, stderr: `${path}: 1 fixed\n` });
    expect((JSON.parse(stdout) as { rule: string }[]).map(({ rule }) => rule)).toEqual([
      "unused-type",
      "x-prefix-without-unstable",
    ]);
    expect(readFileSync(path, "utf8")).toBe(loose.replace("  \n", "\n"));
  });

  it("lets pass what a baseline lists, wherever it has moved, and nothing new", async () => {
    const path = file("old.json", loose);
    const baseline = join(folder, "baseline.json");
    expect(await lint(path, "--write-baseline", baseline)).toMatchObject({ status: 0, stdout: "" });
    writeFileSync(path, `\n\n${loose}`);
    expect(await lint(path, "--baseline", baseline)).toMatchObject({ status: 0 });
    writeFileSync(path, `${loose}{ 'enum': 'New', 'data': [] }\n`);
    const { status, stdout } = await lint(path, "--baseline", baseline, "--format", "json");
    expect(status).toBe(100);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ message: "no command or event reaches 'New'" }),
    ]);
  });

  it("takes levels from a configuration, and those of the command line over them", async () => {
    const path = file("configured.json", loose);
    const rules = { "unused-type": "off", "trailing-space": "off", "x-prefix-without-unstable": "off" };
    const config = file("qapi.config.json", JSON.stringify({ lint: { rules } }));
    expect(await lint(path, "--config", config)).toMatchObject({ status: 0 });
    expect(await lint(path, "--config", config, "--rule", "unused-type=warn")).toMatchObject({ status: 100 });
  });

  it.each([
    [["--rule", "unused-typ=warn"], 2, "'unused-typ' is no rule; did you mean 'unused-type'?"],
    [["--rule", "unused-type=loud"], 2, "'loud' is no level: error, warn, info, off"],
    [["--baseline", join(folder, "none.json")], 1, "No such file or directory"],
    [["--baseline", join(folder, "loose.json")], 1, "loose.json:1:3: "],
    [["--baseline", file("b.json", '[{"rule": "x"}]')], 1, "b.json:1:2: 0 lacks 'file'\n"],
    [["--config", join(folder, "none.json")], 1, "there is no such file"],
  ])("%j: exit %i, and says why", async (words, status, says) => {
    const outcome = await lint(file("loose.json", loose), ...words);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toContain(says);
  });

  it("never says clean of what it could not read", async () => {
    const bad = file("bad.json", "{ 'enum': 'Bad' }\n");
    expect(await lint(bad)).toMatchObject({ status: 1, stdout: "" });
    const { status, stderr } = await lint(
      file("told.json", '[ { "name": "int", "meta-type": "builtin", "json-type": "int" } ]'),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("needs the QAPI schema itself");
  });
});
