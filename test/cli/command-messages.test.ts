import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { serve } from "../../src/server/index.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-stdin-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const schema = join(folder, "schema.json");
writeFileSync(schema, "{ 'command': 'c' }\n");

const run = (args: readonly string[], stdin = "{ 'command': 'c' }\n") =>
  runCommand((context) => runProgram(args, context), { stdin });

describe("stdin", () => {
  it.each<[string, string[]]>([
    ["the monitor's lines", ["hmp", "--schema", "-"]],
    ["the shell's lines", ["qmp", "shell", "nowhere", "--schema", "-"]],
    ["a client's messages", ["qmp", "serve", "--stdio", "--schema", "-"]],
    ["a client's messages", ["qmp", "serve", "--stdio", "--schema", schema, "--replies", "-"]],
  ])("is not read for a file where %s come from it: %j", async (what, args) => {
    expect(await run(args)).toEqual({
      status: 2,
      stdout: "",
      stderr: `qapi: stdin can be read only once: ${what} come from it, so no file can be '-'\n`,
    });
  });

  it("may be a file where it is nothing else", async () => {
    const { stderr } = await run(["hmp", "--schema", "-", "-c", "info status"]);
    expect(stderr).toBe("qapi: -: the schema has no command migrate-set-parameters\n");
  });
});

describe("qapi format", () => {
  it.each(["unix:/nowhere/at/all", "tcp:127.0.0.1:4444", "localhost:4444"])(
    "of %s: says what it is",
    async (address) => {
      const { status, stdout, stderr } = await run(["format", address]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(
        new RegExp(`^qapi: ${address} is the address of a live QEMU, .* can be formatted\n$`),
      );
    },
  );

  it("knows a live QEMU by its socket", async () => {
    const server = await serve({ listen: join(folder, "q") });
    expect((await run(["format", join(folder, "q")])).stderr).toContain("is the address of a live QEMU");
    await server.close();
  });
});

describe("outputs for programs", () => {
  it("exclude each other", async () => {
    const outcome = await run(["throttle", "simulate", "--json", "--csv"]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("cannot be used with option");
  });
});

describe("what is said of files", () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const changed = file("changed.json", "{ 'command': 'd' }\n");

  it.each<[what: string, args: string[], status: number, stderr: string]>([
    [
      "a log after no --used-by",
      ["third.json"],
      2,
      "qapi: two schemas are compared; logs come after --used-by\n",
    ],
    [
      "no log",
      ["--used-by", file("hello", "hello\n")],
      1,
      "qapi: DIR/hello:1:1: there is no message in it\n",
    ],
    [
      "a broken message",
      ["--used-by", file("broken", '(QEMU) \n  {"execute": }\n')],
      1,
      "qapi: DIR/broken:2:15: is not JSON: expected a value\n",
    ],
    [
      "no such log",
      ["--used-by", join(folder, "none")],
      1,
      "qapi: cannot read DIR/none: No such file or directory\n",
    ],
    [
      "an ignore file's line",
      ["--ignore", file("ignore", "# known\n  x y\n")],
      1,
      "qapi: DIR/ignore:2:3: 'x' is no fingerprint: 16 hexadecimal digits, as findings have\n",
    ],
    [
      "an entry that ignores nothing",
      ["--ignore", file("idle", "0123456789abcdef none\n")],
      100,
      "qapi: DIR/idle:1:1: nothing has the fingerprint 0123456789abcdef\n",
    ],
  ])("qapi breaking tells of %s", async (_what, args, status, stderr) => {
    const outcome = await run(["breaking", schema, changed, ...args]);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr.replaceAll(folder, "DIR")).toBe(stderr);
  });

  it("takes messages behind a prompt", async () => {
    const log = file("prompt", '(QEMU) {"execute": "c"}\n{"return": {}}\n(QEMU) \n');
    const { stdout, status } = await run(["breaking", schema, changed, "--used-by", log]);
    expect([status, stdout.includes("command-removed")]).toEqual([100, true]);
  });
});

describe("what is said of a place to listen at", () => {
  it("names what was asked for, and what is not there", async () => {
    const { status, stderr } = await run(["qmp", "serve", "--socket", join(folder, "nowhere", "q")]);
    expect([status, stderr.replaceAll(folder, "DIR")]).toEqual([
      1,
      "qapi: cannot reach DIR/nowhere: No such file or directory\n",
    ]);
  });
});
