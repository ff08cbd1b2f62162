import { describe, expect, it } from "vitest";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { compileText, problemsOf } from "../compile-text.js";

describe("names that are defined twice", () => {
  it("are a problem whatever they define, with the first place as a note", () => {
    const { diagnostics } = compileText(`{ 'struct': 'Aa', 'data': {} }
{ 'enum': 'Aa', 'data': [] }
{ 'command': 'aa' }`);
    expect(diagnostics).toMatchObject([
      {
        code: "definition-duplicate",
        span: { start: 41 },
        notes: [{ message: "previous definition", span: { start: 0 } }],
      },
    ]);
    expect(renderQemu(diagnostics)).toBe(
      "schema.json: In enum 'Aa':\nschema.json:2: 'Aa' is already defined\n" +
        "schema.json: In struct 'Aa':\nschema.json:1: previous definition\n",
    );
  });

  it("show the way into the file of the first place", () => {
    const { diagnostics } = compileText({
      "schema.json": "{ 'include': 'part.json' }\n{ 'command': 'stop' }",
      "part.json": "{ 'command': 'stop' }",
    });
    expect(renderQemu(diagnostics)).toBe(
      "schema.json: In command 'stop':\nschema.json:2: 'stop' is already defined\n" +
        "In file included from schema.json:1:\npart.json: In command 'stop':\npart.json:1: previous definition\n",
    );
  });

  it.each([
    ["{ 'command': 'int' }", "1:14 definition-built-in: built-in type 'int' is already defined"],
    ["{ 'enum': 'QType', 'data': [] }", "1:11 definition-built-in: enum type 'QType' is already defined"],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("do not bring problems of the second definition's members and docs with them", () => {
    expect(
      problemsOf(`{ 'command': 'go', 'data': { 'a': 'int' } }
##
# @go:
#
# @b: speed
##
{ 'command': 'go', 'data': { 'b': 'int' } }`),
    ).toEqual(["7:14 definition-duplicate: 'go' is already defined"]);
  });
});

describe("unknown types", () => {
  it.each([
    ["{ 'struct': 'Ss', 'data': { 'a': 'Tt' } }", "1:34 type-unknown: member 'a' uses unknown type 'Tt'"],
    ["{ 'struct': 'Ss', 'data': { 'a': '' } }", "1:34 type-unknown: member 'a' uses unknown type ''"],
    ["{ 'struct': 'Ss', 'data': { 'a': [ 'Tt' ] } }", "1:36 type-unknown: struct uses unknown type 'Tt'"],
    ["{ 'struct': 'Ss', 'base': 'Tt', 'data': {} }", "1:27 type-unknown: 'base' uses unknown type 'Tt'"],
    ["{ 'command': 'go', 'data': { 'a': 'Tt' } }", "1:35 type-unknown: parameter 'a' uses unknown type 'Tt'"],
    ["{ 'command': 'go', 'data': 'Tt' }", "1:28 type-unknown: command's 'data' uses unknown type 'Tt'"],
    ["{ 'event': 'GO', 'data': 'Tt' }", "1:26 type-unknown: event's 'data' uses unknown type 'Tt'"],
    ["{ 'command': 'go', 'returns': 'Tt' }", "1:31 type-unknown: command's 'returns' uses unknown type 'Tt'"],
    ["{ 'command': 'go', 'returns': [ 'Tt' ] }", "1:33 type-unknown: command uses unknown type 'Tt'"],
    ["{ 'alternate': 'Aa', 'data': { 'a': 'Tt' } }", "1:37 type-unknown: branch 'a' uses unknown type 'Tt'"],
    // A command is no type.
    [
      "{ 'struct': 'Ss', 'data': { 'a': 'go' } }\n{ 'command': 'go' }",
      "1:34 type-unknown: member 'a' uses unknown type 'go'",
    ],
    [
      "{ 'union': 'Uu', 'base': { 'a': 'Tt' }, 'discriminator': 'a', 'data': {} }",
      "1:33 type-unknown: base member 'a' uses unknown type 'Tt'",
    ],
    [
      "{ 'struct': 'Ss', 'data': { 'a': [ 'intList' ] } }",
      "1:36 array-of-arrays: array type cannot have elements of array type 'intList'",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("are reported one by one, with suggestions", () => {
    const { diagnostics } = compileText(`{ 'enum': 'Colour', 'data': [ 'red' ] }
{ 'struct': 'Ss', 'data': { 'a': 'Color', 'b': 'uint46', 'c': 'Colour' } }`);
    expect(diagnostics.map(({ message, help }) => [message, ...help])).toEqual([
      ["member 'a' uses unknown type 'Color'", "did you mean 'Colour'?"],
      ["member 'b' uses unknown type 'uint46'", "did you mean 'uint16', 'uint64' or 'int16'?"],
    ]);
  });
});

describe("features", () => {
  it.each([
    [
      "{ 'command': 'go', 'features': [ 'a', 'a' ] }",
      "1:39 name-clash: feature 'a' collides with feature 'a'",
    ],
    // QEMU takes the member for a type.
    [
      "{ 'struct': 'Ss', 'data': { 'm': { 'type': 'int', 'features': [ 'a', 'a' ] } } }",
      "1:70 name-clash: feature 'a' of type 'm' collides with feature 'a' of type 'm'",
    ],
    [
      "{ 'enum': 'Ee', 'data': [], 'features': [ 'f', 'unstable' ] }",
      "1:48 feature-not-for-types: feature 'unstable' is not supported for types",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("are at most 64 in a schema, the two special ones included", () => {
    const features = (count: number): string =>
      Array.from({ length: count }, (_, index) => `'f${index}'`).join(", ");
    const text = (count: number): string =>
      `{ 'command': 'go', 'features': [ 'deprecated', ${features(30)} ] }\n{ 'command': 'no', 'features': [ ${features(count)} ] }`;
    expect(problemsOf(text(62))).toEqual([]);
    expect(problemsOf(text(63))).toEqual([
      expect.stringMatching(/^2:\d+ features-too-many: Maximum of 64 schema features is permitted$/),
    ]);
  });
});
