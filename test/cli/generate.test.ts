import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { generate } from "../../src/cli/commands/generate.js";
import type { GenerateCommandOptions } from "../../src/cli/generate/find-jobs.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-generate-"));
const out = join(folder, "out");
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(schema: string | undefined, options: Partial<GenerateCommandOptions> = {}) {
  return runCommand((context) =>
    generate(schema, { diagnostics: "qemu", docRules: "lenient", ...options }, context),
  );
}

file("types.json", "{ 'struct': 'Foo', 'data': { 'a': 'int', 'b': { 'type': 'str', 'if': 'HAVE_B' } } }\n");
const schema = file(
  "main.json",
  "{ 'include': 'types.json' }\n{ 'command': 'go', 'data': { 'foo': 'Foo' } }\n{ 'event': 'GONE' }\n",
);
const emit = ["types", "visitors", "commands", "events"];

describe("qapi generate", () => {
  it("writes a library, and says in a line what it did", async () => {
    const says = (what: string) => ({ status: 0, stdout: `${out}: ${what}\n`, stderr: "" });
    expect(await run(schema, { output: out, emit })).toEqual(says("8 files: 8 written"));
    expect(await run(schema, { output: out, emit })).toEqual(says("8 files, all up to date"));
    expect(await run(schema, { output: out, emit: ["types"] })).toEqual(
      says("4 files: 2 written, 4 removed"),
    );
    expect(await run(schema, { output: out, emit })).toEqual(says("8 files: 6 written"));
    expect(readdirSync(out).sort()).toEqual([
      "commands.ts",
      "events.ts",
      "index.ts",
      "line-map.json",
      "types",
      "visitors",
    ]);
  });

  it("makes every product by default", async () => {
    await run(schema, { output: out });
    const names = readdirSync(out);
    expect(names).toEqual(
      expect.arrayContaining(["validators", "json-schema.json", "introspect.ts", ".prettierignore"]),
    );
    expect(await run(schema, { output: out, check: true })).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("lists under --check what is stale, and writes nothing", async () => {
    const stale = await run(schema, { output: out, emit, check: true });
    expect(stale.status).toBe(100);
    expect(stale.stdout.split("\n")[0]).toBe(`missing ${join(out, "commands.ts")}`);
    expect(existsSync(out)).toBe(false);

    await run(schema, { output: out, emit });
    writeFileSync(join(out, "events.ts"), "edited");
    expect(await run(schema, { output: out, emit: ["types"], check: true })).toMatchObject({
      status: 100,
      stdout: [
        `extra ${join(out, "commands.ts")}`,
        `differs ${join(out, "index.ts")}`,
        `differs ${join(out, "line-map.json")}`,
        `extra ${join(out, "visitors/main.ts")}`,
        `extra ${join(out, "visitors/types.ts")}`,
        "",
      ].join("\n"),
    });
    expect(readFileSync(join(out, "events.ts"), "utf8")).toBe("edited");
  });

  it("decides conditions, and takes them from a file too", async () => {
    const type = (): string => readFileSync(join(out, "types/types.ts"), "utf8");
    await run(schema, { output: out, emit });
    expect(type()).toContain("b?: string | undefined");
    await run(schema, { output: out, emit, define: ["OTHER"] });
    expect(type()).not.toContain("b?");
    await run(schema, { output: out, emit, definesFile: file("defines", "# those\n\nHAVE_B # this one\n") });
    expect(type()).toContain("b: string");
  });

  it("reports what is wrong with a schema, and leaves the output as it was", async () => {
    await run(schema, { output: out, emit });
    const broken = file("broken.json", "{ 'struct': 'Foo', 'data': { 'a': 'nosuch' } }\n");
    const { status, stderr } = await run(broken, { output: out, emit });
    expect(status).toBe(1);
    expect(stderr).toContain("uses unknown type 'nosuch'");
    expect(existsSync(join(out, "commands.ts"))).toBe(true);
  });

  it.each<[string, string | undefined, Partial<GenerateCommandOptions>, string]>([
    ["no output", schema, {}, "say with -o DIR where the output goes\n"],
    ["an empty output", schema, { output: "" }, "say with -o DIR where the output goes\n"],
    [
      "no such product",
      schema,
      { output: out, emit: ["tpyes"] },
      "there is no product tpyes; there are types, visitors, validators, commands, events, json-schema, introspect\n",
    ],
    [
      "no such command",
      schema,
      { output: out, command: ["stop"] },
      `${schema}: the schema has no command stop\n`,
    ],
    [
      "a misspelt event",
      schema,
      { output: out, event: ["GON\u001b"] },
      `${schema}: the schema has no event GON\\u001b; did you mean 'GONE'?\n`,
    ],
    ["no schema", undefined, {}, "name a schema; there is no qapi.config.* here\n"],
    [
      "both ways at once",
      schema,
      { output: out, config: "x" },
      "name a schema or a configuration, not both\n",
    ],
    [
      "two modes at once",
      schema,
      { output: out, check: true, watch: true },
      "--check or --watch, not both\n",
    ],
  ])("refuses %s", async (_what, schema, options, stderr) => {
    expect(await run(schema, options)).toEqual({ status: 2, stdout: "", stderr: `qapi: ${stderr}` });
  });
});

describe("a configuration", () => {
  const schemas = [
    { schema: "main.json", output: "out/a", emit: ["types"], defines: ["HAVE_B"] },
    { schema: "types.json", output: "out/b", emit: ["types"], scalars: { int: "number" } },
  ];

  it.each<[string, string]>([
    ["qapi.config.json", JSON.stringify({ schemas })],
    ["qapi.config.js", `export default ${JSON.stringify({ schemas })};`],
    [
      "qapi.config.ts",
      `const config: { schemas: unknown[] } = ${JSON.stringify({ schemas })};\nexport default config;`,
    ],
  ])("may be %s", async (name, text) => {
    const { status, stderr } = await run(undefined, { config: file(name, text) });
    expect(status, stderr).toBe(0);
    expect(readFileSync(join(out, "a/types/types.ts"), "utf8")).toContain("b: string");
    expect(readFileSync(join(out, "b/types/types.ts"), "utf8")).toContain("a: number");
  });

  it.each<[string, string, string]>([
    ["text that is no JSON", '{\n  "schemas": [,]\n}', ":2:15: "],
    [
      "an unknown setting",
      '{ "schemas": [\n  { "schema": "a", "output": "b", "outptu": 1 } ] }',
      ":2:35: schemas.0 has no setting 'outptu'; did you mean 'output'?\n",
    ],
    ["a missing setting", '{ "schemas": [ { "schema": "a" } ] }', ":1:16: schemas.0 lacks 'output'\n"],
    [
      "a wrong value",
      '{ "schemas": [ { "schema": 1, "output": "b" } ] }',
      ":1:28: schemas.0.schema must be string, not 1\n",
    ],
    [
      "an object where a word belongs",
      '{ "schemas": [ { "schema": { "a": 1 }, "output": "b" } ] }',
      ":1:28: schemas.0.schema must be string, not an object\n",
    ],
    [
      "a value that is none of those allowed",
      '{ "schemas": [ { "schema": "a", "output": "b", "docRules": "lax" } ] }',
      ':1:60: schemas.0.docRules must be one of strict, lenient, not "lax"\n',
    ],
    [
      "a product that there is not",
      '{ "schemas": [ { "schema": "a", "output": "b", "emit": ["typ\\u001bes"] } ] }',
      ':1:57: schemas.0.emit.0 must be one of types, visitors, validators, commands, events, json-schema, introspect, not "typ\\u001bes"\n',
    ],
    ["nothing to do", '{ "schemas": [] }', ":1:14: schemas must be a list of one schema or more\n"],
  ])("with %s is refused, with its place", async (_what, text, message) => {
    const config = file("wrong.json", text);
    const { status, stderr } = await run(undefined, { config });
    expect(status).toBe(1);
    expect(stderr).toContain(`${config}${message}`);
  });

  it("that is not there, or no file, is named", async () => {
    expect(await run(undefined, { config: join(folder, "none.json") })).toMatchObject({
      status: 1,
      stderr: `qapi: ${join(folder, "none.json")}: there is no such file\n`,
    });
    expect(await run(undefined, { config: folder })).toMatchObject({
      status: 1,
      stderr: `qapi: ${folder} is a folder, not a configuration file\n`,
    });
  });

  it("that throws is told of", async () => {
    const config = file("throws.js", "throw new Error('no such luck');");
    expect(await run(undefined, { config })).toMatchObject({
      status: 1,
      stderr: `qapi: ${config}: no such luck\n`,
    });
  });
});

describe("qapi generate FILE.hx", () => {
  it("writes a table of commands", async () => {
    const table = file(
      "hmp-commands.hx",
      `    {\n        .name       = "stop|s",\n        .args_type  = "",\n        .params     = "",\n        .help       = "stop",\n        .cmd        = hmp_stop,\n    },\n`,
    );
    expect(await run(table, { output: out })).toEqual({
      status: 0,
      stdout: `${out}: 3 files: 3 written\n`,
      stderr: "",
    });
    expect(readdirSync(out).sort()).toEqual(["hmp-commands.ts", "index.ts", "line-map.json"]);
  });
});
