import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const struct = (name: string): string => `{ 'struct': '${name}', 'data': {} }`;
const command = (name: string): string => `{ 'command': '${name}' }`;
const event = (name: string): string => `{ 'event': '${name}' }`;
const member = (name: string): string => `{ 'struct': 'Ss', 'data': { '${name}': 'int' } }`;
const value = (name: string): string => `{ 'enum': 'Ee', 'data': [ '${name}' ] }`;
const branch = (name: string): string => `{ 'alternate': 'Aa', 'data': { '${name}': 'int' } }`;

describe("names that are fine", () => {
  it.each([
    ...["Point", "P2p", "x-Point", "__com.example_Point", "__com.example_x-Point", "ABc", "Lists"].map(
      struct,
    ),
    ...["stop", "query-x", "x-stop", "__com.example_drive-mirror", "x-d2", "a1"].map(command),
    ...["STOP", "POWER_DOWN", "A1", "x-STOP", "__com.example_STOP", "X-A"].map(event),
    ...["x", "a-b", "*a-b", "x-y", "__org.x_y", "unit", "has", "hash-1"].map(member),
    ...["red", "1", "2d", "9-x", "__org.x_a9"].map(value),
    ...["b", "a-b"].map(branch),
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("names that are not", () => {
  it.each([
    [struct("1Point"), "1:13 name-invalid: struct has an invalid name"],
    [struct(""), "1:13 name-invalid: struct has an invalid name"],
    [struct("Po.int"), "1:13 name-invalid: struct has an invalid name"],
    [struct("q_Point"), "1:13 name-invalid: struct has an invalid name"],
    [struct("__Point"), "1:13 name-invalid: struct has an invalid name"],
    [struct("point"), "1:13 name-not-camel: name of struct must use CamelCase"],
    [struct("POINT"), "1:13 name-not-camel: name of struct must use CamelCase"],
    [struct("Po_int"), "1:13 name-not-camel: name of struct must use CamelCase"],
    [struct("x-point"), "1:13 name-not-camel: name of struct must use CamelCase"],
    [struct("PointList"), "1:13 name-ends-in-list: struct name should not end in 'List'"],
    [command("Stop"), "1:14 name-not-lower: name of command must not use uppercase or '_'"],
    [command("query_x"), "1:14 name-not-lower: name of command must not use uppercase or '_'"],
    [command("q-x"), "1:14 name-invalid: command has an invalid name"],
    [command("-x"), "1:14 name-invalid: command has an invalid name"],
    [event("Stop"), "1:12 name-not-upper: name of event must not use lowercase or '-'"],
    [event("POWER-DOWN"), "1:12 name-not-upper: name of event must not use lowercase or '-'"],
    [member("aB"), "1:29 name-not-lower: name of 'data' member 'aB' must not use uppercase or '_'"],
    [member("*a_b"), "1:29 name-not-lower: name of 'data' member '*a_b' must not use uppercase or '_'"],
    [member("**a"), "1:29 name-invalid: 'data' member '**a' has an invalid name"],
    [member("1a"), "1:29 name-invalid: 'data' member '1a' has an invalid name"],
    [member("u"), "1:29 name-reserved: 'data' member 'u' uses reserved name"],
    [member("*has-x"), "1:29 name-reserved: 'data' member '*has-x' uses reserved name"],
    [value("Red"), "1:27 name-not-lower: name of 'data' member 'Red' must not use uppercase or '_'"],
    [value("1_x"), "1:27 name-not-lower: name of 'data' member '1_x' must not use uppercase or '_'"],
    [value("+1"), "1:27 name-invalid: 'data' member '+1' has an invalid name"],
    [value(""), "1:27 name-invalid: 'data' member '' has an invalid name"],
    [branch("*b"), "1:32 name-invalid: 'data' member '*b' has an invalid name"],
    ["{ 'struct': true, 'data': {} }", "1:13 name-not-string: 'struct' requires a string name"],
    ["{ 'enum': 'Ee', 'data': [ [ 'a' ] ] }", "1:27 name-not-string: 'data' member requires a string name"],
    [
      "{ 'enum': 'Ee', 'data': [ { 'name': false } ] }",
      "1:37 name-not-string: 'data' member requires a string name",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe("pragmas that exempt names", () => {
  const exempting = (pragma: string, text: string): string =>
    `{ 'pragma': { '${pragma}': [ 'Old', 'old_one' ] } }\n${text}`;

  it.each([
    exempting("member-name-exceptions", "{ 'struct': 'Old', 'data': { 'aB_c': 'int' } }"),
    exempting("member-name-exceptions", "{ 'enum': 'Old', 'data': [ 'aB_c', '1_A' ] }"),
    exempting(
      "member-name-exceptions",
      "{ 'enum': 'Kind', 'data': [ 'a' ] }\n{ 'union': 'Old', 'base': { 'kIND_x': 'Kind' }, 'discriminator': 'kIND_x', 'data': {} }",
    ),
    exempting("command-name-exceptions", "{ 'command': 'old_one' }"),
    // A pragma applies to what stands before it as well.
    "{ 'command': 'old_one' }\n{ 'pragma': { 'command-name-exceptions': [ 'old_one' ] } }",
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it("leave commands' members and capitals alone", () => {
    expect(
      problemsOf(exempting("member-name-exceptions", "{ 'command': 'old', 'data': { 'a_b': 'int' } }")),
    ).toEqual(["2:31 name-not-lower: name of 'data' member 'a_b' must not use uppercase or '_'"]);
    expect(
      problemsOf("{ 'pragma': { 'command-name-exceptions': [ 'Old' ] } }\n{ 'command': 'Old' }"),
    ).toEqual(["2:14 name-not-lower: name of command must not use uppercase or '_'"]);
  });
});
