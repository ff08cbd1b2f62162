import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formatSchema } from "../../src/format/format-schema.js";
import { layoutTokens } from "../../src/format/layout-tokens.js";
import { parseProblems } from "../../src/format/parse-problems.js";
import { schemaUnits } from "../../src/format/schema-units.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { compileSchema } from "../../src/qapi/index.js";
import { memoryHost } from "../support/memory-host.js";
import { chance, withOtherBlanks, withOtherLines } from "../support/perturb-schema.js";
import { corpus } from "../support/shared-data.js";

/** Schemas of one file each, of which some mean something by themselves. */
const folders = [
  fileURLToPath(new URL("../../schema", import.meta.url)),
  ...["qemu-10.2.2/tests/qapi-schema", "qemu-7.2/qapi"].map((each) => join(corpus ?? "", each)),
];
const texts = folders.flatMap((folder) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
    .filter(({ name, text }) => !text.includes("\r") && parseProblems(name, text).length === 0),
);

/** The words of all comments, in order; marks do not count, which stand on lines of their own or not. */
function commentsOf(text: string): string[] {
  return schemaUnits(text)
    .flatMap(({ kind, start, end }) => {
      if (kind !== "expression") return [text.slice(start, end)];
      return layoutTokens(text, start, end).flatMap((token) =>
        token.kind === "comment" ? [token.text] : [],
      );
    })
    .flatMap((comment) => comment.split(/[#\s]+/))
    .filter((word) => word !== "");
}

/** What a file means by itself; undefined where it means nothing. */
function meaningOf(text: string): string | undefined {
  const { schema } = compileSchema("main.json", {
    host: memoryHost({ "main.json": text }),
    docRules: "strict",
  });
  return schema && dumpSchema(schema);
}

describe.each([{ strict: false }, { strict: true }])("formatting %j", (options) => {
  const format = (text: string): string => formatSchema(text, options);

  it("gives the same whatever blanks, empty lines and line ends there were", () => {
    for (const { name, text } of texts) {
      const wanted = format(text);
      for (const seed of [1, 2]) {
        const other = withOtherBlanks(text, chance(seed * text.length));
        expect({ name, seed, text: format(other) }).toEqual({ name, seed, text: wanted });
      }
    }
  });

  it("is done at once, keeps every comment, and means the same, wherever lines were broken", () => {
    let meaningful = 0;
    for (const { name, text } of texts) {
      const other = withOtherLines(text, chance(text.length));
      expect({ name, problems: parseProblems(name, other) }).toEqual({ name, problems: [] });
      const formatted = format(other);
      expect({ name, text: format(formatted) }).toEqual({ name, text: formatted });
      expect({ name, words: commentsOf(formatted) }).toEqual({ name, words: commentsOf(other) });
      const meaning = meaningOf(other);
      if (meaning === undefined) continue;
      meaningful++;
      expect({ name, meaning: meaningOf(formatted) }).toEqual({ name, meaning });
    }
    expect(meaningful).toBeGreaterThan(corpus === undefined ? 0 : 10);
  });

  it("of some lines lays out the definitions there as if all were, and leaves the others to the byte", () => {
    for (const { name, text } of texts.slice(0, 40)) {
      for (const lineEnd of ["\n", "\r\n"]) {
        const random = chance(text.length);
        const other = withOtherBlanks(text, random).replace(/\r?\n/g, lineEnd);
        const count = other.split("\n").length;
        const from = 1 + random(count);
        const lines = [{ from, to: from + random(10) }];
        const part = formatSchema(other, { ...options, lines });
        expect({ name, text: formatSchema(part, { ...options, lines: [] }) }).toEqual({ name, text: part });
        expect(format(part.replaceAll("\r", ""))).toBe(format(text));
        if (lineEnd === "\r\n") expect(part.replaceAll("\r\n", "")).not.toContain("\n");
      }
    }
  });
});

describe("comments between tokens", () => {
  it.each([
    [
      "{ 'enum': 'A', 'data': [ 'a' # x\n, 'b' ] }",
      "{ 'enum': 'A', 'data': [ 'a',  # x\n                         'b' ] }\n",
    ],
    ["{ 'enum' # x\n: 'A', 'data': [] }", "{ 'enum':  # x\n    'A', 'data': [] }\n"],
    [
      "{ # x\n'enum': 'A', 'data': [\n# y\n] # z\n} # end",
      "{  # x\n  'enum': 'A', 'data': [\n    # y\n  ]  # z\n}  # end\n",
    ],
  ])("%j", (before, after) => {
    expect(formatSchema(before)).toBe(after);
    expect(formatSchema(after)).toBe(after);
  });
});
