import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { compileSchema } from "../../../src/qapi/index.js";
import type { Definition, Schema } from "../../../src/qapi/schema/model.js";
import { memoryHost } from "../../support/memory-host.js";
import { schemaOf } from "../compile-text.js";

function get<K extends Definition["kind"]>(
  schema: Schema,
  kind: K,
  name: string,
): Extract<Definition, { kind: K }> {
  const found = schema.definitions.get(name);
  if (found?.kind !== kind) throw new Error(`no ${kind} ${name}`);
  return found as Extract<Definition, { kind: K }>;
}

describe("the resolved schema", () => {
  const schema = schemaOf({
    "schema.json": `{ 'include': 'sub/part.json' }
{ 'union': 'Shape', 'base': { 'kind': 'Kind', '*name': 'str' }, 'discriminator': 'kind', 'data': { 'box': 'Box' } }
{ 'command': 'draw', 'data': 'Shape', 'boxed': true, 'returns': [ 'Box' ], 'allow-oob': true }
{ 'event': 'DRAWN', 'data': { 'shapes': [ 'Shape' ] }, 'if': 'C' }
{ 'include': 'sub/part.json' }`,
    "sub/part.json": `{ 'struct': 'Heir', 'base': 'Box', 'data': { 'depth': 'size' } }
{ 'struct': 'Box', 'data': { 'w': 'int', '*h': { 'type': 'int', 'if': 'C', 'features': [ 'f' ] } } }
{ 'enum': 'Kind', 'data': [ 'dot', 'box', { 'name': 'line', 'if': 'C' } ], 'prefix': 'K' }
{ 'alternate': 'Either', 'data': { 'n': 'int', 'b': 'Box' } }`,
  });

  it("has the modules in the order in which they were met", () => {
    expect(schema.modules.map(({ name }) => name)).toEqual(["./builtin", "schema.json", "sub/part.json"]);
    const names = schema.modules.map(({ entities }) => entities.map(({ kind, name }) => `${kind} ${name}`));
    expect(names[1]).toEqual([
      "include sub/part.json",
      "object q_obj_Shape-base",
      "object Shape",
      "command draw",
      "array ShapeList",
      "object q_obj_DRAWN-arg",
      "event DRAWN",
      "include sub/part.json",
    ]);
    expect(names[2]).toEqual(["object Heir", "object Box", "enum Kind", "alternate Either", "array BoxList"]);
  });

  it("has names replaced by what they name", () => {
    const box = get(schema, "object", "Box");
    expect(get(schema, "object", "Heir").base).toBe(box);
    const draw = get(schema, "command", "draw");
    expect(draw.arguments).toBe(schema.definitions.get("Shape"));
    expect(draw.returns).toBe(schema.definitions.get("BoxList"));
    expect(get(schema, "array", "BoxList").element).toBe(box);
    expect(draw).toMatchObject({
      boxed: true,
      allowOob: true,
      gen: true,
      successResponse: true,
      coroutine: false,
    });
    expect(get(schema, "alternate", "Either").alternatives.map(({ type }) => type.name)).toEqual([
      "int",
      "Box",
    ]);
  });

  it("lists members with those of the base first", () => {
    const { members, localMembers } = get(schema, "object", "Heir");
    expect(members.map(({ name, optional }) => [name, optional])).toEqual([
      ["w", false],
      ["h", true],
      ["depth", false],
    ]);
    expect(localMembers.map(({ name }) => name)).toEqual(["depth"]);
    expect(members[1]).toMatchObject({ condition: "C", features: [{ name: "f", condition: undefined }] });
  });

  it("has a branch for every value of the tag", () => {
    const { form, base, members, variants } = get(schema, "object", "Shape");
    expect([form, base?.form, base?.name]).toEqual(["union", "implicit", "q_obj_Shape-base"]);
    expect(variants?.tag).toBe(members[0]);
    expect(
      variants?.branches.map(({ name, type, explicit, condition }) => [name, type.name, explicit, condition]),
    ).toEqual([
      ["box", "Box", true, undefined],
      ["dot", "q_empty", false, undefined],
      ["line", "q_empty", false, "C"],
    ]);
  });

  it("knows where things were written", () => {
    const { span } = get(schema, "object", "Box");
    expect(span?.file.path).toBe("sub/part.json");
    expect(span && span.file.line(span.start)).toBe(2);
    expect(get(schema, "builtin", "int").span).toBeUndefined();
    expect(get(schema, "array", "intList").span).toBeUndefined();
    expect(get(schema, "array", "BoxList").span).toBeDefined();
  });

  it("gives implicit types the condition of what they were made for, and arrays that of their elements", () => {
    expect(get(schema, "object", "q_obj_DRAWN-arg").condition).toBe("C");
    expect(get(schema, "event", "DRAWN").arguments?.name).toBe("q_obj_DRAWN-arg");
    const conditional = schemaOf(
      "{ 'struct': 'Ss', 'data': { 'a': [ 'Tt' ] } }\n{ 'struct': 'Tt', 'if': 'T', 'data': {} }",
    );
    expect(get(conditional, "array", "TtList").condition).toBe("T");
  });
});

describe("module names", () => {
  it.each([
    ["main/schema.json", "../other/part.json", "../other/part.json"],
    ["main/schema.json", "sub/../part.json", "part.json"],
    ["main/schema.json", "/main/sub/part.json", "sub/part.json"],
    // QEMU takes a path that starts so for the name of a module of its own.
    ["./schema.json", "part.json", "./part.json"],
  ])("%s includes %s", (main, include, name) => {
    const host = memoryHost({
      [main]: `{ 'include': '${include}' }`,
      [posix.resolve("/", posix.dirname(main), include)]: "",
    });
    const { schema } = compileSchema(main, { host });
    expect(schema?.modules.map((module) => module.name).at(-1)).toBe(name);
  });
});

describe("names that JavaScript gives a meaning", () => {
  it("are ordinary names", () => {
    const schema = schemaOf(
      "{ 'pragma': { 'member-name-exceptions': [ 'Ss' ] } }\n" +
        "{ 'struct': 'Ss', 'data': { 'constructor': 'int', 'toString': 'str' } }",
    );
    expect(get(schema, "object", "Ss").members.map(({ name }) => name)).toEqual(["constructor", "toString"]);
  });
});
