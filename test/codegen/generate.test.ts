import { check } from "prettier";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import configSchema from "../../src/cli/generate/config.schema.json" with { type: "json" };
import { emitters, generate } from "../../src/codegen/generate.js";
import { loadEmitters, allProducts } from "../../src/codegen/products.js";
import type { Emitter } from "../../src/codegen/plan/emitter.js";
import { FileBuilder } from "../../src/codegen/file/file-builder.js";
import type { GeneratedFile } from "../../src/codegen/file/generated-file.js";
import { compileSchema } from "../../src/qapi/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { compileText } from "../support/compile-text.js";
import { corpus } from "../support/shared-data.js";
import { EVERYTHING } from "./everything.js";

const products = ["types", "visitors", "commands", "events"];
const everything = compileText(EVERYTHING["main.json"], EVERYTHING);

function textOf(files: readonly GeneratedFile[], path: string): string {
  const file = files.find((file) => file.path === path);
  expect(file, path).toBeDefined();
  return file?.text ?? "";
}

/** What is generated of one small definition, without the file's head. */
function emitted(schema: string, path: string): string {
  const files = generate(compileText(`{ 'pragma': { 'doc-required': false } }\n${schema}`), { products });
  return textOf(files, path).replace(/^\/\/.*\n(?:import[^;]*;\n)*\n/, "");
}

describe("types", () => {
  it.each<[string, string, string]>([
    [
      "an enum and the list of its values",
      `{ 'enum': 'Color', 'data': [ 'red', 'green' ] }`,
      `/** Defined in \`main.json\`, line 2. */
export type Color = "red" | "green";

/** Every value of {@link Color}, in the schema's order. */
export const valuesOfColor: readonly Color[] = /* @__PURE__ */ Object.freeze([
  "red",
  "green",
]);
`,
    ],
    [
      "a struct with a base",
      `{ 'struct': 'Sub', 'base': 'Super', 'data': { 'a-list': [ 'Super' ], '*x': 'number' } }
       { 'struct': 'Super', 'data': { 'any': 'any', 'yes': 'bool' } }`,
      `/** Defined in \`main.json\`, line 2. */
export interface Sub extends Super {
  "a-list": Super[];
  x?: number | undefined;
}

/** Defined in \`main.json\`, line 3. */
export interface Super {
  any: JsonValue;
  yes: boolean;
}
`,
    ],
    [
      "64-bit integers, which depend on the form",
      `{ 'struct': 'Some', 'data': { 'size': 'size', 'small': 'uint32', '*list': [ 'int' ] } }`,
      `/** Defined in \`main.json\`, line 2. */
export interface Some<F extends Form = Received> {
  size: F["int64"];
  small: number;
  list?: F["int64"][] | undefined;
}
`,
    ],
    [
      "a union: branches with data, the others, and those to come",
      `{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c', 'd' ] }
       { 'struct': 'Added', 'data': { 'x': 'str' } }
       { 'union': 'Un', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'b': 'Added' } }`,
      `
/** Defined in \`main.json\`, line 4. */
export type Un<F extends Form = Received> =
  | (UnBase<F> & { k: "b" } & Added)
  | (UnBase<F> & { k: "a" | "c" | "d" })
  | (UnBase<F> & { k: Unrecognized });
`,
    ],
    [
      "an alternate",
      `{ 'alternate': 'Either', 'data': { 's': 'bool', 'n': 'null', 'i': 'int' } }`,
      `/** Defined in \`main.json\`, line 2. */
export type Either<F extends Form = Received> = boolean | null | F["int64"];
`,
    ],
    [
      "a member under a condition, which nobody can demand",
      `{ 'struct': 'Some', 'data': { 'x': { 'type': 'str', 'if': { 'all': [ 'A', { 'not': 'B' } ] } } } }`,
      `  /** Only if \`A && !B\`. */
  x?: string | undefined;
`,
    ],
    [
      "marks",
      `{ 'struct': 'Some', 'data': { 'x': { 'type': 'str', 'features': [ 'deprecated', 'unstable', 'other' ] } } }`,
      `export interface Some {
  /**
   * @deprecated
   * @experimental
   */
  x: string;
}
`,
    ],
    ["nothing", `{ 'struct': 'Some', 'data': {} }`, `export interface Some {}\n`],
    ["no values", `{ 'enum': 'Ee', 'data': [] }`, `export type Ee = never;\n`],
  ])("%s", (_what, schema, text) => {
    expect(emitted(schema, "types/main.ts")).toContain(text);
  });
});

describe("visitors", () => {
  it("name members, tags and branches", () => {
    expect(
      emitted(
        `{ 'enum': 'Kk', 'data': [ 'a', { 'name': 'b', 'if': 'B' } ] }
         { 'struct': 'Aa', 'data': { '*x': [ 'uint8' ] } }
         { 'union': 'Uu', 'base': { 'k': 'Kk' }, 'discriminator': 'k',
           'data': { 'b': { 'type': 'Aa', 'if': 'B' } } }
         { 'alternate': 'Alt', 'data': { 's': 'Kk', 'u': 'Uu' } }`,
        "visitors/main.ts",
      ),
    ).toBe(`export const visitKk: EnumVisit<Kk> = /* @__PURE__ */ visitEnum(
  "Kk",
  valuesOfKk,
  {
    b: { condition: "B" },
  },
);

export const visitAa: ObjectVisit<Aa> = /* @__PURE__ */ visitObject(
  "Aa",
  () => ({
    members: [optional("x", visitArray(visitUint8))],
  }),
);

export const visitUuBase: ObjectVisit<
  UuBase<Exact>,
  UuBase,
  UuBase<Sent>
> = /* @__PURE__ */ visitObject("q_obj_Uu-base", () => ({
  members: [required("k", visitKk)],
}));

export const visitUu: ObjectVisit<
  Uu<Exact>,
  Uu,
  Uu<Sent>
> = /* @__PURE__ */ visitObject("Uu", () => ({
  base: visitUuBase,
  members: [],
  tag: "k",
  branches: [branch("b", visitAa, "B")],
}));

export const visitAlt: AlternateVisit<
  Alt<Exact>,
  Alt,
  Alt<Sent>
> = /* @__PURE__ */ visitAlternate("Alt", () => [
  alternative("s", visitKk),
  alternative("u", visitUu),
]);
`);
  });
});

describe("commands and events", () => {
  it("carry flags, features, conditions and docs", () => {
    const files = generate(everything, { products });
    const commands = textOf(files, "commands.ts");
    expect(commands).toContain(`  /**
   * See {@link draw}.
   * @deprecated
   */
  draw: { arguments: DrawArguments_<A>; returns: Duration<R> };
`);
    expect(commands).toContain(`
/**
 * Draw a \`Shape\`, or with \`quick\` only its outline:
 *
 * \`\`\`text
 * draw it
 * \`\`\`
 *
 * **Note:** This is **not** undone.
 *
 * Example: A point
 *
 * \`\`\`qmp
 * -> { "execute": "draw", "arguments": { "what": { "kind": "point" } } }
 * <- { "return": { "ms": 5 } }
 * \`\`\`
 *
 * Defined in \`main.json\`, line 39.
 *
 * @returns how long it took
 * @throws - GenericError: if there is no paper
 * @since 2.0
 * @deprecated Use \`paint\` instead.
 */
export const draw: CommandOf<Commands, "draw"> = {
  name: "draw",
  arguments: visitDrawArguments_,
  returns: visitDuration,
  allowOob: true,
  allowPreconfig: true,
  features: ["deprecated"],
};
`);
    expect(commands).toContain(`  "nothing-at-all": { arguments: undefined; returns: undefined };`);
    expect(commands).toContain(`
export const noAnswer: CommandOf<Commands, "no-answer"> = {
  name: "no-answer",
  successResponse: false,
  condition: { not: "CONFIG_ANSWER" },
};
`);
    expect(commands).toContain(`
export const commands: CommandVisits<Commands> = {
  draw: draw,
  "nothing-at-all": nothingAtAll,
`);
    expect(commands).toContain(`    arguments: OpenEndedArguments & { [name: string]: JsonValue | undefined };
`);
    const events = textOf(files, "events.ts");
    expect(events).toContain(`  SHAPE_DRAWN: ShapeDrawnData<F>;`);
    expect(events).toContain(`  POWERDOWN: {},`);
  });
});

describe("the whole output", () => {
  it("is the same for the same input", () => {
    expect(generate(everything)).toEqual(generate(compileText(EVERYTHING["main.json"], EVERYTHING)));
  });

  it("maps lines back to the schema", () => {
    const files = generate(everything, { products });
    const map = JSON.parse(textOf(files, "line-map.json")) as Record<string, Record<string, string>>;
    const lines = textOf(files, "commands.ts").split("\n");
    const [range] =
      Object.entries(map["commands.ts"] ?? {}).find(([, place]) => place === "main.json:39") ?? [];
    const [first = 0, last = 0] = (range ?? "").split("-").map(Number);
    expect(lines[first - 1]).toBe("  /**");
    expect(lines[last - 1]).toBe("  draw: { arguments: DrawArguments_<A>; returns: Duration<R> };");
  });

  it("holds nothing that turns type checking off", () => {
    for (const { path, text } of generate(everything)) {
      if (!path.endsWith(".ts")) continue;
      const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
      expect(code, path).not.toMatch(/\bany\b(?!["?:-])|\bas unknown\b/);
      // What ajv wrote is the one place that is not checked; its exports are.
      const off = path.startsWith("validators/") ? /@ts-(?:ignore|expect-error)/ : /@ts-\w+/;
      expect(text, path).not.toMatch(off);
      expect(text, path).not.toContain("eslint-disable");
    }
  });

  it.each<[string, Schema]>([
    ["the fixture", everything],
    ["our own schema", compiled("schema/qapi-schema.json")],
  ])("is as prettier would have it (%s)", async (_name, schema) => {
    await expectFormatted(generate(schema));
  });

  describe.skipIf(corpus === undefined)("of QEMU's schemas", () => {
    it.each(["qemu-10.2.2/tests/qapi-schema/qapi-schema-test.json", "qemu-10.2.2/qga/qapi-schema.json"])(
      "is as prettier would have it (%s)",
      async (path) => {
        await expectFormatted(
          generate(compiled(join(corpus ?? "", path)), {
            products: [...products, "json-schema", "introspect"],
          }),
        );
      },
      120_000,
    );
  });
});

describe("options", () => {
  const paths = (files: readonly GeneratedFile[]): string[] => files.map((file) => file.path);

  it("bring what a product needs", () => {
    expect(paths(generate(everything, { products: ["commands"] }))).toEqual([
      "commands.ts",
      "index.ts",
      "line-map.json",
      "types/main.ts",
      "types/types/shapes.ts",
      "visitors/main.ts",
      "visitors/types/shapes.ts",
    ]);
    expect(() => generate(everything, { products: ["java"] })).toThrow("there is no product java");
  });

  it("choose commands and events with what they reach", () => {
    const files = generate(everything, { products, commands: ["count-things"], events: ["SHAPE_DRAWN"] });
    expect(textOf(files, "commands.ts")).toContain('  name: "count-things",\n  returns: visitInt,\n');
    expect(textOf(files, "commands.ts")).not.toContain("draw");
    const types = textOf(files, "types/types/shapes.ts");
    expect(types).toContain("export type Shape<");
    expect(types).not.toContain("Child");
    expect(() => generate(everything, { events: ["NO_SUCH"] })).toThrow("the schema has no event NO_SUCH");
    expect(() => generate(everything, { commands: ["Shape"] })).toThrow("the schema has no command Shape");
  });

  it("leave out what is deprecated or unstable", () => {
    const files = generate(everything, { products, excludeDeprecated: true, excludeUnstable: true });
    expect(textOf(files, "commands.ts")).not.toContain("draw:");
    const types = textOf(files, "types/types/shapes.ts");
    expect(types).toContain('export type Status = "good" | "odd";');
    expect(types).not.toContain("old-one");
    expect(
      textOf(generate(everything, { products, excludeDeprecated: true }), "types/types/shapes.ts"),
    ).toContain('"bad"');
  });

  it("leave out what only commands and events needed that are left out", () => {
    const schema = compileText(
      `{ 'struct': 'Inner', 'data': { 'a': 'int' } }
{ 'struct': 'OldData', 'data': { 'inner': 'Inner', 'shared': ['Shared'] } }
{ 'struct': 'Shared', 'data': { 'a': 'int' } }
{ 'struct': 'Lone', 'data': { 'a': 'int' } }
{ 'command': 'old', 'data': { 'x': 'Inner' }, 'returns': 'OldData', 'features': [ 'deprecated' ] }
{ 'command': 'old-boxed', 'data': 'OldData', 'boxed': true, 'features': [ 'deprecated' ] }
{ 'event': 'OLD', 'data': { 'data': 'OldData' }, 'features': [ 'deprecated' ] }
{ 'command': 'kept', 'data': { 'shared': 'Shared' } }
`,
      {},
    );
    const names = (excludeDeprecated: boolean): string[] =>
      [
        ...textOf(generate(schema, { products, excludeDeprecated }), "types/main.ts").matchAll(
          /^export (?:interface|type) (\w+)/gm,
        ),
      ].map(([, name = ""]) => name);
    expect(names(false).sort()).toEqual([
      "Inner",
      "KeptArguments",
      "Lone",
      "OldArguments",
      "OldData",
      "OldData_",
      "Shared",
    ]);
    expect(names(true).sort()).toEqual(["KeptArguments", "Lone", "Shared"]);
  });

  it("name another runtime", () => {
    const text = textOf(generate(everything, { products, runtime: "#qapi/runtime.js" }), "visitors/main.ts");
    expect(text).toContain('from "#qapi/runtime.js"');
    expect(text).not.toContain("qapi-ts/visitor");
  });

  it("map 64-bit types to number", () => {
    const files = generate(everything, { products, scalars: { uint64: "number", int: "number" } });
    const types = textOf(files, "types/main.ts");
    expect(types).toContain("ms: number;");
    expect(types).toContain('size?: F["int64"] | undefined;');
    expect(textOf(files, "visitors/main.ts")).toContain('required("ms", asNumber(visitUint64))');
    expect(textOf(files, "commands.ts")).toContain(
      '"count-things": { arguments: undefined; returns: number };',
    );
  });

  it("map 64-bit types to decimal strings", () => {
    const files = generate(everything, { products, scalars: { uint64: "string", int: "string" } });
    expect(textOf(files, "types/main.ts")).toContain("ms: string;");
    expect(textOf(files, "visitors/main.ts")).toContain('required("ms", asString(visitUint64))');
    const commands = textOf(files, "commands.ts");
    expect(commands).toContain('"count-things": { arguments: undefined; returns: string };');
    expect(commands).toContain("returns: /* @__PURE__ */ asString(visitInt),");
  });

  it("let imports end in .ts, for who runs TypeScript as it is", () => {
    for (const { path, text } of generate(everything, { importExtension: ".ts" })) {
      expect(text, path).not.toMatch(/from "\.[^"]*\.js"|import\("\.[^"]*\.js"\)/);
    }
  });

  it("add products of one's own", () => {
    const listEmitter: Emitter = {
      name: "list",
      needs: ["types"],
      emit({ schema, plan }) {
        const file = new FileBuilder("list.ts", ["typeNames"]);
        const types = plan.modules.flatMap((module) => module.types);
        file.add(
          `export type Duration2 = ${types
            .filter((type) => type.name === "Duration")
            .map((type) => file.type(plan.typeSymbol(type)))
            .join()};`,
        );
        file.add(
          `export const commandCount = ${[...schema.definitions.values()].filter(({ kind }) => kind === "command").length};`,
        );
        return { files: [file], exported: ["list.ts"] };
      },
    };
    const files = generate(everything, { emitters: [listEmitter], products: ["list"] });
    expect(textOf(files, "list.ts")).toBe(`// Generated by qapi-ts. Do not edit.
import type { Duration } from "./types/main.js";

export type Duration2 = Duration;

export const commandCount = 7;
`);
    expect(textOf(files, "index.ts")).toContain('export * from "./list.js";');
  });

  it("load what is wanted and what others need, in one order", async () => {
    const names = async (wanted: readonly string[]) => (await loadEmitters(wanted)).map(({ name }) => name);
    expect(await names(["introspect", "types"])).toEqual([...products, "introspect"]);
    expect(await names(allProducts)).toEqual(allProducts);
    expect(emitters.map(({ name }) => name)).toEqual(allProducts);
  });

  it("are those that a configuration may name", () => {
    const { properties } = configSchema.properties.schemas.items;
    expect(properties.emit.items.enum).toEqual(allProducts);
  });
});

function compiled(path: string): Schema {
  const { schema } = compileSchema(path);
  if (schema === undefined) throw new Error(`${path} does not compile`);
  return schema;
}

async function expectFormatted(files: readonly GeneratedFile[]): Promise<void> {
  const ignored = files.find(({ path }) => path === ".prettierignore")?.text.split("\n") ?? [];
  const unformatted: string[] = [];
  for (const { path, text } of files) {
    if (ignored.includes(path) || path === ".prettierignore") continue;
    if (!(await check(text, { filepath: path }))) unformatted.push(path);
  }
  expect(unformatted).toEqual([]);
}
