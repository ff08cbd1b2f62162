import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const types = `{ 'enum': 'Kind', 'data': [ 'a' ] }
{ 'union': 'Uu', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': {} }
{ 'struct': 'Cond', 'data': { 'a': { 'type': 'int', 'if': 'C' } } }
{ 'struct': 'Heir', 'base': 'Cond', 'data': {} }
{ 'alternate': 'Aa', 'data': { 'a': 'int' } }
`;

describe("arguments and return values", () => {
  it.each([
    "{ 'command': 'go', 'data': 'Uu', 'boxed': true }",
    "{ 'event': 'GO', 'data': 'Heir', 'boxed': true }",
    "{ 'command': 'go', 'returns': [ 'Uu' ] }",
    "{ 'pragma': { 'command-returns-exceptions': [ 'go' ] } }\n{ 'command': 'go', 'returns': [ 'str' ] }",
  ])("%s", (text) => {
    expect(problemsOf(types + text)).toEqual([]);
  });

  it.each([
    [
      "{ 'command': 'go', 'data': 'Kind' }",
      "6:28 arguments-type: command's 'data' cannot take enum type 'Kind'",
    ],
    [
      "{ 'event': 'GO', 'data': 'Aa', 'boxed': true }",
      "6:26 arguments-type: event's 'data' cannot take alternate type 'Aa'",
    ],
    [
      "{ 'command': 'go', 'data': 'strList' }",
      "6:28 arguments-type: command's 'data' cannot take array type ['str']",
    ],
    [
      "{ 'command': 'go', 'data': 'Uu' }",
      "6:28 arguments-not-boxed: command's 'data' can take union type 'Uu' only with 'boxed': true",
    ],
    [
      "{ 'event': 'GO', 'data': 'Uu' }",
      "6:26 arguments-not-boxed: event's 'data' can take union type 'Uu' only with 'boxed': true",
    ],
    [
      "{ 'command': 'go', 'data': 'Heir' }",
      "3:31 arguments-conditional: conditional command arguments require 'boxed': true",
    ],
    [
      "{ 'event': 'GO', 'data': { 'a': { 'type': 'int', 'if': 'C' } } }",
      "6:28 arguments-conditional: conditional event arguments require 'boxed': true",
    ],
    [
      "{ 'command': 'go', 'returns': 'Kind' }",
      "6:31 returns-type: command's 'returns' cannot take enum type 'Kind'",
    ],
    [
      "{ 'command': 'go', 'returns': [ 'int' ] }",
      "6:33 returns-type: command's 'returns' cannot take array type ['int']",
    ],
    [
      "{ 'command': 'go', 'returns': 'any' }",
      "6:31 returns-type: command's 'returns' cannot take built-in type 'any'",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(types + text)).toEqual([problem]);
  });
});
