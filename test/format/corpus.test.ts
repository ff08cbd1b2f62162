import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { describe, expect, it } from "vitest";
import { formatSchema } from "../../src/format/format-schema.js";
import { layoutTokens } from "../../src/format/layout-tokens.js";
import { parseProblems } from "../../src/format/parse-problems.js";
import * as plugin from "../../src/format/prettier-plugin.js";
import { schemaUnits } from "../../src/format/schema-units.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { compileSchema } from "../../src/qapi/index.js";
import { nodeHost } from "../../src/qapi/load/node-host.js";
import { sectionTextOfToday } from "../../src/qapi/parse/doc-indentation.js";
import { corpus } from "../support/shared-data.js";

const root = corpus ?? "";
const releases =
  corpus === undefined ? [] : readdirSync(join(root, "releases")).map((name) => `releases/${name}`);
const schemas = ["qemu-10.2.2", "qemu-7.2", ...releases].flatMap((version) =>
  ["qapi", "qga", "storage-daemon", "storage-daemon/qapi"].flatMap((kind) => {
    try {
      const path = join(root, version, kind, "qapi-schema.json");
      readFileSync(path);
      return [{ name: `${version}/${kind}`, path }];
    } catch {
      return [];
    }
  }),
);

/** A dump of the schema as `qapi dump` prints it, its files as they are or formatted. */
function dumpOf(path: string, change: (text: string) => string): string {
  const host = { ...nodeHost, read: (file: string) => change(Buffer.from(nodeHost.read(file)).toString()) };
  const strict = compileSchema(path, { host, docRules: "strict" });
  if (strict.schema !== undefined) return dumpSchema(strict.schema);
  const { schema } = compileSchema(path, { host, docRules: "lenient" });
  return dumpSchema(schema!, ({ kind, heading, text }) =>
    kind === "plain" && heading === undefined ? text : sectionTextOfToday(text),
  );
}

/** The words of all comments in a file, in order. */
function commentsOf(text: string): string[] {
  return schemaUnits(text)
    .flatMap(({ kind, start, end }) => {
      if (kind !== "expression") return text.slice(start, end).split(/[#\s]+/);
      return layoutTokens(text, start, end).flatMap((token) =>
        token.kind === "comment" ? [token.text] : [],
      );
    })
    .filter((word) => word !== "");
}

describe.skipIf(corpus === undefined)("QEMU's schemas, formatted", () => {
  const folder = join(root, "qemu-10.2.2/qapi");
  const files = corpus === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".json"));
  const texts = files.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

  it.each(schemas)("mean the same: $name", ({ path }) => {
    for (const strict of [false, true]) {
      const format = (text: string): string => formatSchema(text, { strict });
      expect(dumpOf(path, format) === dumpOf(path, (text) => text)).toBe(true);
    }
  });

  it.each(["qemu-10.2.2/qapi", "qemu-7.2/qapi", "qemu-10.2.2/tests/qapi-schema"])(
    "keep their comments, and change no more when formatted again: %s",
    (name) => {
      for (const file of readdirSync(join(root, name)).filter((each) => each.endsWith(".json"))) {
        const text = readFileSync(join(root, name, file), "utf8");
        if (parseProblems(file, text).length > 0) continue;
        for (const options of [{}, { strict: true }, { docsOnly: true }, { reflow: true }]) {
          const formatted = formatSchema(text, options);
          expect(formatSchema(formatted, options)).toBe(formatted);
          expect(commentsOf(formatted)).toEqual(commentsOf(text));
        }
      }
    },
  );

  it("change as little as the canon allows", () => {
    let definitions = 0;
    let [same, docsChanged] = [0, 0];
    for (const { text } of texts) {
      const formatted = formatSchema(text);
      const [before, after] = [schemaUnits(text), schemaUnits(formatted)];
      before.forEach(({ kind, start, end }, i) => {
        const was = text.slice(start, end);
        const isSame = was === formatted.slice(after[i]!.start, after[i]!.end);
        if (kind === "doc" && !isSame) docsChanged++;
        if (kind !== "expression" || /^\{\s*'(include|pragma)'/.test(was)) return;
        definitions++;
        if (isSame) same++;
      });
    }
    expect(definitions).toBe(1011);
    expect(same).toBeGreaterThanOrEqual(556);
    expect(docsChanged).toBeLessThanOrEqual(3);
  });

  it("are the same from prettier with the plugin", async () => {
    for (const { text } of texts) {
      for (const { options, own } of settings) {
        const formatted = await prettier.format(text, { parser: "qapi", plugins: [plugin], ...options });
        expect(formatted === formatSchema(text, own)).toBe(true);
      }
    }
  });
});

/** What the plugin calls the formatter's options. */
const settings = [
  { options: {}, own: {} },
  { options: { qapiStrict: true }, own: { strict: true } },
  { options: { qapiDocsOnly: true }, own: { docsOnly: true } },
];

describe("the plugin", () => {
  it("tells where a file does not parse", async () => {
    const attempt = prettier.format("{ 'struct': 'A'\n  'data': {} }\n", {
      parser: "qapi",
      plugins: [plugin],
    });
    await expect(attempt).rejects.toThrow(/\(2:3\)/);
  });
});
