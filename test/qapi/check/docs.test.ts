import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const stop = (...lines: string[]): string =>
  ["##", "# @stop:", "#", ...lines.map((line) => `# ${line}`), "##", "{ 'command': 'stop' }"].join("\n");

describe("doc comments and what they stand before", () => {
  it.each([
    [
      "another name",
      "##\n# @go:\n##\n{ 'command': 'stop' }",
      "4:14 doc-other-symbol: documentation comment is for 'go'",
    ],
    [
      "none where one is required",
      "{ 'command': 'stop' }\n{ 'pragma': { 'doc-required': true } }",
      "1:14 doc-required: documentation comment required",
    ],
    [
      "Returns of a command without",
      stop("Returns: nothing"),
      "4:1 doc-returns-nothing: 'Returns' section, but command doesn't return anything",
    ],
    [
      "Returns of a type",
      "##\n# @Ss:\n#\n# Returns: x\n##\n{ 'struct': 'Ss', 'data': {} }",
      "4:1 doc-section-of-command: 'Returns' section is only valid for commands",
    ],
    [
      "Errors of an event",
      "##\n# @STOP:\n#\n# Errors: x\n##\n{ 'event': 'STOP' }",
      "4:1 doc-section-of-command: 'Errors' section is only valid for commands",
    ],
  ])("%s", (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    stop("Errors: some", "", "Since: 1.0"),
    "##\n# @stop:\n#\n# Returns: x\n##\n{ 'command': 'stop', 'returns': [ 'Ss' ] }\n{ 'struct': 'Ss', 'data': {} }",
    "##\n# Free form\n##\n\n{ 'pragma': { 'doc-required': true } }",
  ])("%s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it("may say what a command without return value returns, under lenient rules", () => {
    expect(problemsOf(stop("Returns: nothing"), { docRules: "lenient" })).toEqual([]);
  });
});
