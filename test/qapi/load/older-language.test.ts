import { describe, expect, test } from "vitest";
import { renderPretty } from "../../../src/diagnostic/render/pretty.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import type { DocRules } from "../../../src/diagnostic/problems.js";
import { compileText } from "../compile-text.js";

const doc = "##\n# @Foo:\n#\n# Text. More text.\n#\n# Note: x\n##\n";
/** A definition that has a problem in any language. */
const wrong = "{ 'struct': 'bar', 'data': {} }\n";

describe("a schema of a QEMU before 6.2", () => {
  test.each<[string, string, string]>([
    ["a pragma of 5.x", "{ 'pragma': { 'returns-whitelist': [ 'x' ] } }\n", "pragma 'returns-whitelist'"],
    [
      "another",
      "{ 'pragma': { 'doc-required': false, 'name-case-whitelist': [] } }\n",
      "name-case-whitelist",
    ],
    [
      "a condition in C",
      "{ 'struct': 'Foo', 'data': {}, 'if': 'defined(CONFIG_X)' }\n",
      "'defined(CONFIG_X)'",
    ],
    [
      "a negated one",
      "{ 'struct': 'Foo', 'data': {}, 'if': '!defined(CONFIG_X)' }\n",
      "'!defined(CONFIG_X)'",
    ],
    ["a list", "{ 'struct': 'Foo', 'data': {}, 'if': [ 'defined(A)', 'defined(B)' ] }\n", "'defined(A)'"],
    [
      "one of a member",
      "{ 'struct': 'Foo', 'data': { 'a': { 'type': 'int', 'if': 'defined(A) && defined(B)' } } }\n",
      "'defined(A) && defined(B)'",
    ],
    [
      "one of a value",
      "{ 'enum': 'Foo', 'data': [ 'a', { 'name': 'b', 'if': 'defined(B)' } ] }\n",
      "'defined(B)'",
    ],
    [
      "one of a feature",
      "{ 'command': 'foo', 'features': [ { 'name': 'b', 'if': 'defined(B)' } ] }\n",
      "'defined(B)'",
    ],
    [
      "a union without base",
      "{ 'union': 'Foo', 'data': { 'a': 'int', 'b': [ 'str' ] } }\n",
      "a union without 'base'",
    ],
    ["a type for a struct", "{ 'type': 'Foo', 'data': { 'a': 'int' } }\n", "called 'type'"],
  ])("%s is told in one sentence", (_, text, sign) => {
    for (const docRules of ["strict", "lenient"] satisfies DocRules[]) {
      for (const schema of [text, wrong + text + wrong, doc + text]) {
        const { diagnostics } = compileText(schema, { docRules });
        expect(diagnostics.map(({ code }) => code)).toEqual(["schema-too-old"]);
        const shown = renderPretty(diagnostics);
        expect(shown).toContain(sign);
        expect(shown).toContain("before QEMU 6.2");
        expect(shown).toContain("live QEMU");
        expect(shown.split("\n").length).toBeLessThan(8);
      }
    }
  });

  test("is told in QEMU's words where these are asked for", () => {
    const { diagnostics } = compileText(`${wrong}{ 'command': 'x', 'if': 'defined(A)' }\n`);
    expect(renderQemu(diagnostics)).toBe(
      "schema.json: In struct 'bar':\nschema.json:1: name of struct must use CamelCase\n",
    );
  });

  test("may have more problems before than anybody reads", () => {
    const prose = "##\n# @Foo:\n#\n# Text. More text.\n##\n{ 'struct': 'Foo', 'data': {} }\n".repeat(600);
    const text = `${prose}{ 'struct': 'Bar', 'data': {}, 'if': 'defined(A)' }\n`;
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["schema-too-old"]);
    expect(compileText(prose).diagnostics.length).toBeGreaterThan(1);
  });

  test("may have its pragma in a file of its own", () => {
    const { diagnostics } = compileText({
      "schema.json": "{ 'include': 'pragma.json' }\n" + doc + "{ 'struct': 'Foo', 'data': {} }\n",
      "pragma.json": "{ 'pragma': { 'returns-whitelist': [ 'x' ] } }\n",
    });
    expect(diagnostics.map(({ code, span }) => [code, span.file.path])).toEqual([
      ["schema-too-old", "pragma.json"],
    ]);
  });
});

describe("what has problems, and no sign of age, keeps them", () => {
  test.each<[string, string, string]>([
    ["an unknown pragma", "{ 'pragma': { 'returns-exceptions': [] } }\n", "unknown-pragma"],
    ["a union without base", "{ 'union': 'Foo', 'discriminator': 'a', 'data': {} }\n", "key-missing"],
    ["a union without anything", "{ 'union': 'Foo', 'data': {} }\n", "key-missing"],
    ["a list of conditions", "{ 'struct': 'Foo', 'data': {}, 'if': [ 'A', 'B' ] }\n", "if-not-condition"],
    [
      "a condition in lower case",
      "{ 'struct': 'Foo', 'data': {}, 'if': 'undefined' }\n",
      "if-not-identifier",
    ],
  ])("%s", (_, text, code) => {
    expect(compileText(text).diagnostics[0]?.code).toBe(code);
  });

  test("a member called 'if' is no condition", () => {
    const text = "{ 'struct': 'Foo', 'data': { 'if': [ 'str' ], 'B': 'int' } }\n";
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["name-not-lower"]);
  });
});
