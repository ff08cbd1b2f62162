import type { Catalogue } from "./problem-kind.js";

/** Problems of a file's tokens and syntax; each at a column. */
export const parseProblems = {
  "stray-text": {
    title: "Stray text",
    message: (text: string) => `stray '${text}'`,
    explanation:
      "Between strings and comments only `{ } [ ] : ,`, `true` and `false` may stand. QAPI schemas have no numbers, no `null` and no double quotes; strings take single quotes.",
    bad: `{ "struct": 'Point', 'data': { 'x': 'int' } }\n`,
    good: `{ 'struct': 'Point', 'data': { 'x': 'int' } }\n`,
  },
  "unterminated-string": {
    title: "String without end",
    message: () => `missing terminating "'"`,
    explanation: "A string ends on the line on which it starts, with a single quote.",
    bad: `{ 'struct': 'Point', 'data': { 'x': 'int } }\n`,
    good: `{ 'struct': 'Point', 'data': { 'x': 'int' } }\n`,
  },
  "unknown-escape": {
    title: "Unknown escape",
    message: (character: string) => `unknown escape \\${character}`,
    explanation: "The only escape in a string is `\\\\`, which stands for one backslash.",
    bad: `{ 'struct': 'Po\\int', 'data': {} }\n`,
    good: `{ 'struct': 'Point', 'data': {} }\n`,
  },
  "funny-character": {
    title: "Funny character in a string",
    message: () => "funny character in string",
    explanation: "Strings hold printable ASCII only. Other characters may stand in comments.",
    bad: `{ 'struct': 'Größe', 'data': {} }\n`,
    good: `{ 'struct': 'Size', 'data': {} }\n`,
  },
  "unexpected-token": {
    title: "Something else was expected",
    message: (expected: string) => `expected ${expected}`,
    explanation:
      "The text does not follow the grammar at this point; the message lists what could stand here. A comma after the last member or item is not allowed. A doc comment (`##`) may stand only between top-level expressions.",
    bad: `{ 'struct': 'Point', 'data': { 'x': 'int', } }\n`,
    good: `{ 'struct': 'Point', 'data': { 'x': 'int' } }\n`,
  },
  "duplicate-key": {
    title: "Key given twice",
    message: (key: string) => `duplicate key '${key}'`,
    explanation: "An object holds each key at most once.",
    bad: `{ 'struct': 'Point', 'data': { 'x': 'int', 'x': 'str' } }\n`,
    good: `{ 'struct': 'Point', 'data': { 'x': 'int', 'y': 'str' } }\n`,
  },
  "nesting-too-deep": {
    title: "Nesting too deep",
    message: (limit: number) => `nesting deeper than ${limit} levels`,
    explanation:
      "Lists and objects may be nested 500 deep. QEMU has a limit of about the same size, set by the recursion limit of Python, and ends with a stack trace there.",
  },
} as const satisfies Catalogue;
