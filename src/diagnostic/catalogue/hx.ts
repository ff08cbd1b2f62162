import type { Catalogue } from "./problem-kind.js";

/** Problems of monitor command tables (`.hx` files); each at a column. */
export const hxProblems = {
  "hx-syntax": {
    title: "Command table: something else was expected",
    message: (expected: string, found: string) => `expected ${expected}, found ${found}`,
    explanation:
      'A command table is a list of C initialisers, `{ .name = "…", … },`, with a comma behind each. Between them stand preprocessor lines, prose between `SRST` and `ERST`, and comments (`HXCOMM`, `/* */`, `//`).',
  },
  "hx-unterminated-string": {
    title: "Command table: string without end",
    message: () => `missing terminating '"'`,
    explanation: "A string ends on its line. Strings that follow each other are joined, as in C.",
  },
  "hx-unknown-escape": {
    title: "Command table: unknown escape",
    message: () => "unknown escape in string",
    explanation: "Strings know the escapes `\\a \\b \\f \\n \\r \\t \\v \\\\ \\\" \\' \\?`.",
  },
  "hx-unterminated-comment": {
    title: "Command table: comment without end",
    message: () => "comment without '*/'",
    explanation: "A comment that starts with `/*` ends with `*/`.",
  },
  "hx-unterminated-prose": {
    title: "Command table: prose without end",
    message: () => "'SRST' without 'ERST'",
    explanation: "Prose starts at a line `SRST` and ends at a line `ERST`; it does not nest.",
  },
  "hx-stray-erst": {
    title: "Command table: end of prose that never began",
    message: () => "'ERST' without 'SRST'",
    explanation: "Prose starts at a line `SRST` and ends at a line `ERST`; it does not nest.",
  },
  "hx-unknown-directive": {
    title: "Command table: preprocessor line of another kind",
    message: (keyword: string) => `'#${keyword}' is not understood here`,
    explanation:
      "Of the C preprocessor, tables may use `#if`, `#ifdef`, `#ifndef`, `#elif`, `#else` and `#endif`.",
  },
  "hx-condition": {
    title: "Command table: condition not understood",
    message: (text: string) => `cannot understand the condition '${text}'`,
    explanation:
      "A condition is made of `defined(NAME)`, `NAME`, `0`, `1`, `!`, `&&`, `||` and parentheses, which nest at most 100 deep.",
  },
  "hx-unmatched-directive": {
    title: "Command table: preprocessor line without `#if`",
    message: (keyword: string) => `'#${keyword}' without '#if'`,
    explanation:
      "`#elif`, `#else` and `#endif` belong to an `#if`, and `#else` comes last. A condition that starts inside an entry ends inside it.",
  },
  "hx-unterminated-condition": {
    title: "Command table: `#if` without end",
    message: () => "'#if' without '#endif'",
    explanation: "A condition ends with `#endif`, inside the same entry if it started inside one.",
  },
  "hx-condition-too-deep": {
    title: "Command table: conditions nested too deep",
    message: (limit: number) => `conditions nested deeper than ${limit}`,
    explanation: "Conditions may be nested 100 deep.",
  },
  "hx-unknown-field": {
    title: "Command table: unknown field",
    message: (name: string) => `a command has no field '.${name}'`,
    explanation:
      "A command has `.name`, `.args_type`, `.params`, `.help`, `.flags`, `.cmd`, `.cmd_info_hrt`, `.coroutine`, `.sub_table` and `.command_completion`.",
  },
  "hx-duplicate-field": {
    title: "Command table: field given twice",
    message: (name: string) => `field '.${name}' is given twice`,
    explanation: "A command has each field at most once, unless conditions keep them apart.",
  },
  "hx-missing-field": {
    title: "Command table: field missing",
    message: (name: string) => `command lacks field '.${name}'`,
    explanation:
      "A command must have `.name`, `.args_type`, `.params` and `.help`; they may be empty strings.",
  },
  "hx-field-kind": {
    title: "Command table: field of another kind",
    message: (name: string, expected: string) => `field '.${name}' must be ${expected}`,
    explanation:
      "`.name`, `.args_type`, `.params`, `.help` and `.flags` are strings; all other fields are names of C.",
  },
  "hx-command-name": {
    title: "Command table: name that cannot be typed",
    message: (name: string) => `'${name}' cannot be the name of a command`,
    explanation:
      "Name and aliases are separated by `|`. Each has at least one character, and neither space nor `/`, which end a name at the prompt.",
  },
  "hx-duplicate-command": {
    title: "Command table: command defined twice",
    message: (name: string) => `command '${name}' is already defined`,
    explanation: "A name or alias stands for one command, unless conditions keep them apart.",
  },
  "hx-argument-shape": {
    title: "Command table: malformed argument",
    message: (text: string) => `argument '${text}' must have the form 'key:code'`,
    explanation:
      "`.args_type` lists arguments, separated by commas, each a key, a colon, and a code: `parameter:s,value:s`.",
  },
  "hx-argument-code": {
    title: "Command table: unknown argument code",
    message: (key: string, code: string) => `argument '${key}' has unknown code '${code}'`,
    explanation:
      "The codes are `F` (file name), `B` (block device), `s` (word), `S` (rest of the line), `O` (options), `i` `l` `M` (integers), `o` (size), `T` (time), `b` (on or off), `/` (print format), `-x` (flag), `-xs` (flag with a word).",
  },
  "hx-argument-modifier": {
    title: "Command table: modifier that the code does not take",
    message: (key: string, code: string, modifier: string) =>
      `argument '${key}': code '${code}' does not take '${modifier}'`,
    explanation:
      "`?` makes an argument optional (codes `F B s S i l M o T`), `.` makes it depend on a `.` before it (codes `i l M`).",
  },
  "hx-duplicate-argument": {
    title: "Command table: argument given twice",
    message: (key: string) => `argument '${key}' is given twice`,
    explanation: "Each argument of a command has its own key.",
  },
  "hx-sub-table": {
    title: "Command table: sub-table not found",
    message: (name: string, reason: string) => `cannot read sub-table '${name}': ${reason}`,
    explanation:
      "`.sub_table = hmp_info_cmds` stands for the file `hmp-commands-info.hx` in the same folder.",
  },
  "hx-sub-table-loop": {
    title: "Command table: table inside itself",
    message: (name: string) => `sub-table '${name}' contains itself`,
    explanation: "A table cannot be, directly or through others, its own sub-table.",
  },
} as const satisfies Catalogue;
