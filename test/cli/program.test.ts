import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { commandGroups, commandTable } from "../../src/cli/command-table.js";
import { runProgram } from "../../src/cli/program.js";
import { runCommand } from "../support/cli-run.js";

const qapi = (...argv: string[]) => runCommand((context) => runProgram(argv, context));
const folder = mkdtempSync(join(tmpdir(), "qapi-program-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("usage", () => {
  it.each([
    { argv: [], says: "Usage: qapi" },
    { argv: ["chekc"], says: "Did you mean check?" },
    { argv: ["check"], says: "missing required argument 'schema'" },
    { argv: ["check", "x.json", "--diagnostics", "loud"], says: "Allowed choices are pretty, qemu, json" },
    { argv: ["check", "--no-such-option", "x.json"], says: "unknown option '--no-such-option'" },
    {
      argv: ["hmp", "--profile", "qemu-0.1"],
      says: "'qemu-0.1' is not a profile; there are qemu-7.2, qemu-10.0, qemu-10.2",
    },
    { argv: ["hmp", "--sim-clock", "sundial"], says: "--sim-clock" },
    { argv: ["generate"], says: "name a schema" },
    { argv: ["qmp", "serve", "--socket", "x".repeat(108)], says: "must be less than 108 bytes" },
    { argv: ["qmp", "serve"], says: "--stdio, --socket, --tcp" },
    { argv: ["throttle", "simulate", "--ram", "much"], says: "ram: 'much' is not" },
  ])("refuses $argv with status 2", async ({ argv, says }) => {
    const { status, stdout, stderr } = await qapi(...argv);
    expect(stderr).toContain(says);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("says what is wrong in the style of its other messages", async () => {
    for (const argv of [
      ["chekc"],
      ["check"],
      ["history", "no-such-thing"],
      ["history", "--html", "x.html"],
    ]) {
      expect((await qapi(...argv)).stderr, argv.join(" ")).toMatch(/^qapi: /);
    }
  });

  it.each([
    ["check", "-", "-"],
    ["lint", "-", "-"],
    ["format", "-", "-"],
    ["breaking", "-", "-"],
    ["validate", "-", "--command", "stop", "-"],
    ["validate", "-", "--log", "-"],
    ["throttle", "simulate", "--scenario", "-", "--share", "-"],
  ])("refuses to read stdin twice: %s %s %s %s %s", async (...argv) => {
    const { status, stderr } = await runCommand((context) => runProgram(argv, context), {
      stdin: argv[0] === "throttle" ? "{}" : "{ 'command': 'stop' }\n",
    });
    expect(stderr).toContain("stdin can be read only once");
    expect(status).toBe(2);
  });

  it("takes several files for one option, and further options after them", async () => {
    const schema = file("served.json", "{ 'command': 'stop' }\n");
    const log = file("recorded", '{"execute": "stop"} {"return": {}}\n');
    for (const argv of [
      ["--replies", log, log, "--schema", schema, "--stdio"],
      ["--schema", schema, "--replies", log, "--stdio"],
      ["--stdio", "--schema", schema, "--replies", log],
    ]) {
      const { status, stderr } = await qapi("qmp", "serve", ...argv);
      expect(stderr).toBe("");
      expect(status).toBe(0);
    }
  });

  it("knows its version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await qapi("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  const commands = commandTable.map(({ name }) => name.split(" "));
  const groups = [...commandGroups.keys()].map((name) => [name]);

  it.each([[], ...groups, ...commands].map((words) => ({ words })))(
    "has help for $words",
    async ({ words }) => {
      const { status, stdout, stderr } = await qapi(...words, "--help");
      expect(stdout).toContain(["Usage: qapi", ...words].join(" "));
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    },
  );

  it.each(commandTable)("shows examples of $name that begin with it", async ({ name, examples }) => {
    const { stdout } = await qapi(...name.split(" "), "--help");
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example === name || example.startsWith(`${name} `)).toBe(true);
      expect(stdout).toContain(`  $ qapi ${example}\n`);
    }
  });
});

describe("outcomes", () => {
  const good = file("good.json", "{ 'struct': 'Point', 'data': { 'x': 'int', 'y': 'int' } }\n");
  const bad = file("bad.json", "{ 'struct': 'Point', 'data': { 'x': 'integer' } }\n");

  it("says nothing about a good schema", async () => {
    expect(await qapi("check", good)).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("fails on a bad schema", async () => {
    const { status, stdout, stderr } = await qapi("check", "--diagnostics=qemu", good, bad);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`${bad}: In struct 'Point':\n${bad}:1: `);
  });

  it("fails on a schema that is not there", async () => {
    const { status, stderr } = await qapi("check", join(folder, "nowhere.json"));
    expect(stderr).toContain("nowhere.json': No such file or directory");
    expect(status).toBe(1);
  });

  it("generates, finds it up to date, and finds what an edit makes stale", async () => {
    const schema = file("edited.json", "{ 'enum': 'Color', 'data': [ 'red' ] }\n");
    const output = join(folder, "out");
    const generate = (...more: string[]) => qapi("generate", schema, "-o", output, ...more);
    expect(await generate("--check")).toMatchObject({ status: 100 });
    expect(await generate()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\S+: 10 files: 10 written\n$/) as string,
      stderr: "",
    });
    expect(await generate("--check")).toEqual({ status: 0, stdout: "", stderr: "" });
    writeFileSync(schema, "{ 'enum': 'Color', 'data': [ 'red', 'green' ] }\n");
    const stale = await generate("--check");
    expect(stale.status).toBe(100);
    expect(stale.stdout).toMatch(/^differs .*\/types\/edited\.ts$/m);
  });

  // Node never comes back from making folders below /proc the short way.
  it.each([
    ["introspect", "--define", "A", good],
    ["introspect", good, "--define", "A", "B"],
    ["introspect", "--define", "A", "--define", "B", good, "--unmask"],
  ])("takes no schema for a name: %s %s %s %s", async (...argv) => {
    expect(await qapi(...argv)).toMatchObject({ status: 0, stderr: "" });
  });

  it.each([join(good, "below-a-file"), "/proc/nope"])("fails when it cannot write to %s", async (output) => {
    const { status, stderr } = await qapi("generate", good, "-o", output);
    expect(stderr).toMatch(/^qapi: cannot [a-z ]+ \S+: [A-Z]/);
    expect(status).toBe(1);
  });

  it.each([
    { lines: ["info version"], status: 0 },
    { lines: ["nonsense", "info version"], status: 1 },
  ])("tells by its status whether a monitor line was refused: $lines", async ({ lines, status }) => {
    const outcome = await qapi("hmp", ...lines.flatMap((line) => ["-c", line]));
    expect(outcome.stdout).toMatch(/\d+\.\d+\.\d+.*\n$/);
    expect(outcome).toMatchObject({ status, stderr: "" });
  });
});

describe("the process", () => {
  const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const start = (...argv: string[]) => spawn(process.execPath, ["--import", "tsx", main, ...argv]);

  it("answers all that came before stdin ended, and ends with it", async () => {
    const child = start("qmp", "serve", "--stdio");
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stdin.end(
      '{"execute": "qmp_capabilities"}\n' + '{"execute": "query-migrate-parameters"}\n'.repeat(500),
    );
    const [status] = (await once(child, "close")) as [number];
    const lines = stdout.split("\r\n");
    expect({ status, replies: lines.length, last: lines.at(-1) }).toEqual({
      status: 0,
      replies: 503,
      last: "",
    });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends a server on %s with status 0, and takes its socket away",
    async (signal) => {
      const socket = join(mkdtempSync(join(tmpdir(), "qapi-serve-")), "qmp");
      const child = start("qmp", "serve", "--socket", socket);
      await once(child.stderr, "data");
      expect(existsSync(socket)).toBe(true);
      child.kill(signal);
      const [status] = (await once(child, "close")) as [number];
      expect({ status, isThere: existsSync(socket) }).toEqual({ status: 0, isThere: false });
    },
  );

  it("hands bytes that are no character back as they came", async () => {
    const child = start("hmp");
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    // Latin-1, half a character, a lone surrogate, an overlong form, a separator of lines to Unicode.
    const words = ["caf\xe9", "\xc3", "\xed\xb2\x80", "\xf8\x88\x80\x80\x80", "a\xe2\x80\xa8b", "\xc3\xa9"];
    child.stdin.end(Buffer.from(words.map((word) => `${word}\n`).join(""), "latin1"));
    await once(child, "close");
    const expected = words.map((word) => `unknown command: '${word}'\n`).join("");
    expect(Buffer.concat(chunks).toString("latin1")).toBe(expected);
  });

  it("ends quietly when the reader of its output has gone", async () => {
    const child = start("hmp");
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on("error", () => undefined);
    child.stdin.write("info version\n");
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.end("help\n".repeat(20_000));
    const [status] = (await once(child, "close")) as [number];
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("says so when its output cannot be written", () => {
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" --import tsx "${main}" hmp -c "info version" > /dev/full`],
      { encoding: "utf8" },
    );
    expect(stderr).toMatch(/^qapi: cannot write to stdout: ENOSPC.*\n$/);
    expect(status).toBe(1);
  });

  it("ends at once on an interrupt", async () => {
    const child = start("hmp");
    child.stdin.write("info version\n");
    await once(child.stdout, "data");
    child.kill("SIGINT");
    const [status] = (await once(child, "close")) as [number];
    expect(status).toBe(130);
  });

  // No event loop turns while it computes, so nobody could heed a signal that was taken over.
  it.each(["SIGINT", "SIGTERM"] as const)("computes for seconds, and ends at once on %s", async (signal) => {
    const definitions = Array.from({ length: 400_000 }, (_, i) => `{ 'struct': 'S${i}', 'data': {} }\n`);
    const child = start("check", file("long.json", definitions.join("")));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill(signal);
    const ended = performance.now();
    const [status, by] = (await once(child, "close")) as [number | null, string | null];
    expect({ status, by }).toEqual({ status: null, by: signal });
    expect(performance.now() - ended).toBeLessThan(1000);
  });
});
