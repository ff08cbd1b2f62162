import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const kind = "{ 'enum': 'Kind', 'data': [ 'a', 'b' ] }\n";
const union = (base: string, tag: string, data: string): string =>
  `${kind}{ 'union': 'Uu', 'base': ${base}, 'discriminator': '${tag}', 'data': ${data} }\n`;
const old = "{ 'pragma': { 'member-name-exceptions': [ 'Ss', 'Bb', 'Ee' ] } }\n";

describe("structs", () => {
  it.each([
    [
      "{ 'struct': 'Ss', 'base': 'Ss', 'data': {} }",
      "1:13 object-contains-itself: object Ss contains itself",
    ],
    [
      "{ 'struct': 'Aa', 'base': 'Bb', 'data': {} }\n{ 'struct': 'Bb', 'base': 'Aa', 'data': {} }",
      "1:13 object-contains-itself: object Aa contains itself",
    ],
    [
      "{ 'struct': 'Ss', 'base': 'int', 'data': {} }",
      "1:27 base-not-struct: 'base' requires a struct type, built-in type 'int' isn't",
    ],
    [
      `${kind}{ 'struct': 'Ss', 'base': 'Kind', 'data': {} }`,
      "2:27 base-not-struct: 'base' requires a struct type, enum type 'Kind' isn't",
    ],
    [
      "{ 'struct': 'Ss', 'base': 'intList', 'data': {} }",
      "1:27 base-not-struct: 'base' requires a struct type, array type ['int'] isn't",
    ],
    [
      `{ 'struct': 'Ss', 'base': 'Uu', 'data': {} }\n${union("{ 'k': 'Kind' }", "k", "{}")}`,
      "1:27 base-not-struct: 'base' requires a struct type, union type 'Uu' isn't",
    ],
    [
      "{ 'struct': 'Ss', 'data': { 'a': 'int', '*a': 'int' } }",
      "1:41 name-clash: member 'a' collides with member 'a'",
    ],
    [
      `${old}{ 'struct': 'Ss', 'data': { 'a-b': 'int', 'a_b': 'int' } }`,
      "2:43 name-clash: member 'a_b' collides with member 'a-b'",
    ],
    [
      `${old}{ 'enum': 'Ee', 'data': [ 'a-b', 'a_b' ] }`,
      "2:34 name-clash: value 'a_b' collides with value 'a-b'",
    ],
    [
      "{ 'struct': 'Ss', 'base': 'Bb', 'data': { 'a': 'int' } }\n{ 'struct': 'Bb', 'data': { 'a': 'int' } }",
      "1:43 name-clash: member 'a' collides with member 'a' of type 'Bb'",
    ],
    [
      "{ 'struct': 'Ss', 'base': 'Bb', 'data': { 'a': 'int' } }\n{ 'struct': 'Bb', 'base': 'Cc', 'data': {} }\n{ 'struct': 'Cc', 'data': { 'a': 'int' } }",
      "1:43 name-clash: member 'a' collides with member 'a' of type 'Cc'",
    ],
    [
      "{ 'command': 'go', 'data': { 'a': 'int', '*a': 'int' } }",
      "1:42 name-clash: parameter 'a' collides with parameter 'a'",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    "{ 'struct': 'Ss', 'data': { '*next': 'Ss', 'all': [ 'Ss' ] } }",
    "{ 'struct': 'Ss', 'base': 'Bb', 'data': { 'a': 'int' } }\n{ 'struct': 'Tt', 'base': 'Bb', 'data': { 'a': 'int' } }\n{ 'struct': 'Bb', 'data': { 'b': 'int' } }",
    "{ 'struct': 'Ss', 'base': 'q_empty', 'data': { 'a': 'QType', 'b': 'intList' } }",
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("unions", () => {
  const struct = (name: string, members: string): string =>
    `{ 'struct': '${name}', 'data': { ${members} } }\n`;

  it.each([
    [
      union("{ 'k': 'Kind' }", "x", "{}"),
      "2:60 discriminator-not-member: discriminator 'x' is not a member of 'base'",
    ],
    [union("{}", "k", "{}"), "2:47 discriminator-not-member: discriminator 'k' is not a member of 'base'"],
    [
      union("{ 'k': 'Kind' }", "", "{}"),
      "2:60 discriminator-not-member: discriminator '' is not a member of 'base'",
    ],
    [
      union("{ 'k': 'str' }", "k", "{}"),
      "2:59 discriminator-not-enum: discriminator member 'k' of 'base' must be of enum type",
    ],
    [
      union("'Bb'", "k", "{}") + struct("Bb", "'k': 'str'"),
      "2:49 discriminator-not-enum: discriminator member 'k' of base type 'Bb' must be of enum type",
    ],
    [
      union("{ '*k': 'Kind' }", "k", "{}"),
      "2:61 discriminator-optional: discriminator member 'k' of 'base' must not be optional",
    ],
    [
      union("{ 'k': { 'type': 'Kind', 'if': 'C' } }", "k", "{}"),
      "2:83 discriminator-conditional: discriminator member 'k' of 'base' must not be conditional",
    ],
    [
      "{ 'enum': 'Kind', 'data': [] }\n{ 'union': 'Uu', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': {} }",
      "2:12 union-without-branches: union has no branches",
    ],
    [
      union("{ 'k': 'Kind' }", "k", "{ 'c': 'Ss' }") + struct("Ss", ""),
      "2:75 branch-not-value: branch 'c' is not a value of enum type 'Kind'",
    ],
    [
      union("{ 'k': 'Kind' }", "k", "{ 'a': 'int' }"),
      "2:80 branch-type: branch 'a' cannot use built-in type 'int'",
    ],
    [union("{ 'k': 'Kind' }", "k", "{ 'a': 'Tt' }"), "2:80 type-unknown: branch 'a' uses unknown type 'Tt'"],
    [
      union("{ 'k': 'Kind' }", "k", "{ 'a': 'Uu' }"),
      "2:12 object-contains-itself: object Uu contains itself",
    ],
    [
      union("{ 'k': 'Kind', 'x': 'int' }", "k", "{ 'a': 'Ss' }") + struct("Ss", "'x': 'int'"),
      "2:87 name-clash: member 'x' of type 'Ss' collides with base member 'x'",
    ],
    [
      union("'Bb'", "k", "{ 'b': 'Ss' }") + struct("Bb", "'k': 'Kind'") + struct("Ss", "'k': 'int'"),
      "2:64 name-clash: member 'k' of type 'Ss' collides with member 'k' of type 'Bb'",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("clash with branches of their branches", () => {
    const inner = "{ 'union': 'Vv', 'base': { 'j': 'Kind' }, 'discriminator': 'j', 'data': { 'b': 'Ss' } }\n";
    const text = union("{ 'k': 'Kind', 'x': 'int' }", "k", "{ 'a': 'Vv' }") + inner;
    expect(problemsOf(text + struct("Ss", "'y': 'int'"))).toEqual([]);
    expect(problemsOf(text + struct("Ss", "'x': 'int'"))).toEqual([
      "2:87 name-clash: member 'x' of type 'Ss' collides with base member 'x'",
    ]);
    expect(problemsOf(text + struct("Ss", "'j': 'int'"))).toEqual([
      "3:75 name-clash: member 'j' of type 'Ss' collides with base member 'j'",
    ]);
  });

  it("say nothing of a discriminator whose own type is unknown", () => {
    expect(problemsOf(union("{ 'k': 'Knid' }", "k", "{}"))).toEqual([
      "2:33 type-unknown: base member 'k' uses unknown type 'Knid'",
    ]);
  });

  it("may have members of the same name in different branches", () => {
    const text = union("{ 'k': 'Kind' }", "k", "{ 'a': 'Ss', 'b': 'Tt' }");
    expect(problemsOf(text + struct("Ss", "'x': 'int'") + struct("Tt", "'x': 'str'"))).toEqual([]);
  });
});
