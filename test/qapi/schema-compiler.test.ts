import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it, test } from "vitest";
import { renderJson } from "../../src/diagnostic/render/json.js";
import { renderQemu } from "../../src/diagnostic/render/qemu.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { compileSchema, type Compilation, SchemaCompiler } from "../../src/qapi/index.js";
import type { SchemaHost } from "../../src/qapi/load/host.js";
import { memoryHost } from "../support/memory-host.js";
import { corpus } from "../support/shared-data.js";

/** Files that change, and a compiler that is told nothing of it. */
function project(files: Record<string, string>) {
  const host: SchemaHost = {
    read: (path) => memoryHost(files).read(path),
    absolute: (path) => memoryHost(files).absolute(path),
  };
  const compiler = new SchemaCompiler({ host, docRules: "strict" });
  return {
    files,
    compile: (): Compilation => compiler.compile("schema.json"),
    /** What a compiler says that has seen nothing before. */
    afresh: () => compileSchema("schema.json", { host, docRules: "strict" }),
  };
}

const parts = {
  "schema.json": "{ 'include': 'a.json' }\n{ 'include': 'b.json' }\n{ 'command': 'c', 'data': 'Aa' }\n",
  "a.json": "{ 'struct': 'Aa', 'data': { 'b': 'Bb' } }\n",
  "b.json": "##\n# @Bb:\n#\n# @x: y\n##\n{ 'struct': 'Bb', 'data': { 'x': 'int' } }\n",
};

describe("a compiler that lives", () => {
  test("parses what changed, and nothing else", () => {
    const { files, compile } = project({ ...parts });
    const before = compile();
    files["b.json"] = `${parts["b.json"]}{ 'struct': 'Cc', 'data': {} }\n`;
    const after = compile();
    expect(after.schema?.definitions.has("Cc")).toBe(true);
    expect(after.files.map((file, index) => file === before.files[index])).toEqual([true, true, false]);
    const [, , , first] = before.definitions;
    expect(after.definitions.includes(before.definitions[1]!)).toBe(true);
    expect(first && after.definitions.includes(first)).toBe(false);
  });

  test("says what a new one would say, edit after edit", () => {
    const { files, compile, afresh } = project({ ...parts });
    const edits: [keyof typeof parts | "d.json", string][] = [
      ["b.json", parts["b.json"].replace("'int'", "'Nope'")],
      ["b.json", parts["b.json"].replace("y\n", "\n")],
      ["b.json", `\n\n${parts["b.json"]}`],
      ["a.json", `{ 'include': 'd.json' }\n${parts["a.json"]}`],
      ["d.json", "{ 'struct': 'bad', 'data': { 'q_x': 'int' } } { 'enum': 'Ee', 'data': [ 'A' ] }\n"],
      ["d.json", "{ 'struct': 'Dd', 'data': { 'A': 'int' } }\n"],
      ["schema.json", `{ 'pragma': { 'member-name-exceptions': [ 'Dd' ] } }\n${parts["schema.json"]}`],
      ["d.json", "{ 'struct': 'Dd', 'data': { 'A': 'int' "],
      ["d.json", "##\n# @Dd:\n##\n{ 'struct': 'Dd', 'data': { 'A': 'int' } }\n{ 'include': 'a.json' }\n"],
      ["d.json", "##\n# @Dd:\n#\n# @A: x\n##\n{ 'struct': 'Dd', 'data': { 'A': 'int' } }\n"],
      ["schema.json", parts["schema.json"]],
      ["a.json", parts["a.json"]],
      ["b.json", parts["b.json"]],
    ];
    for (const [path, text] of [["a.json", parts["a.json"]] as const, ...edits]) {
      files[path] = text;
      const [lives, fresh] = [compile(), afresh()];
      expect(renderQemu(lives.diagnostics)).toBe(renderQemu(fresh.diagnostics));
      expect(renderJson(lives.diagnostics)).toBe(renderJson(fresh.diagnostics));
      expect(lives.schema && dumpSchema(lives.schema)).toBe(fresh.schema && dumpSchema(fresh.schema));
    }
  });

  test("finds a file where another directive reaches it now", () => {
    const { files, compile } = project({
      "schema.json": "{ 'include': 'a.json' }\n",
      "a.json": "{ 'include': 'b.json' }\n",
      "b.json": "{ 'struct': 'bad', 'data': {} }\n",
    });
    expect(renderQemu(compile().diagnostics)).toMatch(
      /^In file included from schema.json:1:\nIn file included from a.json:1:\nb.json/,
    );
    files["schema.json"] = "\n{ 'include': 'b.json' }\n";
    expect(renderQemu(compile().diagnostics)).toMatch(/^In file included from schema.json:2:\nb.json/);
  });

  test("gives what stands around broken text", () => {
    const { files, compile } = project({ ...parts });
    files["a.json"] =
      `${parts["a.json"]}{ 'struct': 'Broken', 'data': { 'x': \n\n{ 'enum': 'Ee', 'data': [ 'v' ] }\n`;
    const { schema, definitions, files: read } = compile();
    expect(schema).toBeUndefined();
    expect(definitions.flatMap((each) => (each.kind === "include" ? [] : [each.name]))).toEqual([
      "Aa",
      "Ee",
      "Bb",
      "c",
    ]);
    expect(read.map(({ file }) => file.path)).toEqual(["schema.json", "a.json", "b.json"]);
  });
});

describe.skipIf(corpus === undefined)("QEMU's schema under an editor", () => {
  const folder = join(corpus ?? "", "qemu-10.2.2", "qapi");
  it("is after random edits what a new compiler makes of it", () => {
    const files = Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
    const host = {
      read: (path: string): string => files[path] ?? "",
      absolute: (path: string): string => posix.resolve("/", path),
    };
    const compiler = new SchemaCompiler({ host, docRules: "strict" });
    const original = files["block-core.json"] ?? "";
    for (let round = 0; round < 12; round++) {
      const at = Math.floor((original.length * (round + 0.5)) / 12);
      files["block-core.json"] =
        round % 3 === 2 ? original : original.slice(0, at) + "x" + original.slice(at + (round % 2));
      const { diagnostics, schema } = compiler.compile("qapi-schema.json");
      const fresh = compileSchema("qapi-schema.json", { host, docRules: "strict" });
      expect(renderJson(diagnostics)).toBe(renderJson(fresh.diagnostics));
      expect(schema && dumpSchema(schema)).toBe(fresh.schema && dumpSchema(fresh.schema));
    }
  });
});
