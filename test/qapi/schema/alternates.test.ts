import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const types = `{ 'enum': 'Plain', 'data': [ 'x', 'y' ] }
{ 'enum': 'Switch', 'data': [ 'on', 'x' ] }
{ 'enum': 'Digits', 'data': [ '1x' ] }
{ 'struct': 'Ss', 'data': {} }
{ 'alternate': 'Other', 'data': { 'a': 'int' } }
`;
const alternate = (data: string): string => `${types}{ 'alternate': 'Aa', 'data': { ${data} } }`;

describe("alternates", () => {
  it.each([
    "'a': 'int', 'b': 'bool', 'c': 'null', 'd': [ 'str' ], 'e': 'Ss', 'f': 'Plain'",
    "'a': 'str', 'b': 'null', 'c': 'Ss', 'd': [ 'int' ]",
    "'a': 'Switch', 'b': 'int'",
    "'a': 'Digits', 'b': 'bool'",
    "'a': 'number'",
  ])("can tell apart %s", (data) => {
    expect(problemsOf(alternate(data))).toEqual([]);
  });

  it.each([
    ["'a': 'int', 'b': 'number'", "6:44 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    ["'a': 'str', 'b': 'Plain'", "6:44 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    ["'a': 'str', 'b': 'size'", "6:44 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    ["'a': 'bool', 'b': 'str'", "6:45 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    ["'a': 'Switch', 'b': 'bool'", "6:47 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    ["'a': 'int', 'b': 'Digits'", "6:44 alternate-ambiguous: branch 'b' can't be distinguished from 'a'"],
    [
      "'a': [ 'int' ], 'b': [ 'str' ]",
      "6:48 alternate-ambiguous: branch 'b' can't be distinguished from 'a'",
    ],
    ["'a': 'any'", "6:37 branch-type: branch 'a' cannot use built-in type 'any'"],
    ["'a': 'Other'", "6:37 branch-type: branch 'a' cannot use alternate type 'Other'"],
  ])("cannot tell apart %s", (data, problem) => {
    expect(problemsOf(alternate(data))).toEqual([problem]);
  });

  it("report each branch before they look at the next", () => {
    expect(problemsOf("{ 'alternate': 'Aa', 'data': { 'a': 'any', 'b': 'int', 'c': 'int8' } }")).toEqual([
      "1:37 branch-type: branch 'a' cannot use built-in type 'any'",
      "1:56 alternate-ambiguous: branch 'c' can't be distinguished from 'b'",
    ]);
  });
});
