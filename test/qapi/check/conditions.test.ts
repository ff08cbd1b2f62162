import { describe, expect, it } from "vitest";
import { problemsOf, schemaOf } from "../compile-text.js";

const command = (condition: string): string => `{ 'command': 'stop', 'if': ${condition} }`;

describe("conditions", () => {
  it.each([
    ["'CONFIG_A1'", "CONFIG_A1"],
    ["{ 'not': 'A' }", { not: "A" }],
    ["{ 'all': [ 'A', { 'any': [ 'B', { 'not': 'C' } ] } ] }", { all: ["A", { any: ["B", { not: "C" }] }] }],
  ])("%s", (condition, expected) => {
    expect(schemaOf(command(condition)).definitions.get("stop")?.condition).toEqual(expected);
  });

  it.each([
    ["'a'", "1:28 if-not-identifier: 'if' condition 'a' of command is not a valid identifier"],
    ["''", "1:28 if-not-identifier: 'if' condition '' of command is not a valid identifier"],
    ["'A B'", "1:28 if-not-identifier: 'if' condition 'A B' of command is not a valid identifier"],
    ["'_A'", "1:28 if-not-identifier: 'if' condition '_A' of command is not a valid identifier"],
    ["true", "1:28 if-not-condition: 'if' condition of command must be a string or an object"],
    ["[ 'A' ]", "1:28 if-not-condition: 'if' condition of command must be a string or an object"],
    ["{ 'not': [ 'A' ] }", "1:37 if-not-condition: 'if' condition of command must be a string or an object"],
    ["{}", "1:28 if-not-one-key: 'if' condition of command has conflicting keys"],
    ["{ 'any': [ 'A' ], 'not': 'A' }", "1:28 if-not-one-key: 'if' condition of command has conflicting keys"],
    ["{ 'all': 'A' }", "1:37 if-operands-not-array: 'all' condition of command must be an array"],
    ["{ 'any': [] }", "1:37 if-empty: 'if' condition [] of command is useless"],
    [
      "{ 'none': [ 'A' ] }",
      "1:30 key-unknown: 'if' condition of command has unknown key 'none'\nValid keys are 'all', 'any', 'not'.",
    ],
  ])("%s", (condition, problem) => {
    expect(problemsOf(command(condition))).toEqual([problem]);
  });

  it.each([
    ["{ 'enum': 'Ee', 'data': [ { 'name': 'a', 'if': 'x' } ] }", "'data' member 'a'"],
    ["{ 'struct': 'Ss', 'data': { '*a': { 'type': 'int', 'if': 'x' } } }", "'data' member '*a'"],
    ["{ 'alternate': 'Aa', 'data': { 'a': { 'type': 'int', 'if': 'x' } } }", "'data' member 'a'"],
    [
      "{ 'union': 'Uu', 'base': {}, 'discriminator': 'a', 'data': { 'a': { 'type': 'Ss', 'if': 'x' } } }",
      "'data' member 'a'",
    ],
    ["{ 'command': 'stop', 'features': [ { 'name': 'f', 'if': 'x' } ] }", "'features' member 'f'"],
    ["{ 'event': 'STOP', 'if': 'x' }", "event"],
  ])("say where they stand: %s", (text, place) => {
    expect(problemsOf(text)).toEqual([
      expect.stringContaining(`if-not-identifier: 'if' condition 'x' of ${place} is not a valid identifier`),
    ]);
  });
});
