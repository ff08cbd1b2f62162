import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { introspect } from "../../src/codegen/emit/introspect.js";
import { compileSchema, readSchema, SchemaSourceError } from "../../src/index.js";
import { writeJson } from "../../src/json/index.js";
import { parseSource } from "../../src/schema-source/source-form.js";
import { decideConditions } from "../../src/visitor/introspection.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-source-"));
const startedIn = process.cwd();
afterEach(() => {
  process.chdir(startedIn);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("what a source names", () => {
  const cases = [
    ["-", { kind: "stdin" }],
    ["qapi/schema.json", { kind: "file", path: "qapi/schema.json" }],
    ["there:12", { kind: "file", path: "there:12" }],
    ["localhost:4444", { kind: "address", address: "localhost:4444" }],
    ["[::1]:4444,server=on", { kind: "address", address: "[::1]:4444,server=on" }],
    ["unix:/run/vm", { kind: "address", address: "unix:/run/vm" }],
    ["/run/vm.qmp", { kind: "address", address: "/run/vm.qmp" }],
    ["git:v8.0:qapi/x.json", { kind: "git", revision: "v8.0", path: "qapi/x.json" }],
    ["git:origin/main:x:y.json", { kind: "git", revision: "origin/main", path: "x:y.json" }],
  ] as const;
  it.each(cases)("%s", (text, expected) => {
    const kinds = new Map([
      ["there:12", "other"],
      ["/run/vm.qmp", "socket"],
    ] as const);
    expect(parseSource(text, (path) => kinds.get(path as "there:12"))).toEqual(expected);
  });

  it.each(["", "git:", "git:main", "git:main:", "git::x.json"])("%j names nothing", (text) => {
    expect(() => parseSource(text, () => undefined)).toThrow(SchemaSourceError);
  });
});

const QAPI = "{ 'enum': 'Enum', 'data': [ 'a', 'b' ] }\n{ 'command': 'ask', 'data': { '*e': 'Enum' } }\n";

describe("introspection data", () => {
  const path = join(folder, "plain.json");
  let entries = "";
  beforeAll(() => {
    writeFileSync(path, QAPI);
    const { schema } = compileSchema(path);
    entries =
      schema === undefined
        ? ""
        : writeJson(decideConditions(introspect(schema, { unmask: false }), undefined));
  });

  const forms = {
    "the array": () => entries,
    "the reply": () => `{"return": ${entries}, "id": 1}`,
    "JSON Lines": () =>
      `{"QMP": {}}\n{"execute": "query-qmp-schema"}\n{"return": ${entries}}\n{"event": "X"}\n`,
    records: () =>
      `{"time": 1, "from": "client", "message": {}}\n{"time": 2, "message": {"return": ${entries}}}\n`,
    "documents over several lines": () =>
      `{\n  "execute": "query-qmp-schema"\n}\n\n${JSON.stringify({ return: JSON.parse(entries) as unknown }, undefined, 2)}\n`,
    "a pasted transcript": () => `-> {"execute": "query-qmp-schema"}\n<- {"return": ${entries}}\n`,
    "enums without values": () =>
      entries.replaceAll(/"values": ?\[[^\]]*\], ?/g, "").replaceAll(/, ?"values": ?\[[^\]]*\]/g, ""),
  };
  it.each(Object.entries(forms))("is read from %s", async (name, text) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text());
    const { schema, form, diagnostics } = await readSchema(file);
    expect({ form, diagnostics }).toEqual({ form: "introspection", diagnostics: [] });
    expect(schema?.definitions.get("ask")).toMatchObject({ kind: "command" });
  });

  it.each(['{"QMP": {}}\n{"return": {}}\n', '{"return": [{"name": 1}]}', '{"a": 1}'])(
    "is not in %s",
    async (text) => {
      const stdin = () => Promise.resolve(Buffer.from(text));
      await expect(readSchema("-", { stdin })).rejects.toThrow(
        /^<stdin>:\d+:\d+: not what query-qmp-schema returns: /,
      );
    },
  );

  it("may come by stdin, as a QAPI schema may", async () => {
    const read = async (text: string) =>
      (await readSchema("-", { stdin: () => Promise.resolve(Buffer.from(text)) })).form;
    expect([await read(entries), await read(QAPI)]).toEqual(["introspection", "qapi"]);
  });
});

describe("a revision", () => {
  const repository = join(folder, "repository");
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...words], {
      cwd: repository,
      stdio: "pipe",
    });
  beforeAll(() => {
    mkdirSync(join(repository, "qapi/sub"), { recursive: true });
    const write = (name: string, text: string) => {
      writeFileSync(join(repository, "qapi", name), text);
    };
    git("init", "-q", "-b", "trunk");
    write("main.json", "{ 'include': 'sub/one.json' }\n");
    write("sub/one.json", "{ 'include': '../two.json' }\n{ 'command': 'old' }\n");
    write("two.json", "{ 'command': 'second' }\n");
    write("broken.json", "{ 'include': 'sub/bad.json' }\n");
    write("sub/bad.json", "{ 'command': 'x', 'data': 'Nothing' }\n");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    git("tag", "v1");
    rmSync(join(repository, "qapi/sub"), { recursive: true });
    write("main.json", "{ 'command': 'new' }\n");
  });

  const commandsOf = async (source: string) => {
    const { schema } = await readSchema(source);
    return [...(schema?.definitions.values() ?? [])]
      .filter(({ kind }) => kind === "command")
      .map(({ name }) => name);
  };

  it.each([
    { from: ".", path: "qapi/main.json" },
    { from: ".", path: "./qapi/main.json" },
    { from: "qapi", path: "main.json" },
    { from: "qapi", path: "qapi/main.json" },
    { from: "..", path: "repository/qapi/main.json" },
    { from: "/", path: join(repository, "qapi/main.json") },
  ])("is read from $from by $path", async ({ from, path }) => {
    process.chdir(join(from === "/" ? "" : repository, from));
    expect(await commandsOf(`git:v1:${path}`)).toEqual(["second", "old"]);
    expect(await commandsOf(`git:trunk~0:${path}`)).toEqual(["second", "old"]);
  });

  it("names a file that has a problem with its revision", async () => {
    process.chdir(join(repository, "qapi"));
    const { diagnostics } = await readSchema("git:v1:broken.json");
    expect(diagnostics.map(({ span }) => span.file.path)).toEqual(["git:v1:./sub/bad.json"]);
  });

  it.each([
    { source: "git:v2:qapi/main.json", message: "there is no revision 'v2'" },
    { source: "git:--help:qapi/main.json", message: "there is no revision '--help'" },
    { source: "git:v1:qapi/other.json", message: "there is no file qapi/other.json at the revision 'v1'" },
    { source: "git:v1:qapi", message: "there is no file qapi" },
    { source: "git:v1:../../main.json", message: "../../main.json" },
  ])("is refused: $source", async ({ source, message }) => {
    process.chdir(repository);
    await expect(readSchema(source)).rejects.toThrow(message);
    await expect(readSchema(source)).rejects.toThrow(SchemaSourceError);
  });
});
