import { describe, expect, it } from "vitest";
import { problemsOf, schemaOf } from "../compile-text.js";

const documented = (definition: string, name: string, ...lines: string[]): string =>
  [
    "##",
    `# @${name}:`,
    "#",
    ...lines.map((line) => (line === "" ? "#" : `# ${line}`)),
    "##",
    definition,
  ].join("\n");

const features = ["Features:", "", "@f: a feature"];

describe("doc comments and members", () => {
  it.each([
    documented("{ 'struct': 'Ss', 'data': { '*a': 'int' } }", "Ss", "@a: number"),
    documented("{ 'enum': 'Ee', 'data': [ 'a' ] }", "Ee", "@a: value"),
    documented("{ 'alternate': 'Aa', 'data': { 'a': 'int' } }", "Aa", "@a: branch"),
    documented("{ 'event': 'GO', 'data': { 'a': 'int' } }", "GO", "@a: argument"),
    documented(
      "{ 'command': 'go', 'data': { 'a': { 'type': 'int', 'features': [ 'f' ] } } }",
      "go",
      "@a: x",
      "",
      ...features,
    ),
    documented(
      "{ 'enum': 'Ee', 'data': [ { 'name': 'a', 'features': [ 'f' ] } ], 'features': [ 'f' ] }",
      "Ee",
      "@a: x",
      "",
      ...features,
    ),
    documented(
      "{ 'union': 'Uu', 'base': { 'a': 'QType' }, 'discriminator': 'a', 'data': { 'none': 'q_empty' } }",
      "Uu",
      "@a: tag",
    ),
    // What a named type has is documented there.
    documented("{ 'command': 'go', 'data': 'Ss' }", "go") + "\n{ 'struct': 'Ss', 'data': { 'a': 'int' } }",
    "{ 'pragma': { 'documentation-exceptions': [ 'Ss' ] } }\n" +
      documented("{ 'struct': 'Ss', 'data': { 'a': 'int' } }", "Ss"),
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    [
      documented("{ 'struct': 'Ss', 'data': { 'a': 'int' } }", "Ss"),
      "5:29 doc-member-missing: member 'a' lacks documentation",
    ],
    [
      documented("{ 'enum': 'Ee', 'data': [ 'a' ] }", "Ee"),
      "5:27 doc-member-missing: value 'a' lacks documentation",
    ],
    [
      documented("{ 'alternate': 'Aa', 'data': { 'a': 'int' } }", "Aa"),
      "5:32 doc-member-missing: branch 'a' lacks documentation",
    ],
    [
      documented("{ 'event': 'GO', 'data': { 'a': 'int' } }", "GO"),
      "5:28 doc-member-missing: member 'a' lacks documentation",
    ],
    [
      documented("{ 'command': 'go', 'features': [ 'f' ] }", "go"),
      "5:34 doc-feature-missing: feature 'f' lacks documentation",
    ],
    [
      documented(
        "{ 'command': 'go', 'data': { 'a': { 'type': 'int', 'features': [ 'f' ] } } }",
        "go",
        "@a: x",
      ),
      "6:66 doc-feature-missing: feature 'f' lacks documentation",
    ],
    [
      documented("{ 'command': 'go' }", "go", "@a: x"),
      "4:1 doc-member-surplus: documented member 'a' does not exist",
    ],
    [
      documented("{ 'command': 'go' }", "go", "@a: x", "@b: y"),
      "4:1 doc-member-surplus: documented members 'a', 'b' do not exist",
    ],
    [
      documented("{ 'command': 'go' }", "go", ...features),
      "6:1 doc-feature-surplus: documented feature 'f' does not exist",
    ],
    [
      documented("{ 'struct': 'Ss', 'base': 'Bb', 'data': {} }", "Ss", "@a: x") +
        "\n{ 'struct': 'Bb', 'data': { 'a': 'int' } }",
      "4:1 doc-member-surplus: documented member 'a' does not exist",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("need not match under lenient rules, but features must", () => {
    const lenient = (text: string): string[] => problemsOf(text, { docRules: "lenient" });
    expect(lenient(documented("{ 'struct': 'Ss', 'data': { 'a': 'int' } }", "Ss", "@b: x"))).toEqual([]);
    expect(lenient(documented("{ 'command': 'go', 'features': [ 'f' ] }", "go"))).toHaveLength(1);
    expect(lenient(documented("{ 'command': 'go' }", "go", ...features))).toHaveLength(1);
  });

  it("get an empty section for a member that they leave out, behind those of other members", () => {
    const text = documented(
      "{ 'struct': 'Ss', 'data': { 'a': 'int', 'b': 'int' } }",
      "Ss",
      "@b: x",
      "",
      "Since: 1.0",
    );
    const schema = schemaOf(text, { docRules: "lenient" });
    const doc = schema.definitions.get("Ss")?.doc;
    expect(doc?.sections.map(({ kind, name, text: words }) => [kind, name, words])).toEqual([
      ["plain", undefined, ""],
      ["member", "b", "x"],
      ["member", "a", ""],
      ["since", undefined, "1.0"],
    ]);
    expect(schema.docs[0]).toBe(doc);
  });
});
