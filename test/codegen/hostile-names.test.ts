import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { GeneratedFile } from "../../src/codegen/file/generated-file.js";
import { generate } from "../../src/codegen/generate.js";
import { allProducts } from "../../src/codegen/products.js";
import { parseJson } from "../../src/json/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { fromJson, type Qapi, type TypeVisit } from "../../src/visitor/index.js";
import { compileText } from "../support/compile-text.js";
import { importGenerated, writeGenerated } from "../support/generated-modules.js";
import { typeErrors } from "../support/type-check.js";

// The runtime by its path: a folder of tests is no package that could import it by name.
const runtime = new URL("../../src/visitor/index.ts", import.meta.url).href;

const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith("__"));

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");
const members = (names: readonly string[], type: string): string =>
  names.map((name) => `'${name}': '${type}'`).join(", ");

/** Every name that each object inherits, as value, member, branch and command. */
const PROTOTYPE = `
{ 'pragma': { 'member-name-exceptions': [ 'Values', 'Noted', 'Members', 'Tagged' ] } }
{ 'enum': 'Values', 'data': [ ${quoted(INHERITED)} ] }
{ 'enum': 'Noted', 'data': [ ${INHERITED.map((name) => `{ 'name': '${name}', 'features': [ 'f' ] }`).join(", ")}, 'x' ] }
{ 'struct': 'Members', 'data': { ${members(INHERITED, "int8")} } }
{ 'struct': 'Text', 'data': { 'text': 'str' } }
{ 'union': 'Tagged', 'base': { 'tag': 'Values' }, 'discriminator': 'tag', 'data': { ${members(INHERITED, "Text")} } }
{ 'command': 'constructor', 'data': 'Members', 'returns': 'Tagged' }
`;

const GLOBALS =
  "Promise BigInt Array Object Function String Number Symbol Boolean Map Set Infinity Error Record Partial " +
  "Readonly Date Proxy Reflect NaNs Qapi CommandOf CommandVisits EventVisits CompiledCheck ValidationProblem " +
  "JsonValue Received Sent Exact Form Unrecognized Commands Events EnumVisit ObjectVisit";

/** Types called as what TypeScript, the runtime and the output call theirs. */
const TYPES = GLOBALS.split(" ")
  .map(
    (name, at, all) =>
      `{ 'struct': '${name}', 'data': { 'next': 'uint64', '*other': '${all[(at + 1) % all.length] ?? ""}' } }`,
  )
  .join("\n");

/** Commands called as reserved words, as helpers, and as what is made of types and other commands. */
const WORDS =
  "delete new class function return default export import this true void yield await async let static " +
  "arguments eval undefined commands events qapi introspection visit-foo values-of-kind validate-foo visit-array " +
  "run-check object-create require module exports package interface enum type of get set";

const COMMANDS = `
{ 'struct': 'Foo', 'data': { 'x': 'int' } }
{ 'enum': 'Kind', 'data': [ 'a' ] }
${WORDS.split(" ")
  .map((name) => `{ 'command': '${name}', 'data': { '*foo': 'Foo', '*kind': [ 'Kind' ] } }`)
  .join("\n")}
`;

const BUILTIN = `
{ 'struct': 'Ab', 'data': { 'a': 'QType', '*list': [ 'QType' ] } }
{ 'command': 'kinds', 'data': { '*of': 'Ab' } }
`;

const EMPTY = `
{ 'enum': 'None', 'data': [ { 'name': 'n', 'if': 'GONE' } ] }
{ 'alternate': 'Ab', 'data': { 'a': { 'type': 'int', 'if': 'GONE' }, 'b': { 'type': 'bool', 'if': 'GONE' } } }
{ 'union': 'Un', 'base': { 'tag': 'None' }, 'discriminator': 'tag', 'data': {} }
{ 'command': 'c', 'data': { '*x': 'Ab', '*y': 'Un' }, 'if': { 'not': 'GONE' } }
`;

const schemas: readonly (readonly [what: string, schema: Schema])[] = [
  ["names that every object inherits", compileText(PROTOTYPE)],
  ["types called as globals and helpers are", compileText(TYPES)],
  ["commands called as words of the language and as what is generated", compileText(COMMANDS)],
  ["a built-in enum", compileText(BUILTIN)],
  ["what conditions leave empty", compileText(EMPTY, {}, new Set())],
];

describe.each(schemas)("a library of a schema with %s", (_what, schema) => {
  it("loads", async () => {
    const library = await importGenerated(writeGenerated(generate(schema, { runtime })), "index.ts");
    const { commands } = library["qapi"] as Qapi<Record<string, unknown>, Record<string, unknown>>;
    for (const { kind, name } of schema.definitions.values()) {
      if (kind === "command") expect(Object.hasOwn(commands, name), name).toBe(true);
    }
  });

  it("has a valid JSON Schema", () => {
    const { text = "{}" } = generate(schema).find(({ path }) => path === "json-schema.json") ?? {};
    expect(new Ajv2020({ strict: false }).validateSchema(JSON.parse(text) as object)).toBe(true);
  });
});

describe("names that every object inherits", () => {
  it("are values, members, branches and commands like others", async () => {
    const library = await importGenerated(
      writeGenerated(generate(compileText(PROTOTYPE), { runtime })),
      "index.ts",
    );
    const check = (type: string, text: string): boolean => {
      const validate = library[`validate${type}`] as (value: unknown) => boolean;
      let isVisited = true;
      try {
        fromJson(library[`visit${type}`] as TypeVisit<unknown>, parseJson(text));
      } catch {
        isVisited = false;
      }
      expect(validate(parseJson(text)), text).toBe(isVisited);
      return isVisited;
    };
    for (const name of INHERITED) {
      expect(check("Values", `"${name}"`)).toBe(true);
      expect(check("Noted", `"${name}"`)).toBe(true);
      expect(check("Tagged", `{"tag": "${name}", "text": "x"}`)).toBe(true);
      expect(check("Tagged", `{"tag": "${name}"}`)).toBe(false);
      const all = INHERITED.map((each) => `"${each}": ${each === name ? '"x"' : "1"}`);
      expect(check("Members", `{${all.join()}}`)).toBe(false);
      const fewer = INHERITED.filter((each) => each !== name).map((each) => `"${each}": 1`);
      expect(check("Members", `{${fewer.join()}}`)).toBe(false);
    }
    expect(check("Members", `{${INHERITED.map((each) => `"${each}": 1`).join()}}`)).toBe(true);
    expect(check("Values", '"hasOwn"')).toBe(false);
  });
});

/** Each set of files that a choice of products gives; what products need comes along. */
function choices(schema: Schema): GeneratedFile[][] {
  const sets = new Map<string, GeneratedFile[]>();
  for (let bits = 1; bits < 2 ** allProducts.length; bits++) {
    const products = allProducts.filter((_product, at) => (bits & (1 << at)) !== 0);
    const files = generate(schema, { products });
    sets.set(files.map(({ path }) => path).join(), files);
  }
  return [...sets.values()];
}

describe("the compiler under the strictest flags", () => {
  it("takes all of these, and every choice of products", () => {
    const small = compileText(
      `{ 'enum': 'Kind', 'data': [ 'a' ] }
       { 'struct': 'Foo', 'data': { 'x': 'int', '*kind': 'Kind' } }
       { 'command': 'foo', 'data': 'Foo', 'returns': 'Foo' }
       { 'event': 'FOO', 'data': 'Foo' }`,
    );
    const chosen = choices(small);
    expect(chosen.length).toBeGreaterThan(20);
    // In one program, since loading the compiler's libraries is most of the work.
    const files = [...schemas.map(([, schema]) => generate(schema)), ...chosen].flatMap((library, at) =>
      library
        .filter(({ path }) => path.endsWith(".ts"))
        .map(({ path, text }) => ({ path: `${at}/${path}`, text })),
    );
    expect(typeErrors(files)).toEqual([]);
  }, 60_000);
});
