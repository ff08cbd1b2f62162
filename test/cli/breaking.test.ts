import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { type CliOutcome, runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-breaking-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const old = file(
  "old.json",
  `{ 'enum': 'Mode', 'data': [ 'quick', 'slow' ] }
{ 'struct': 'Disk', 'data': { 'file': 'str', '*mode': 'Mode', '*cache': { 'type': 'str', 'features': [ 'deprecated' ] } } }
{ 'command': 'add-disk', 'data': 'Disk' }
{ 'command': 'query-disks', 'returns': ['Disk'] }
{ 'command': 'stop-all' }
{ 'event': 'FULL', 'data': { 'file': 'str' } }
`,
);
const next = file(
  "new.json",
  `{ 'enum': 'Mode', 'data': [ 'quick', 'fast' ] }
{ 'struct': 'Disk', 'data': { 'file': 'str', 'size': 'size', '*mode': 'Mode' } }
{ 'command': 'add-disk', 'data': 'Disk' }
{ 'command': 'query-disks', 'returns': ['Disk'] }
{ 'event': 'FULL', 'data': { 'file': 'str', 'at': 'int' } }
`,
);

const run = (...words: string[]): Promise<CliOutcome> =>
  runCommand((context) => runProgram(["breaking", ...words], context));

interface Found {
  readonly id: string;
  readonly level: string;
  readonly path: string;
  readonly fingerprint: string;
}

async function found(...words: string[]): Promise<Found[]> {
  const { stdout } = await run("--format", "json", ...words);
  return JSON.parse(stdout) as Found[];
}

const brief = (list: readonly Found[]): string[] =>
  list.map(({ level, id, path }) => `${level} ${id} ${path}`);

const all = [
  "breaking arg-added-mandatory query-disks/ret-type/size",
  "breaking enum-value-removed query-disks/ret-type/mode/^slow",
  "breaking member-removed query-disks/ret-type/cache",
  "breaking command-removed stop-all",
  "dangerous enum-value-added query-disks/ret-type/mode/^fast",
];

describe("qapi breaking", () => {
  it("tells what breaks, as JSON, with places on both sides", async () => {
    const list = await found(old, next);
    expect(brief(list).sort()).toEqual(
      all.map((line) => line.replace(/query-disks\/ret-type/, "add-disk/arg-type")).sort(),
    );
    expect(list.find(({ id }) => id === "member-removed")).toMatchObject({
      direction: "both",
      usedBy: ["add-disk", "query-disks"],
      announced: true,
      because:
        "clients of add-disk send this: QEMU refuses members that it does not know; " +
        "clients of query-disks read this: it does not come any more, if it ever came",
      old: { file: old, line: 2, column: 63 },
      new: { file: next, line: 2, column: 1 },
    });
    expect(list.find(({ id }) => id === "arg-added-mandatory")).toMatchObject({ usedBy: ["add-disk"] });
    expect(list.find(({ id }) => id === "enum-value-added")).toMatchObject({ usedBy: ["query-disks"] });
  });

  it("fails from a level on, not where there is nothing, and never for want of a schema", async () => {
    expect((await run(old, next)).status).toBe(100);
    expect(await run(old, old)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect((await run(old, old, "--format", "json")).stdout).toBe("[]\n");
    const mild = file("mild.json", `{ 'event': 'E' }`);
    const none = file("none.json", `{ 'command': 'c' }`);
    expect((await run(mild, none)).status).toBe(0);
    expect((await run(mild, none, "--fail-on", "dangerous")).status).toBe(100);
    const missing = await run(old, join(folder, "missing.json"));
    expect(missing).toMatchObject({ status: 1, stdout: "" });
    expect(missing.stderr).toContain("missing.json");
    expect((await run(old)).status).toBe(2);
    expect((await run(old, next, "--for", "everyone")).status).toBe(2);
    expect((await run(old, next, "third.json")).status).toBe(2);
  });

  it("lets pass what is ignored with a reason, until its day", async () => {
    const [first, second] = await found(old, next);
    const ignore = file(
      "ignore",
      `# what we know\n\n${first!.fingerprint} nobody here does that\n` +
        `${second!.fingerprint} until the next release until 2001-01-01\n0123456789abcdef was mended\n`,
    );
    const left = await found(old, next, "--ignore", ignore);
    expect(left.map(({ fingerprint }) => fingerprint)).not.toContain(first!.fingerprint);
    expect(left.map(({ fingerprint }) => fingerprint)).toContain(second!.fingerprint);
    const { stderr } = await run(old, next, "--ignore", ignore);
    expect(stderr).toBe(
      `qapi: ${ignore}:4:1: ignored until 2001-01-01, which is over\nqapi: ${ignore}:5:1: nothing has the fingerprint 0123456789abcdef\n`,
    );
    for (const [text, problem] of [
      [first!.fingerprint, "without a reason"],
      [`${first!.fingerprint} why until 2030-02-31`, "is no day"],
      ["fingerprint why", "is no fingerprint"],
    ] as const) {
      const bad = await run(old, next, "--ignore", file("bad", text));
      expect(bad).toMatchObject({ status: 1, stdout: "" });
      expect(bad.stderr).toMatch(/^qapi: \S+bad:1:1: /);
      expect(bad.stderr).toContain(problem);
    }
  });

  it("tells only what the clients of a log feel", async () => {
    const log = (name: string, ...messages: object[]): string =>
      file(name, messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
    const adds = log("adds", { execute: "add-disk", arguments: { file: "a", mode: "quick" } });
    const slow = log("slow", {
      time: 1,
      from: "client",
      message: { execute: "add-disk", arguments: { file: "a", mode: "slow" } },
    });
    const asks = file("asks", '-> { "execute": "query-disks" }\n<- {\n  "return": []\n}\n');
    expect(brief(await found(old, next, "--used-by", adds))).toEqual([
      "breaking arg-added-mandatory add-disk/arg-type/size",
    ]);
    expect(brief(await found(old, next, "--used-by", slow)).sort()).toEqual([
      "breaking arg-added-mandatory add-disk/arg-type/size",
      "breaking enum-value-removed add-disk/arg-type/mode/^slow",
    ]);
    expect(brief(await found(old, next, "--used-by", asks)).sort()).toEqual([
      "breaking member-removed query-disks/ret-type/cache",
      "dangerous enum-value-added query-disks/ret-type/mode/^fast",
    ]);
    expect(await found(old, next, "--used-by", adds, asks)).toHaveLength(3);
    expect(await found("--used-by", adds, old, next)).toHaveLength(1);
    expect(await run(old, next, "--used-by", file("no-log", "hello\n"))).toMatchObject({
      status: 1,
      stdout: "",
    });
  });

  it("compares one build where conditions are decided", async () => {
    const before = file("if-old.json", `{ 'command': 'c' }\n{ 'command': 'd' }`);
    const after = file("if-new.json", `{ 'command': 'c', 'if': 'C' }\n{ 'command': 'd', 'if': 'D' }`);
    expect(await found(before, after)).toEqual([]);
    expect(brief(await found(before, after, "--for", "introspection"))).toEqual([
      "note if-added c",
      "note if-added d",
    ]);
    expect(brief(await found(before, after, "--define", "C"))).toEqual(["breaking command-removed d"]);
  });

  it("compares a source and an introspection as far as both can say, and says so", async () => {
    const source = file(
      "source.json",
      `{ 'command': 'c', 'data': { 'x': 'int8' } }\n{ 'command': 'd', 'if': 'D' }`,
    );
    const build = file(
      "build.json",
      JSON.stringify([
        { name: "c", "meta-type": "command", "arg-type": "1", "ret-type": "0" },
        { name: "0", "meta-type": "object", members: [] },
        { name: "1", "meta-type": "object", members: [{ name: "x", type: "int" }] },
        { name: "int", "meta-type": "builtin", "json-type": "int" },
      ]),
    );
    const { stderr, stdout, status } = await run(source, build, "--format", "json");
    expect(stderr).toContain("widths of integers, conditions");
    expect(JSON.parse(stdout)).toMatchObject([
      {
        id: "command-removed",
        level: "dangerous",
        path: "d",
        because: expect.stringContaining("configuration") as string,
      },
    ]);
    expect(status).toBe(0);
    expect(await found(build, source)).toEqual([]);
  });

  it("writes release notes", async () => {
    const { stdout, status } = await run(old, next, "--changelog");
    expect(status).toBe(0);
    expect(stdout).toContain("## Incompatible\n\n- `add-disk`\n");
    expect(stdout).toContain(
      "  - member 'cache' is gone (`add-disk/arg-type/cache`), announced; also `query-disks`. Clients of",
    );
    expect(stdout).toContain("## New\n\n- `FULL`\n  - member 'at' is new (`FULL/arg-type/at`), int");
    expect((await run(old, old, "--changelog")).stdout).toContain("Nothing changed for clients.");
  });
});
