import { expect, test } from "vitest";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { compileText } from "../compile-text.js";

/** A later definition that makes an array of a type that is not there. */
const maker = "{ 'struct': 'Maker', 'data': { 'k': [ 'Nope' ] } }";

test.each<[string, string[], string]>([
  [
    "arguments",
    [
      "{ 'command': 'c', 'data': 'Maker' }",
      "{ 'struct': 'Maker', 'data': { 'k': { 'type': [ 'Nope' ], 'if': 'A' } } }",
    ],
    "command 'c':1: conditional command arguments require 'boxed': true",
  ],
  [
    "an event's data",
    ["{ 'event': 'E', 'data': 'NopeList' }", maker],
    "event 'E':1: event's 'data' cannot take array type ['Nope']",
  ],
  [
    "a tag",
    ["{ 'union': 'Un', 'base': 'Maker', 'discriminator': 'k', 'data': {} }", maker],
    "union 'Un':1: discriminator member 'k' of base type 'Maker' must be of enum type",
  ],
  [
    "a union whose tag is not there",
    ["{ 'union': 'Un', 'base': 'Maker', 'discriminator': 'l', 'data': {} }", maker],
    "union 'Un':1: discriminator 'l' is not a member of 'base'",
  ],
  [
    "a base",
    ["{ 'struct': 'St', 'base': 'NopeList', 'data': {} }", maker],
    "struct 'St':1: 'base' requires a struct type, array type ['Nope'] isn't",
  ],
  [
    "a branch",
    [
      "{ 'enum': 'En', 'data': [ 'a' ] }",
      "{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'NopeList' } }",
      maker,
    ],
    "union 'Un':2: branch 'a' cannot use array type ['Nope']",
  ],
  [
    "alternatives",
    ["{ 'alternate': 'Al', 'data': { 'a': 'NopeList', 'b': 'intList' } }", maker],
    "alternate 'Al':1: branch 'b' can't be distinguished from 'a'",
  ],
  [
    "an heir",
    [
      "{ 'command': 'c', 'data': 'Heir' }",
      "{ 'struct': 'Heir', 'base': 'Maker', 'data': { 'k': 'int' } }",
      maker,
    ],
    "struct 'Heir':2: member 'k' collides with member 'k' of type 'Maker'",
  ],
  [
    "a union that has it in a branch",
    [
      "{ 'command': 'c', 'data': 'Un', 'boxed': true }",
      "{ 'enum': 'En', 'data': [ 'a' ] }",
      "{ 'union': 'Un', 'base': { 't': 'En', 'k': 'int' }, 'discriminator': 't', 'data': { 'a': 'Maker' } }",
      maker,
    ],
    "union 'Un':3: member 'k' of type 'Maker' collides with base member 'k'",
  ],
  [
    "nothing else",
    ["{ 'command': 'c', 'data': 'Maker' }", maker],
    "struct 'Maker':2: struct uses unknown type 'Nope'",
  ],
])("an array of an unknown type does not hide what is wrong with %s before it", (_, lines, expected) => {
  const [definition, line, message] = /^(.*'):(\d+): (.*)$/.exec(expected)?.slice(1) ?? [];
  expect(renderQemu(compileText(`${lines.join("\n")}\n`).diagnostics)).toBe(
    `schema.json: In ${definition ?? ""}:\nschema.json:${line ?? ""}: ${message ?? ""}\n`,
  );
});
