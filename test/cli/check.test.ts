import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/cli/commands/check.js";
import { dump } from "../../src/cli/commands/dump.js";
import type { CliContext } from "../../src/cli/context.js";
import type { SchemaOptions } from "../../src/cli/report-diagnostics.js";
import { formatSchema } from "../../src/format/format-schema.js";
import { type CliOutcome, runCommand } from "../support/cli-run.js";

let folder = "";

const files = {
  "good.json": "{ 'struct': 'Point', 'data': { 'x': 'int' } }\n",
  "bad.json": "{ 'include': 'part.json' }\n",
  "part.json": "{ 'struct': 'Point', 'data': { 'x': 'imt' } }\n{ 'command': 'go', 'data': 'Pont' }\n",
  "documented.json": "##\n# @go:\n#\n# Returns: nothing\n##\n{ 'command': 'go' }\n",
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qapi-check-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `check`, with the folder's name taken out of what it writes. */
async function runCheck(names: string[], options: Partial<SchemaOptions> = {}): Promise<CliOutcome> {
  const paths = names.map((name) => join(folder, name));
  const outcome = await runCommand((context) =>
    check(paths, { diagnostics: "pretty", docRules: "strict", ...options }, context),
  );
  const short = (text: string): string => text.replaceAll(`${folder}/`, "");
  return { ...outcome, stdout: short(outcome.stdout), stderr: short(outcome.stderr) };
}

describe("qapi check", () => {
  it("says nothing of a good schema", async () => {
    expect(await runCheck(["good.json"])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(await runCheck(["good.json"], { diagnostics: "qemu" })).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(await runCheck(["good.json"], { diagnostics: "json" })).toEqual({
      status: 0,
      stdout: "[]\n",
      stderr: "",
    });
  });

  it("shows every problem in its place, in the pretty form", async () => {
    const { status, stdout, stderr } = await runCheck(["bad.json"]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("member 'x' uses unknown type 'imt'");
    expect(stderr).toContain("part.json:1:37\n");
    expect(stderr).toContain("{ 'command': 'go', 'data': 'Pont' }");
    expect(stderr).toContain("did you mean 'Point'?");
    expect(stderr).toMatch(/\n2 problems found\n$/);
  });

  it("shows the first problem as QEMU does", async () => {
    expect(await runCheck(["bad.json", "good.json"], { diagnostics: "qemu" })).toEqual({
      status: 1,
      stdout: "",
      stderr: `In file included from bad.json:1:
part.json: In struct 'Point':
part.json:1: member 'x' uses unknown type 'imt'
`,
    });
  });

  it("shows the problems of all schemas as one JSON array", async () => {
    const { status, stdout, stderr } = await runCheck(["bad.json", "missing.json"], { diagnostics: "json" });
    expect([status, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toEqual([
      {
        code: "type-unknown",
        severity: "error",
        message: "member 'x' uses unknown type 'imt'",
        file: "part.json",
        start: { line: 1, column: 37 },
        end: { line: 1, column: 42 },
        notes: [],
      },
      expect.objectContaining({ code: "type-unknown", message: "command's 'data' uses unknown type 'Pont'" }),
      expect.objectContaining({
        code: "unreadable-schema",
        message: "can't read schema file 'missing.json': No such file or directory",
        file: "missing.json",
      }),
    ]);
  });

  it("names the doc rules under which a schema would pass", async () => {
    const { status, stderr } = await runCheck(["documented.json"]);
    expect(status).toBe(1);
    expect(stderr).toContain("--doc-rules=lenient");
    expect(await runCheck(["documented.json"], { docRules: "lenient" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });
});

describe("qapi dump", () => {
  const runDump = (name: string, diagnostics: SchemaOptions["diagnostics"]): Promise<CliOutcome> =>
    runCommand((context) => dump(join(folder, name), { diagnostics, docRules: "lenient" }, context));

  it("prints the schema", async () => {
    const { status, stdout, stderr } = await runDump("good.json", "pretty");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/module good\.json\nobject Point\n {4}member x: int optional=False\n$/);
  });

  it("shows documentation that only lenient rules take in the indentation of today", async () => {
    const old =
      "##\n# @Old:\n# @value: one\n#         two\n#           - three\n#\n# Note: four\n##\n{ 'struct': 'Old', 'data': { 'value': 'int' } }\n";
    const today =
      "##\n# @Old:\n#\n# @value: one\n#     two\n#       - three\n#\n# Note: four\n##\n{ 'struct': 'Old', 'data': { 'value': 'int' } }\n";
    expect(formatSchema(old)).toBe(today);
    writeFileSync(join(folder, "old.json"), old);
    const before = await runDump("old.json", "pretty");
    expect(before).toMatchObject({ status: 0 });
    expect(before.stdout).toContain("    arg=value\none\n    two\n      - three\n");
    writeFileSync(join(folder, "old.json"), today);
    expect(await runDump("old.json", "pretty")).toEqual(before);
    const words = (context: CliContext) => dump("-", { diagnostics: "pretty", docRules: "lenient" }, context);
    const piped = await runCommand(words, { stdin: old });
    expect(piped.stdout.replace("<stdin>", "old.json")).toBe(before.stdout);
  });

  it("prints nothing of a bad one but what is wrong with it", async () => {
    const { status, stdout, stderr } = await runDump("bad.json", "qemu");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("part.json:1: member 'x' uses unknown type 'imt'\n");
  });
});
