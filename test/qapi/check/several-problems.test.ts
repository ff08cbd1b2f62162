import { describe, expect, it } from "vitest";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { compileText, problemsOf } from "../compile-text.js";

describe("several problems", () => {
  it("are found in one run, the one that QEMU finds first", () => {
    const text = `{ 'struct': 'Ss', 'bace': 'Bb',
  'data': { 'aB': 'int', 'c': true, 'd': { 'typ': 'int' } } }
{ 'command': 'stop', 'gen': true,
  'if': 'x' }
`;
    expect(problemsOf(text)).toEqual([
      "1:19 key-unknown: struct has unknown key 'bace'\nValid keys are 'base', 'data', 'features', 'if', 'struct'.",
      "2:13 name-not-lower: name of 'data' member 'aB' must not use uppercase or '_'",
      "2:31 type-not-name-or-array: 'data' member 'c' should be a type name or array",
      "2:42 key-missing: 'data' member 'd' misses key 'type'",
      "2:44 key-unknown: 'data' member 'd' has unknown key 'typ'\nValid keys are 'features', 'if', 'type'.",
      "4:9 if-not-identifier: 'if' condition 'x' of command is not a valid identifier",
      "3:29 flag-not-false: flag 'gen' may only use false value",
    ]);
  });

  it("come with suggestions", () => {
    const helps = (text: string): readonly (readonly string[])[] =>
      compileText(text).diagnostics.map(({ help }) => help);
    expect(helps("{ 'struct': 'Ss', 'bace': 'Bb', 'data': {} }")).toEqual([["did you mean 'base'?"]]);
    expect(helps("{ 'comand': 'stop' }")).toEqual([["did you mean 'command'?"]]);
    expect(helps("{ 'command': 'stop', 'sucess-response': false }")).toEqual([
      ["did you mean 'success-response'?"],
    ]);
  });

  it("name the definition that QEMU's tool has in mind: the last on the line", () => {
    const qemu = (text: string): string => renderQemu(compileText(text).diagnostics);
    expect(qemu("{ 'struct': 'Aa', 'data': {} } { 'strukt': 'Bb', 'data': {} }")).toBe(
      "schema.json: In struct 'Aa':\nschema.json:1: expression must have exactly one key" +
        " 'enum', 'struct', 'union', 'alternate', 'command', 'event'\n",
    );
    expect(qemu("{ 'struct': 'Aa', 'data': { 'x': 'Cc' } } { 'enum': 'Bb', 'data': [] }")).toBe(
      "schema.json: In enum 'Bb':\nschema.json:1: member 'x' of type 'Aa' uses unknown type 'Cc'\n",
    );
  });
});
