import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { INITIAL, Registry, type IGrammar, type StateStack } from "vscode-textmate";
import { formatSchema } from "../../src/format/format-schema.js";
import { corpus } from "../support/shared-data.js";

const editor = fileURLToPath(new URL("../../editors/vscode/", import.meta.url));
const grammarFiles: Readonly<Record<string, string>> = {
  "source.qapi": "syntaxes/qapi.tmLanguage.json",
  "source.qemu-hx": "syntaxes/hx.tmLanguage.json",
};

let qapi: IGrammar;
let hx: IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (scope) => {
      const name = grammarFiles[scope];
      if (name === undefined) return Promise.resolve(null);
      return Promise.resolve(JSON.parse(readFileSync(editor + name, "utf8")));
    },
  });
  const load = async (scope: string): Promise<IGrammar> => {
    const grammar = await registry.loadGrammar(scope);
    if (grammar === null) throw new Error(`there is no grammar ${scope}`);
    return grammar;
  };
  qapi = await load("source.qapi");
  hx = await load("source.qemu-hx");
});

/** A token's text, and its scopes without that of the file and the name of the language. */
interface Scoped {
  readonly text: string;
  readonly scopes: readonly string[];
}

function* scoped(grammar: IGrammar, text: string): Generator<Scoped[], StateStack> {
  let state: StateStack = INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(line, state, 0);
    expect(stoppedEarly).toBe(false);
    state = ruleStack;
    yield tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes: scopes.slice(1).map((scope) => scope.replace(/\.(?:qapi|hx)$/, "")),
    }));
  }
  return state;
}

/** The innermost scope of each token that is more than white space. */
function colours(grammar: IGrammar, text: string): string[] {
  return [...scoped(grammar, text)]
    .flat()
    .filter((token) => token.text.trim() !== "")
    .map((token) => `${token.text.trim()} ${token.scopes.at(-1) ?? "none"}`);
}

describe("the grammar of QAPI", () => {
  it("tells keywords, names, types, optional members and comments", () => {
    const text =
      "{ 'command': 'block-resize', # why\n  'data': { '*node': 'str', 'size': { 'type': 'int', 'if': 'Y' }, 'type': 'OnOff' },\n  'if': 'X', 'allow-oob': true }";
    expect(colours(qapi, text)).toEqual(
      expect.arrayContaining([
        "command storage.type",
        "block-resize entity.name.function",
        "# why comment.line.number-sign",
        "data keyword.other",
        "* keyword.operator.optional",
        "node variable.other.property",
        "str support.type.primitive",
        "'OnOff' string.quoted.single",
        "if keyword.other",
        "type keyword.other",
        "type variable.other.property",
        "true constant.language",
      ]),
    );
  });

  it.each([
    [
      "{ 'include': 'common.json' }",
      ["include keyword.control.import", "'common.json' string.quoted.single"],
    ],
    ["{ 'struct': 'Point', 'data': {} }", ["struct storage.type", "Point entity.name.type"]],
    [
      "{ 'pragma': { 'doc-required': true } }",
      ["pragma keyword.other", "doc-required variable.other.property"],
    ],
    ["{ 'enum': 'A', 'data': [ 'str' ] }", ["A entity.name.type"]],
  ])("%s", (text, wanted) => {
    expect(colours(qapi, text)).toEqual(expect.arrayContaining(wanted));
  });

  it("tells in documentation its members, tags, references, code and examples", () => {
    const text =
      "##\n# @migrate:\n#\n# Like `query-migrate`, with ``-d`` and @uri.\n#\n# @uri: where\n#\n# Since: 0.14\n#\n# .. qmp-example::\n#\n#     -> { \"execute\": \"migrate\" }\n##\n{ 'command': 'migrate' }";
    const all = colours(qapi, text);
    expect(all).toEqual(
      expect.arrayContaining([
        "@migrate variable.parameter.documentation",
        "`query-migrate` entity.name.type.documentation",
        "``-d`` markup.inline.raw",
        "@uri variable.parameter.documentation",
        "Since keyword.other.documentation",
        ".. qmp-example keyword.other.documentation",
        "-> keyword.operator.arrow.documentation",
        "command storage.type",
      ]),
    );
    expect(all.filter((each) => each.startsWith("@uri "))).toHaveLength(2);
  });

  it("ends documentation where it ends, closed or not", () => {
    for (const end of ["##\n", ""]) {
      const text = `##\n# @Ab:\n# 'x': @y\n${end}{ 'enum': 'Ab', 'data': [ 'z' ] }`;
      expect(colours(qapi, text)).toContain("Ab entity.name.type");
    }
  });

  it("takes marks and quotes for what they are where they stand", () => {
    expect(colours(qapi, "{ 'enum': 'A', 'data': [ 'a#b' ] } # 'c'")).toEqual(
      expect.arrayContaining(["'a#b' string.quoted.single", "# 'c' comment.line.number-sign"]),
    );
  });
});

describe("the grammar of .hx", () => {
  it("tells text from the table, and conditions from both", () => {
    const text =
      'HXCOMM no part\nDEFHEADING()\nSRST\n``info`` .cmd = "x"\nERST\n#if defined(X)\n    {\n        .name = "a\\"b",\n        .cmd        = hmp_a,\n    },\n#endif';
    expect(colours(hx, text)).toEqual(
      expect.arrayContaining([
        "HXCOMM no part comment.line",
        "DEFHEADING keyword.control",
        "SRST keyword.control",
        '``info`` .cmd = "x" markup.raw.block',
        "ERST keyword.control",
        "#if defined(X) meta.preprocessor",
        "name variable.other.property",
        '\\" constant.character.escape',
      ]),
    );
  });
});

const ownFolder = fileURLToPath(new URL("../../schema/", import.meta.url));
const folders = [
  ownFolder,
  ...["qemu-10.2.2/qapi", "qemu-10.2.2/qga", "qemu-7.2/qapi"].map((each) => join(corpus ?? "", each)),
];
const files = folders.flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(?:json|hx)$/.test(name))
        .map((name) => join(folder, name))
    : [],
);

describe("on whole schemas", () => {
  it("leaves nothing without a colour, and is through with every comment", () => {
    for (const path of files.filter((each) => each.endsWith(".json"))) {
      const lines = scoped(qapi, readFileSync(path, "utf8"));
      let step = lines.next();
      const bare: string[] = [];
      for (; step.done !== true; step = lines.next())
        for (const { text, scopes } of step.value)
          if (text.trim() !== "" && scopes.length === 0) bare.push(text);
      expect({ path, bare }).toEqual({ path, bare: [] });
      expect(step.value.depth).toBe(1);
    }
  });

  it("colours as the front end reads: names of definitions, members of documentation, comments", () => {
    for (const path of files.filter((each) => each.endsWith(".json"))) {
      const text = readFileSync(path, "utf8");
      const tokens = [...scoped(qapi, text)].flat();
      const named = tokens.filter(({ scopes }) =>
        /^entity\.name\.(?:type|function)$/.test(scopes.at(-1) ?? ""),
      );
      const defined =
        formatSchema(text).match(/^\{ *'(?:enum|struct|union|alternate|command|event)'/gm) ?? [];
      expect({ path, count: named.length }).toEqual({ path, count: defined.length });
      for (const line of scoped(qapi, text)) {
        const whole = line.map((token) => token.text).join("");
        if (!whole.startsWith("#")) continue;
        expect(line.every(({ scopes }) => scopes.some((scope) => scope.startsWith("comment.")))).toBe(true);
      }
    }
  });

  it("goes through command tables", () => {
    for (const path of files.filter((each) => each.endsWith(".hx"))) {
      const tokens = [...scoped(hx, readFileSync(path, "utf8"))].flat();
      expect(tokens.some(({ scopes }) => scopes.includes("markup.raw.block"))).toBe(true);
      expect(tokens.some(({ scopes }) => scopes.includes("variable.other.property"))).toBe(true);
    }
  });
});
