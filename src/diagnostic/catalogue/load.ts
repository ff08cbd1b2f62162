import type { Catalogue } from "./problem-kind.js";

/** A schema in two files. */
const including = {
  "schema.json": `{ 'include': 'common.json' }\n`,
  "common.json": `{ 'struct': 'Point', 'data': { 'x': 'int' } }\n`,
};

/** Problems of files, of directives, and of which doc comment belongs to what. */
export const loadProblems = {
  "unreadable-schema": {
    title: "Schema file cannot be read",
    message: (path: string, reason: string) => `can't read schema file '${path}': ${reason}`,
    place: "none",
    explanation: "The file named as the schema does not exist or may not be read.",
  },
  "unreadable-include": {
    title: "Included file cannot be read",
    message: (path: string, reason: string) => `can't read include file '${path}': ${reason}`,
    explanation:
      "The path of an `include` is relative to the folder of the file that holds the directive; the message shows the path that was tried.",
    bad: `{ 'include': 'no-such-file.json' }\n`,
    good: including,
  },
  "not-utf8": {
    title: "File is not UTF-8",
    message: (byte: number) => `invalid UTF-8: byte 0x${byte.toString(16).padStart(2, "0")}`,
    place: "column",
    explanation: "Schema files are UTF-8. QEMU ends with a stack trace here.",
  },
  "include-not-alone": {
    title: "Include directive with other keys",
    message: () => "invalid 'include' directive",
    explanation: "An object with the key `include` must have no other key.",
    bad: `{ 'include': 'common.json', 'if': 'CONFIG_COMMON' }\n`,
    good: including,
  },
  "include-not-string": {
    title: "Include is not a string",
    message: () => "value of 'include' must be a string",
    explanation: "An `include` names one file. Several files take several directives.",
    bad: `{ 'include': ['common.json'] }\n`,
    good: including,
  },
  "include-loop": {
    title: "Inclusion loop",
    message: (path: string) => `inclusion loop for ${path}`,
    explanation:
      "A file includes itself, directly or through others. Including a file that was already read to its end is fine and does nothing.",
    bad: {
      "schema.json": `{ 'include': 'common.json' }\n`,
      "common.json": `{ 'include': 'schema.json' }\n`,
    },
    good: including,
  },
  "include-too-deep": {
    title: "Includes nested too deep",
    message: (limit: number) => `includes nested deeper than ${limit} files`,
    explanation:
      "Files may include each other 500 deep. QEMU has a limit of about the same size, set by the recursion limit of Python, and ends with a stack trace there.",
  },
  "pragma-not-alone": {
    title: "Pragma directive with other keys",
    message: () => "invalid 'pragma' directive",
    explanation: "An object with the key `pragma` must have no other key.",
    bad: `{ 'pragma': { 'doc-required': true }, 'if': 'CONFIG_DOC' }\n`,
    good: `{ 'pragma': { 'doc-required': true } }\n`,
  },
  "pragma-not-object": {
    title: "Pragma is not an object",
    message: () => "value of 'pragma' must be an object",
    explanation: "A `pragma` holds settings by their names.",
    bad: `{ 'pragma': 'doc-required' }\n`,
    good: `{ 'pragma': { 'doc-required': true } }\n`,
  },
  "pragma-not-boolean": {
    title: "Pragma setting is not a boolean",
    message: (name: string) => `pragma '${name}' must be boolean`,
    explanation: "This setting is `true` or `false`, without quotes.",
    bad: `{ 'pragma': { 'doc-required': 'true' } }\n`,
    good: `{ 'pragma': { 'doc-required': true } }\n`,
  },
  "pragma-not-list": {
    title: "Pragma setting is not a list of names",
    message: (name: string) => `pragma ${name} must be a list of strings`,
    explanation: "This setting is a list of names of definitions, even if there is but one.",
    bad: `{ 'pragma': { 'command-name-exceptions': 'query_status' } }\n`,
    good: `{ 'pragma': { 'command-name-exceptions': [ 'query_status' ] } }\n`,
  },
  "unknown-pragma": {
    title: "Unknown pragma",
    message: (name: string) => `unknown pragma '${name}'`,
    explanation:
      "The settings are `doc-required`, `command-name-exceptions`, `command-returns-exceptions`, `documentation-exceptions` and `member-name-exceptions`.",
    bad: `{ 'pragma': { 'docs-required': true } }\n`,
    good: `{ 'pragma': { 'doc-required': true } }\n`,
  },
  "schema-too-old": {
    title: "Schema of a QEMU before 6.2",
    message: (sign: string) =>
      `${sign} is of the schema language before QEMU 6.2, which is not read: ask a live QEMU of that version instead (its QMP address, or its reply to query-qmp-schema, can stand for the schema file)`,
    explanation:
      "QEMU 6.2 changed the language: conditions are names (`'if': 'CONFIG_X'`, not `'defined(CONFIG_X)'` or a list), unions have `base` and `discriminator`, and before that pragmas were renamed (`returns-whitelist` and `name-case-whitelist`). This stands in place of all other problems of such a schema; `--diagnostics=qemu` shows what QEMU itself would say first.",
    bad: `{ 'union': 'Either', 'data': { 'one': 'int', 'other': 'str' } }
`,
    good: `{ 'enum': 'Which', 'data': [ 'one', 'other' ] }
{ 'struct': 'One', 'data': { 'data': 'int' } }
{ 'struct': 'Other', 'data': { 'data': 'str' } }
{ 'union': 'Either', 'base': { 'type': 'Which' }, 'discriminator': 'type',
  'data': { 'one': 'One', 'other': 'Other' } }
`,
  },
  "not-an-object": {
    title: "Top-level expression is not an object",
    message: () => "top-level expression must be an object",
    explanation: "A schema file is a sequence of objects: definitions, `include` and `pragma` directives.",
    bad: `[ 'struct', 'Point' ]\n`,
    good: `{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-without-definition": {
    title: "Doc comment without its definition",
    message: (symbol: string) => `documentation for '${symbol}' is not followed by the definition`,
    explanation:
      "A doc comment that starts with `@NAME:` belongs to the definition right after it. Another doc comment, an include, a pragma or the end of the file follows here.",
    bad: `##\n# @Point:\n#\n# A place.\n##\n{ 'pragma': { 'doc-required': true } }\n`,
    good: `##\n# @Point:\n#\n# A place.\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "free-form-doc-before-definition": {
    title: "Free-form doc comment before a definition",
    message: () => "definition documentation required",
    explanation:
      "A doc comment right before a definition must start with `@NAME:`. Use a plain comment (`#`), or set the doc comment apart by another one that documents the definition.",
    bad: `##\n# A place.\n##\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n#\n# A place.\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
} as const satisfies Catalogue;
