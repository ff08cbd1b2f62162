import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { validatorsEmitter } from "../../src/codegen/emit/validators/validators-emitter.js";
import type { Reuse } from "../../src/codegen/plan/emitter.js";
import type { GeneratedFile } from "../../src/codegen/file/generated-file.js";
import { generateFiles } from "../../src/codegen/index.js";
import { parseJson, writeJson, type JsonValue } from "../../src/json/index.js";
import { compileSchema } from "../../src/qapi/index.js";
import type { Schema, Type } from "../../src/qapi/schema/model.js";
import { fromJson, VisitError, type ValidationProblem } from "../../src/visitor/index.js";
import { compileText } from "../support/compile-text.js";
import { documentsOf, isInhabited, mutated } from "../support/documents.js";
import { SchemaVisits } from "../../src/live-schema/schema-visits.js";
import { importGenerated, writeGenerated } from "../support/generated-modules.js";
import { corpus } from "../support/shared-data.js";

const MAIN = `
{ 'include': 'shapes.json' }
{ 'struct': 'Numbers', 'data': {
    '*int': 'int', '*int8': 'int8', '*int16': 'int16', '*int32': 'int32', '*int64': 'int64',
    '*uint8': 'uint8', '*uint16': 'uint16', '*uint32': 'uint32', '*uint64': 'uint64', '*size': 'size',
    '*number': 'number' } }
{ 'struct': 'Plain', 'data': { 'str': 'str', 'bool': 'bool', '*any': 'any', '*list': [ 'Shape' ], '*null': 'null' } }
{ 'struct': 'Conditional', 'data': { 'here': { 'type': 'str', 'if': 'HERE' } } }
{ 'struct': 'Inherited', 'data': { 'constructor': 'str', '*to-string': 'str', '*valueOf': 'int' } }
{ 'pragma': { 'member-name-exceptions': [ 'Inherited' ] } }
{ 'alternate': 'Either', 'data': { 'text': 'Color', 'count': 'uint8', 'shape': 'Shape', 'none': 'null', 'list': [ 'str' ] } }
{ 'enum': 'Long', 'data': [ 'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september',
    'october', 'november', 'december', 'monday' ] }
{ 'command': 'draw', 'data': { 'what': 'Shape', '*how': 'Either' } }
`;

const SHAPES = `
{ 'enum': 'Color', 'data': [ 'red', 'green', 'blue' ] }
{ 'enum': 'Nothing', 'data': [ ] }
{ 'struct': 'Tree', 'data': { '*left': 'Tree', '*right': 'Tree', '*never': 'Nothing' } }
{ 'enum': 'Kind', 'data': [ 'point', 'circle', 'group' ] }
{ 'struct': 'Circle', 'data': { 'radius': 'uint32', '*color': 'Color' } }
{ 'union': 'Group', 'base': { 'members': [ 'Shape' ], 'order': 'Order' }, 'discriminator': 'order', 'data': { 'by-key': 'Key' } }
{ 'enum': 'Order', 'data': [ 'by-key', 'constructor' ] }
{ 'struct': 'Key', 'data': { 'key': 'str' } }
{ 'union': 'Shape', 'base': { 'kind': 'Kind', '*name': 'str' }, 'discriminator': 'kind',
  'data': { 'circle': 'Circle', 'group': 'Group' } }
`;

function generate(schema: Schema, reuse?: Reuse): GeneratedFile[] {
  return generateFiles(schema, [validatorsEmitter], { reuse });
}

const schema = compileText(MAIN, { "shapes.json": SHAPES });
const files = generate(schema);
const folder = writeGenerated(files);

type Validator = (value: unknown, problems?: ValidationProblem[]) => boolean;

async function validator(name: string): Promise<Validator> {
  const modules = await Promise.all(
    ["main", "shapes"].map((name) => importGenerated(folder, `validators/${name}.ts`)),
  );
  const found = modules.map((module) => module[name]).find((value) => value !== undefined);
  return found as Validator;
}

describe("generated validators", () => {
  it.each<[type: string, document: string]>([
    ["Numbers", '{"int": -9223372036854775808, "int64": 9223372036854775807, "int8": -128, "number": 1e300}'],
    [
      "Numbers",
      '{"uint64": 18446744073709551615, "size": -9223372036854775808, "uint8": 255, "number": 99999999999999999999}',
    ],
    ["Plain", '{"str": "", "bool": false, "any": {"x": [null]}, "null": null}'],
    ["Conditional", "{}"],
    ["Inherited", '{"constructor": "x"}'],
    ["Shape", '{"kind": "point", "name": "p"}'],
    [
      "Shape",
      '{"kind": "group", "members": [{"kind": "circle", "radius": 1}], "order": "by-key", "key": "k"}',
    ],
    ["Shape", '{"kind": "group", "members": [], "order": "constructor"}'],
    ["Tree", '{"left": {"right": {}}}'],
    ["DrawArguments", '{"what": {"kind": "point"}, "how": 7}'],
    ["Either", "null"],
    ["Either", '"red"'],
    ["Either", '["a"]'],
  ])("%s accepts %s", async (type, document) => {
    const validate = await validator(`validate${type}`);
    expect(validate(parseJson(document))).toBe(true);
  });

  it.each<[type: string, document: string, problems: string[]]>([
    ["Numbers", "[]", [" must be an object"]],
    [
      "Numbers",
      '{"int": 9223372036854775808, "uint8": -1, "int32": 0.5, "uint64": 18446744073709551616, "number": "1"}',
      [
        "/int must be an integer from -9223372036854775808 to 9223372036854775807",
        "/int32 must be an integer from -2147483648 to 2147483647",
        "/uint8 must be an integer from 0 to 255",
        "/uint64 must be an integer from -9223372036854775808 to 18446744073709551615",
        "/number must be a number",
      ],
    ],
    [
      "Plain",
      '{"bool": 0, "list": [{}], "nosuch": 1, "__proto__": 2}',
      [
        " lacks the member 'str'",
        "/nosuch is not expected here",
        "/__proto__ is not expected here",
        "/bool must be true or false",
        "/list/0 lacks the member 'kind'",
      ],
    ],
    ["Inherited", "{}", [" lacks the member 'constructor'"]],
    ["Inherited", '{"constructor": 1}', ["/constructor must be a string"]],
    ["Shape", "{}", [" lacks the member 'kind'"]],
    ["Shape", '{"kind": "square"}', ["/kind cannot be 'square', only 'circle', 'group', 'point'"]],
    ["Shape", '{"kind": 1}', ["/kind must be a string"]],
    [
      "Shape",
      '{"kind": "circle", "radius": -1, "color": "mauve", "key": "k"}',
      [
        "/key is not expected here",
        "/radius must be an integer from 0 to 4294967295",
        "/color cannot be 'mauve', only 'red', 'green', 'blue'",
      ],
    ],
    [
      "Shape",
      '{"kind": "group", "members": [{"kind": "point", "radius": 1}], "order": "by-key"}',
      [" lacks the member 'key'", "/members/0/radius is not expected here"],
    ],
    ["Long", '"octobre"', [" cannot be 'octobre'; did you mean 'october'?"]],
    ["Long", '"x"', [" cannot be 'x', only one of 13 known values"]],
    ["Tree", '{"left": {"right": {"never": "x"}}}', ["/left/right/never cannot have any value"]],
    ["Either", "true", [" must be a string or a number or an object or null or a list"]],
    ["Either", '"mauve"', [" cannot be 'mauve', only 'red', 'green', 'blue'"]],
    ["Either", "1.5", [" must be an integer from 0 to 255"]],
    ["Either", '{"kind": "circle"}', [" lacks the member 'radius'"]],
    ["DrawArguments", '{"how": [1]}', [" lacks the member 'what'", "/how/0 must be a string"]],
  ])("%s says what is wrong with %s", async (type, document, wanted) => {
    const validate = await validator(`validate${type}`);
    const problems: ValidationProblem[] = [];
    expect(validate(parseJson(document), problems)).toBe(false);
    expect(problems.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual(wanted);
    expect(validate(parseJson(document))).toBe(false);
  });

  it("takes a whole number for an integer, as JSON.parse gives it", async () => {
    const validate = await validator("validateNumbers");
    expect(validate({ int: 1, uint64: Number.MAX_SAFE_INTEGER, uint8: 255, number: 1 })).toBe(true);
    expect(validate({ int: 2 ** 53 })).toBe(false);
    expect(validate({ uint8: 256 })).toBe(false);
    expect(validate({ int8: 1.5 })).toBe(false);
  });

  it.each<[document: string, problem: string]>([
    ['{"int": 1.0}', "/int must be an integer from -9223372036854775808 to 9223372036854775807"],
    ['{"size": 1e2}', "/size must be an integer from -9223372036854775808 to 18446744073709551615"],
    ['{"uint8": -0.0}', "/uint8 must be an integer from 0 to 255"],
    ['{"uint8": 3e2}', "/uint8 must be an integer from 0 to 255"],
    ['{"uint64": 1e19}', "/uint64 wants a bigint: as a number, 10000000000000000000 is not exact"],
    ['{"int": 1e19}', "/int must be an integer from -9223372036854775808 to 9223372036854775807"],
  ])("has %s say no integer, as QEMU has it", async (document, problem) => {
    const validate = await validator("validateNumbers");
    const problems: ValidationProblem[] = [];
    expect(validate(parseJson(document), problems)).toBe(false);
    expect(problems.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([problem]);
  });

  it("says of a program's own number that is not exact what is wanted", async () => {
    const validate = await validator("validateNumbers");
    const problems: ValidationProblem[] = [];
    expect(validate({ uint64: 2 ** 60, uint8: 2 ** 60 }, problems)).toBe(false);
    expect(problems.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
      "/uint8 must be an integer from 0 to 255",
      "/uint64 wants a bigint: as a number, 1152921504606846976 is not exact",
    ]);
    // What was read is one thing, what a program puts in its place another.
    const document = parseJson('{"int": 1.0}') as Record<string, unknown>;
    document["int"] = 2;
    expect(validate(document)).toBe(true);
    expect(validate({ ...(parseJson('{"int": 1.0}') as object) })).toBe(true);
  });

  it("takes what a 64-bit type is said to be in memory", async () => {
    const scalars = { uint64: "string", int: "number" } as const;
    const folder = writeGenerated(generateFiles(schema, [validatorsEmitter], { scalars }));
    const library = await importGenerated(folder, "validators/main.ts");
    const validate = library["validateNumbers"] as Validator;
    expect(validate({ uint64: "18446744073709551615", int: 5 })).toBe(true);
    expect(validate({ uint64: 2n ** 64n - 1n, int: -5n })).toBe(true);
    expect(validate({ uint64: "18446744073709551616" })).toBe(false);
    expect(validate({ uint64: "1.0" })).toBe(false);
    expect(validate({ int: "5" })).toBe(false);
    expect(validate({ int: 2n ** 53n })).toBe(false);
    expect(validate({ int64: "5" })).toBe(false);
  });

  it("refuses what is nested too deeply to look into", async () => {
    const validate = await validator("validateTree");
    const problems: ValidationProblem[] = [];
    expect(validate(JSON.parse('{"left":'.repeat(100_000) + "{}" + "}".repeat(100_000)), problems)).toBe(
      false,
    );
    expect(problems).toEqual([{ pointer: "", message: "is nested too deeply", kind: "value" }]);
  });

  it("are code that evaluates nothing and needs only the runtime", () => {
    const compiled = files.filter(({ path }) => path.startsWith("validators/"));
    expect(compiled.map(({ path }) => path)).toEqual(["validators/main.ts", "validators/shapes.ts"]);
    for (const { text } of compiled) {
      const imported = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([, specifier]) => specifier);
      expect([...new Set(imported)].sort()).toEqual(
        text.includes("./shapes.js") ? ["./shapes.js", "qapi-ts/visitor"] : ["qapi-ts/visitor"],
      );
      expect(text).not.toMatch(/\brequire\(|\beval\(|new Function/);
    }
  });

  it("have types of their own, and are left to themselves by compiler and prettier", () => {
    const text = (path: string) => files.find((file) => file.path === path)?.text;
    expect(text(".prettierignore")).toContain("validators/main.ts\nvalidators/shapes.ts\n");
    expect(text("index.ts")).toMatch(
      /^export \{\n(?: {2}validate\w+,\n)+\} from "\.\/validators\/shapes\.js";$/m,
    );
    expect(text("validators/main.ts")).toContain("\n// @ts-nocheck\n");
    expect(text("validators/main.ts")).toContain(
      'validateDrawArguments(value: unknown, problems?: ValidationProblem[]): value is import("../types/main.js").DrawArguments<Sent> {',
    );
  });
});

describe("a second run", () => {
  it("gives the same", () => {
    expect(generate(schema)).toEqual(files);
  });

  it("makes afresh what changed, and takes the rest as it was made", () => {
    const known = new Map<string, string>();
    const made: string[] = [];
    const reuse: Reuse = (path, input, make) => {
      const key = `${path} ${input}`;
      if (!known.has(key)) made.push(path);
      const text = known.get(key) ?? make();
      known.set(key, text);
      return text;
    };
    expect(generate(schema, reuse)).toEqual(files);
    expect(made.splice(0)).toEqual(["validators/main.ts", "validators/shapes.ts"]);
    expect(generate(schema, reuse)).toEqual(files);
    expect(made).toEqual([]);
    const changed = compileText(MAIN.replace("'str': 'str'", "'str': 'int'"), { "shapes.json": SHAPES });
    expect(generate(changed, reuse)).toEqual(generate(changed));
    expect(made).toEqual(["validators/main.ts"]);
  });
});

describe("the committed validators", () => {
  it("are what compiling afresh gives", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const { schema } = compileSchema(join(root, "schema/qapi-schema.json"));
    if (schema === undefined) throw new Error("it does not compile");
    const compiled = generate(schema).filter(({ path }) => path.startsWith("validators/"));
    expect(compiled.length).toBeGreaterThan(0);
    for (const { path, text } of compiled) {
      const committed = readFileSync(join(root, "generated/qapi", path), "utf8");
      expect(committed === text, `${path} is stale: was FORMAT in compile-module.ts counted up?`).toBe(true);
    }
  });
});

describe("validators and visitors", () => {
  const descriptors = new SchemaVisits();

  async function agree(
    schema: Schema,
    folder: string,
    paths: readonly string[],
    numRuns: number,
  ): Promise<void> {
    const modules = await Promise.all(paths.map((path) => importGenerated(folder, path)));
    const validators = new Map(modules.flatMap((module) => Object.entries(module)));
    for (const definition of schema.definitions.values()) {
      const validate = validators.get(`validate${definition.name}`) as Validator | undefined;
      if (validate === undefined || !isInhabited(definition as Type)) continue;
      const type = definition as Type;
      const pairs = documentsOf(type).chain((document) => fc.tuple(fc.constant(document), mutated(document)));
      fc.assert(
        fc.property(pairs, ([document, changed]) => {
          expect(validate(document), writeJson(document)).toBe(true);
          expect(visits(type, document)).toBe(true);
          expect(validate(changed), `${type.name} ${writeJson(changed)}`).toBe(visits(type, changed));
        }),
        { numRuns },
      );
    }
  }

  function visits(type: Type, document: JsonValue): boolean {
    try {
      fromJson(descriptors.visitOf(type), document);
      return true;
    } catch (error) {
      if (error instanceof VisitError) return false;
      throw error;
    }
  }

  it("take the same numbers for integers, however they are written", async () => {
    const modules = await Promise.all(
      ["main", "shapes"].map((name) => importGenerated(folder, `validators/${name}.ts`)),
    );
    const validators = new Map(modules.flatMap((module) => Object.entries(module)));
    const digits = fc.oneof(fc.bigInt(-300n, 300n), fc.bigInt(-(2n ** 65n), 2n ** 65n)).map(String);
    const suffix = fc.constantFrom("", "", ".0", ".5", "e0", "E+1", "e-1", ".00e2");
    const literal = fc.tuple(digits, suffix).map((parts) => parts.join(""));
    const numbers = schema.definitions.get("Numbers");
    if (numbers?.kind !== "object") throw new Error("it is no struct");
    const member = fc.constantFrom(...numbers.members.map(({ name }) => name));
    const document = fc.oneof(
      fc
        .tuple(fc.constant("Numbers"), member, literal)
        .map(([type, name, text]) => [type, `{"${name}": ${text}}`]),
      // An alternate is checked by a function of its own, which must be told what holds the number.
      literal.map((text) => ["DrawArguments", `{"what": {"kind": "point"}, "how": ${text}}`]),
    );
    const typeOf = new Map<string, Type>([["Numbers", numbers]]);
    const draw = schema.definitions.get("draw");
    if (draw?.kind === "command" && draw.arguments !== undefined) typeOf.set("DrawArguments", draw.arguments);
    fc.assert(
      fc.property(document, ([name = "", text = ""]) => {
        const type = typeOf.get(name);
        const validate = validators.get(`validate${name}`) as Validator;
        if (type === undefined) throw new Error("it has no type");
        expect(validate(parseJson(text)), text).toBe(visits(type, parseJson(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it("accept the same documents", async () => {
    await agree(schema, folder, ["validators/main.ts", "validators/shapes.ts"], 200);
  });

  it.skipIf(corpus === undefined)("accept the same documents of QEMU's test schema", async () => {
    const path = join(corpus ?? "", "qemu-10.2.2/tests/qapi-schema/qapi-schema-test.json");
    const { schema } = compileSchema(path, { docRules: "lenient" });
    if (schema === undefined) throw new Error("it does not compile");
    const files = generate(schema);
    const paths = files.map((file) => file.path).filter((path) => path.startsWith("validators/"));
    await agree(schema, writeGenerated(files), paths, 30);
  });
});
