import { describe, expect, it } from "vitest";
import { checkLog } from "../../src/conformance/check-log.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { compileText } from "../support/compile-text.js";

const checker = new SchemaChecker(
  compileText(`
{ 'struct': 'Answer', 'data': { 'number': 'uint8' } }
{ 'command': 'ask', 'data': { '*what': 'str' }, 'returns': 'Answer', 'allow-oob': true }
{ 'command': 'stop' }
{ 'command': 'halt', 'success-response': false }
{ 'event': 'STOPPED' }
`),
);

const problems = (log: string) =>
  checkLog(checker, log).map(({ line, pointer, message }) => `${line}: ${pointer} ${message}`);

describe("checkLog", () => {
  it("passes what the schema allows", () => {
    expect(
      problems(`
# a session
<- {"QMP": {"version": {}, "capabilities": ["oob"]}}
-> {"execute": "ask", "id": {"n": 1}}
-> {"exec-oob": "ask", "id": 2}
   {"execute": "stop"}
<- {"return": {"number": 7}, "id": 2}
<- {"event": "STOPPED", "timestamp": {"seconds": 1, "microseconds": 2}}
<- {"return": {"number": 7}, "id": {"n": 1}}
<- {"return": {}}
<- {"error": {"class": "GenericError", "desc": "JSON parse error"}}
`),
    ).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['{"execute": "nosuch"}', ["1:  the schema has no command 'nosuch'"]],
    ['{"execute": "ask", "arguments": {"what": 1}}', ["1: /arguments/what must be a string"]],
    [
      '{"execute": "ask", "id": 1}\n{"execute": "stop", "id": 2}\n{"return": {}, "id": 1}\n{"return": {}, "id": 2}',
      ["3: /return lacks the member 'number'"],
    ],
    ['{"execute": "stop"}\n{"return": {"number": 1}}', ["2: /return/number is not expected here"]],
    ['{"return": {}}', ["1:  answers no command"]],
    ['{"event": "STOPPED"}', ["1:  lacks the member 'timestamp'"]],
    ['{"event": "GONE"}', ["1:  the schema has no event 'GONE'"]],
    ['{"exec-oob": "stop"}', ["1: /exec-oob names a command that does not support OOB"]],
    ['{"error": {"class": "GenericError", "desc": "no"}}', ["1:  answers no command"]],
    // QEMU gives an id back in its own order of members, and in its own spelling of numbers.
    [
      '{"execute": "stop", "id": {"b": 1.0, "a": [0.1]}}\n{"return": {}, "id": {"a": [0.10000000000000001], "b": 1}}',
      [],
    ],
    // What succeeds in silence is answered by the next reply only if it failed.
    ['{"execute": "halt"}\n{"execute": "ask"}\n{"return": {"number": 1}}', []],
    [
      '{"execute": "halt"}\n{"error": {"class": "GenericError", "desc": "no"}}\n{"execute": "ask"}\n{"return": {}}',
      ["4: /return lacks the member 'number'"],
    ],
    ["[]", ["1:  must be an object"]],
    ["{}", ["1:  is no message of QMP"]],
    ["{", ["1:  is not JSON: expected a key in double quotes, found the end of the text"]],
  ])("finds what is wrong with %s", (log, wanted) => {
    expect(problems(log)).toEqual(wanted);
  });
});
