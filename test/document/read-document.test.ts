import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { documentModules } from "../../.build/documents.js";
import { DocumentError } from "../../src/document/document-error.js";
import { checkDocument, readDocument, type DocumentCheck } from "../../src/document/read-document.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

const checks = new Map<string, DocumentCheck>();
for (const path of documentModules().keys()) {
  const { check } = (await import(join(root, path))) as { check: DocumentCheck };
  checks.set(path.replace(/^.*\/|\.ts$/g, ""), check);
}
const formOf = (name: string) => ({ name: `the ${name}`, check: checks.get(name)! });

const problemsOf = (name: string, text: string): string[] => {
  try {
    readDocument(formOf(name), "f.json", text);
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.message.split("\n");
  }
};

describe("the checks of documents", () => {
  it.each([...documentModules()])("%s is what its JSON Schema makes", (path, text) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });
});

describe("a document", () => {
  it.each<[form: string, text: string, problems: readonly string[]]>([
    ["baseline", "[]", []],
    ["baseline", "[{]", ["f.json:1:3: expected a key in double quotes"]],
    ["baseline", "{}", ["f.json:1:1: the baseline must be array, not an object"]],
    [
      "baseline",
      '[\n {"rule": 1, "file": "a", "message": "b", "count": 0}]',
      ["f.json:2:11: 0.rule must be string, not 1", "f.json:2:52: 0.count must be a count above 0, not 0"],
    ],
    [
      "share-curve",
      "[]",
      [
        "f.json:1:1: the share-curve must be a list of [percentage, share] pairs, as in [[20, 0.8], [50, 0.5]]",
      ],
    ],
    ["share-curve", "[[20, 0.5], 7]", ["f.json:1:13: 1 must be a pair of a percentage and a share, not 7"]],
    [
      "scenario",
      '{"share": [[200, 0.5]]}',
      ['f.json:1:11: share must be "ideal", "recorded" or a list of [percentage, share] pairs'],
    ],
    ["scenario", '{"link": {"fail": "now"}}', ['f.json:1:19: link.fail must be "connect", not "now"']],
    ["scenario", '{"guest": {"ram": 99999999999999999999}}', []],
    ["configuration", '{"constructor": 1}', ["f.json:1:2: the configuration has no member 'constructor'"]],
    [
      "configuration",
      '{"lint": {"rules": {"a\\u001b\\n": 5}}}',
      ["f.json:1:34: lint.rules.a\\u001b\\n must be one of error, warn, info, off, on, not 5"],
    ],
  ])("%s: %s", (form, text, problems) => {
    const found = problemsOf(form, text);
    expect(found.map((line, i) => line.slice(0, problems[i]?.length))).toEqual(problems);
  });

  it("has places no more than it has text", () => {
    const told = () => {
      checkDocument(formOf("configuration"), "qapi.config.ts", { lint: 1 });
    };
    expect(told).toThrow(new DocumentError("qapi.config.ts", [{ message: "lint must be object, not 1" }]));
    expect(told).toThrow(/^qapi\.config\.ts: lint/);
  });

  it("with the same mistake many times over is told of some, in time", () => {
    const text = `[${Array(30_000).fill('{"name": "e", "meta-type": "enum"}').join(",\n")}]`;
    const problems = problemsOf("introspection", text);
    expect(problems).toHaveLength(20);
    expect(problems[1]).toMatch(/^f\.json:2:1: 1 must be /);
  });

  it("is taken, or refused with a place, whatever it is", () => {
    const json = fc.json({ maxDepth: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...checks.keys()), fc.oneof(json, fc.string()), (form, text) => {
        for (const line of problemsOf(form, text)) {
          expect(line).toMatch(/^f\.json:\d+:\d+: \S/);
          expect(line).not.toMatch(/\p{Cc}|undefined/u);
        }
      }),
    );
  });
});
