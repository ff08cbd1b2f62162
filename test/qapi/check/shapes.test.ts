import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const kind = "{ 'enum': 'Kind', 'data': [ 'a' ] }\n";

describe("definitions that are well shaped", () => {
  it.each([
    "{ 'enum': 'Ee', 'data': [], 'prefix': 'E' }",
    "{ 'enum': 'Ee', 'data': [ 'a', { 'name': 'b' }, { 'name': 'c', 'if': 'C', 'features': [ 'f' ] } ] }",
    "{ 'struct': 'Ss', 'data': { 'a': 'int', 'b': [ 'int' ], '*c': { 'type': [ 'str' ], 'if': 'C', 'features': [ 'f' ] } } }",
    "{ 'struct': 'Bb', 'data': {} }\n{ 'struct': 'Ss', 'base': 'Bb', 'data': {} }",
    // QEMU takes an empty name for no base, no arguments and no return value.
    "{ 'struct': 'Ss', 'base': '', 'data': {} }",
    "{ 'command': 'stop', 'data': '', 'returns': '', 'boxed': true }",
    "{ 'command': 'stop', 'data': {} }",
    "{ 'event': 'STOP', 'data': { 'a': 'int' } }",
    "{ 'command': 'stop', 'gen': false, 'success-response': false, 'allow-preconfig': true, 'coroutine': true }",
    `${kind}{ 'struct': 'Bb', 'data': { 'kind': 'Kind' } }\n{ 'union': 'Uu', 'base': 'Bb', 'discriminator': 'kind', 'data': { 'a': { 'type': 'Bc', 'if': 'C' } } }\n{ 'struct': 'Bc', 'data': {} }`,
    "{ 'alternate': 'Aa', 'data': { 'a': [ 'int' ], 'b': { 'type': 'str', 'if': 'C' } } }",
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("keys", () => {
  it.each([
    [
      "{}",
      "1:1 definition-kind: expression must have exactly one key 'enum', 'struct', 'union', 'alternate', 'command', 'event'",
    ],
    [
      "{ 'struct': 'Ss', 'enum': 'Ee', 'data': {} }",
      "1:3 definition-kind: expression must have exactly one key 'enum', 'struct', 'union', 'alternate', 'command', 'event'",
    ],
    ["{ 'struct': 'Ss' }", "1:1 key-missing: struct misses key 'data'"],
    ["{ 'union': 'Uu', 'data': {} }", "1:1 key-missing: union misses keys 'base', 'discriminator'"],
    ["{ 'enum': 'Ee', 'data': [ {} ] }", "1:27 key-missing: 'data' member misses key 'name'"],
    ["{ 'struct': 'Ss', 'data': { 'a': {} } }", "1:34 key-missing: 'data' member 'a' misses key 'type'"],
    ["{ 'command': 'stop', 'features': [ {} ] }", "1:36 key-missing: 'features' member misses key 'name'"],
    [
      "{ 'event': 'STOP', 'returns': 'int', 'gen': false }",
      "1:20 key-unknown: event has unknown keys 'gen', 'returns'\nValid keys are 'boxed', 'data', 'event', 'features', 'if'.",
    ],
    [
      "{ 'enum': 'Ee', 'data': [ { 'name': 'a', 'type': 'int' } ] }",
      "1:42 key-unknown: 'data' member has unknown key 'type'\nValid keys are 'features', 'if', 'name'.",
    ],
    [
      "{ 'alternate': 'Aa', 'data': { 'a': { 'type': 'int', 'features': [] } } }",
      "1:54 key-unknown: 'data' member 'a' has unknown key 'features'\nValid keys are 'if', 'type'.",
    ],
    [
      "{ 'struct': 'Ss', '__proto__': 'x', 'data': {} }",
      "1:19 key-unknown: struct has unknown key '__proto__'\nValid keys are 'base', 'data', 'features', 'if', 'struct'.",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe("values of keys", () => {
  it.each([
    ["{ 'enum': 'Ee', 'data': {} }", "1:25 data-not-array: 'data' must be an array"],
    ["{ 'enum': 'Ee', 'data': [], 'prefix': true }", "1:39 prefix-not-string: 'prefix' must be a string"],
    ["{ 'struct': 'Ss', 'data': 'Bb' }", "1:27 members-not-object: 'data' should be an object or type name"],
    [
      "{ 'command': 'stop', 'data': [ 'int' ] }",
      "1:30 members-not-object: 'data' should be an object or type name",
    ],
    [
      "{ 'union': 'Uu', 'base': true, 'discriminator': 'a', 'data': {} }",
      "1:26 members-not-object: 'base' should be an object or type name",
    ],
    [
      `${kind}{ 'union': 'Uu', 'base': {}, 'discriminator': {}, 'data': {} }`,
      "2:47 name-not-string: 'discriminator' requires a string name",
    ],
    [
      "{ 'union': 'Uu', 'base': {}, 'discriminator': 'a', 'data': [] }",
      "1:60 data-not-object: 'data' must be an object",
    ],
    ["{ 'alternate': 'Aa', 'data': [ 'int' ] }", "1:30 data-not-object: 'data' must be an object"],
    ["{ 'alternate': 'Aa', 'data': [] }", "1:30 data-empty: 'data' must not be empty"],
    ["{ 'alternate': 'Aa', 'data': '' }", "1:30 data-empty: 'data' must not be empty"],
    ["{ 'struct': 'Ss', 'base': [ 'Bb' ], 'data': {} }", "1:27 type-not-name: 'base' should be a type name"],
    [
      "{ 'union': 'Uu', 'base': {}, 'discriminator': 'a', 'data': { 'a': [ 'int' ] } }",
      "1:67 type-not-name: 'data' member 'a' should be a type name",
    ],
    ["{ 'command': 'stop', 'boxed': true, 'data': {} }", "1:45 type-not-name: 'data' should be a type name"],
    ["{ 'event': 'STOP', 'boxed': true }", "1:29 boxed-without-data: 'boxed': true requires 'data'"],
    [
      "{ 'command': 'stop', 'returns': {} }",
      "1:33 type-not-name-or-array: 'returns' should be a type name or array",
    ],
    [
      "{ 'struct': 'Ss', 'data': { 'a': true } }",
      "1:34 type-not-name-or-array: 'data' member 'a' should be a type name or array",
    ],
    [
      "{ 'struct': 'Ss', 'data': { 'a': [] } }",
      "1:34 array-not-one-name: 'data' member 'a': array type must contain single type name",
    ],
    [
      "{ 'command': 'stop', 'returns': [ [ 'int' ] ] }",
      "1:33 array-not-one-name: 'returns': array type must contain single type name",
    ],
    ["{ 'command': 'stop', 'gen': true }", "1:29 flag-not-false: flag 'gen' may only use false value"],
    [
      "{ 'command': 'stop', 'success-response': '' }",
      "1:42 flag-not-false: flag 'success-response' may only use false value",
    ],
    ["{ 'event': 'STOP', 'boxed': false }", "1:29 flag-not-true: flag 'boxed' may only use true value"],
    [
      "{ 'command': 'stop', 'coroutine': [] }",
      "1:35 flag-not-true: flag 'coroutine' may only use true value",
    ],
    [
      "{ 'command': 'stop', 'coroutine': true, 'allow-oob': true }",
      "1:22 flags-incompatible: flags 'allow-oob' and 'coroutine' are incompatible",
    ],
    ["{ 'command': 'stop', 'features': {} }", "1:34 features-not-array: 'features' must be an array"],
    [
      "{ 'command': 'stop', 'features': [ true ] }",
      "1:36 name-not-string: 'features' member requires a string name",
    ],
    [
      "{ 'command': 'stop', 'features': [ 'aB' ] }",
      "1:36 name-not-lower: name of 'features' member 'aB' must not use uppercase or '_'",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe("a flag of the wrong kind", () => {
  it("counts by Python's idea of truth before its value is looked at", () => {
    expect(problemsOf("{ 'command': 'stop', 'boxed': 'x' }")).toEqual([
      "1:31 boxed-without-data: 'boxed': true requires 'data'",
      "1:31 flag-not-true: flag 'boxed' may only use true value",
    ]);
  });
});
