import type { Catalogue } from "./problem-kind.js";

/** `'a', 'b'`, sorted by code point as QEMU lists keys. */
function list(keys: readonly string[]): string {
  return keys
    .toSorted()
    .map((key) => `'${key}'`)
    .join(", ");
}

const plural = (keys: readonly string[]): string => (keys.length > 1 ? "s" : "");

/** Problems of one definition alone: is it well shaped? Parameters named `of` say what is meant, as QEMU's `source`. */
export const expressionProblems = {
  "definition-kind": {
    message: () =>
      "expression must have exactly one key 'enum', 'struct', 'union', 'alternate', 'command', 'event'",
    title: "Not a definition",
    explanation: "Exactly one of these keys says what an expression defines, and gives its name.",
    bad: "{ 'strukt': 'Point', 'data': { 'x': 'int' } }",
    good: "{ 'struct': 'Point', 'data': { 'x': 'int' } }",
  },
  "name-not-string": {
    message: (of: string) => `${of} requires a string name`,
    title: "Name that is not a string",
    explanation: "Definitions, enum values, features and discriminators are named by strings.",
    bad: "{ 'enum': 'Colour', 'data': [ 'red', true ] }",
    good: "{ 'enum': 'Colour', 'data': [ 'red', 'true' ] }",
  },
  "name-invalid": {
    message: (of: string) => `${of} has an invalid name`,
    title: "Invalid name",
    explanation:
      "Names are made of ASCII letters, digits, `-` and `_`, and start with a letter; enum values may start with " +
      "a digit. Vendors prefix theirs with `__RFQDN_`, and `x-` may mark what is experimental. Names that start " +
      "with `q_` are reserved.",
    bad: "{ 'struct': 'Point', 'data': { '1st': 'int' } }",
    good: "{ 'struct': 'Point', 'data': { 'first': 'int' } }",
  },
  "name-not-upper": {
    message: (of: string) => `name of ${of} must not use lowercase or '-'`,
    title: "Event name not in capitals",
    explanation: "Events are named in capitals, words separated by `_`.",
    bad: "{ 'event': 'Power-Down' }",
    good: "{ 'event': 'POWER_DOWN' }",
  },
  "name-not-lower": {
    message: (of: string) => `name of ${of} must not use uppercase or '_'`,
    title: "Name not in lower case",
    explanation:
      "Commands, members, enum values and features are named in lower case, words separated by `-`. The pragmas " +
      "`command-name-exceptions` and `member-name-exceptions` list old names that break the rule.",
    bad: "{ 'command': 'query_Status' }",
    good: "{ 'command': 'query-status' }",
  },
  "name-not-camel": {
    message: (of: string) => `name of ${of} must use CamelCase`,
    title: "Type name not in CamelCase",
    explanation: "Types are named in CamelCase: a capital first, no `-` or `_`, at least one small letter.",
    bad: "{ 'struct': 'point_3d', 'data': {} }",
    good: "{ 'struct': 'Point3D', 'data': {} }\n{ 'struct': 'Pixel', 'data': {} }",
  },
  "name-ends-in-list": {
    message: (of: string) => `${of} name should not end in 'List'`,
    title: "Type name that ends in List",
    explanation: "Names that end in `List` belong to the array types that QAPI makes by itself.",
    bad: "{ 'struct': 'PointList', 'data': {} }",
    good: "{ 'struct': 'Points', 'data': {} }",
  },
  "name-reserved": {
    message: (of: string) => `${of} uses reserved name`,
    title: "Reserved member name",
    explanation: "A member cannot be called `u` or start with `has-`: generated C code uses these names.",
    bad: "{ 'struct': 'Point', 'data': { 'has-x': 'bool' } }",
    good: "{ 'struct': 'Point', 'data': { 'with-x': 'bool' } }",
  },
  "doc-other-symbol": {
    message: (symbol: string) => `documentation comment is for '${symbol}'`,
    title: "Doc comment of another definition",
    explanation: "A doc comment that starts with `@NAME:` stands right before the definition of that name.",
    bad: "##\n# @Pont:\n##\n{ 'struct': 'Point', 'data': {} }",
    good: "##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }",
  },
  "doc-required": {
    message: () => "documentation comment required",
    title: "Definition without documentation",
    explanation: "Under the pragma `doc-required`, every definition needs a doc comment.",
    bad: "{ 'pragma': { 'doc-required': true } }\n{ 'struct': 'Point', 'data': {} }",
    good: "{ 'pragma': { 'doc-required': true } }\n##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }",
  },
  "doc-returns-nothing": {
    message: () => "'Returns' section, but command doesn't return anything",
    lenient: true,
    title: "Returns section of a command that returns nothing",
    explanation: "Remove the section, or give the command a `returns`.",
    bad: "##\n# @stop:\n#\n# Returns: a status\n##\n{ 'command': 'stop' }",
    good: "##\n# @stop:\n##\n{ 'command': 'stop' }",
  },
  "doc-section-of-command": {
    message: (section: string) => `'${section}' section is only valid for commands`,
    title: "Section that only commands may have",
    explanation:
      "Only commands return something and fail, so only they have `Returns:` and `Errors:` sections.",
    bad: "##\n# @Point:\n#\n# Errors: none\n##\n{ 'struct': 'Point', 'data': {} }",
    good: "##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }",
  },
  "key-missing": {
    message: (of: string, keys: readonly string[]) => `${of} misses key${plural(keys)} ${list(keys)}`,
    title: "Missing key",
    explanation: "The definition, member, feature or value lacks a key that it must have.",
    bad: "{ 'struct': 'Point' }",
    good: "{ 'struct': 'Point', 'data': {} }",
  },
  "key-unknown": {
    message: (of: string, keys: readonly string[], valid: readonly string[]) =>
      `${of} has unknown key${plural(keys)} ${list(keys)}\nValid keys are ${list(valid)}.`,
    title: "Unknown key",
    explanation: "The key has no meaning here; the message lists those that have.",
    bad: "{ 'command': 'stop', 'return': 'int' }",
    good: "{ 'command': 'stop' }",
  },
  "data-not-array": {
    message: () => "'data' must be an array",
    title: "Enum values not in an array",
    explanation: "An enum's `data` is an array of values.",
    bad: "{ 'enum': 'Colour', 'data': { 'red': 'str' } }",
    good: "{ 'enum': 'Colour', 'data': [ 'red' ] }",
  },
  "prefix-not-string": {
    message: () => "'prefix' must be a string",
    title: "Prefix that is not a string",
    explanation: "An enum's `prefix` is what its C constants start with: a string.",
    bad: "{ 'enum': 'Colour', 'prefix': [], 'data': [ 'red' ] }",
    good: "{ 'enum': 'Colour', 'prefix': 'COL', 'data': [ 'red' ] }",
  },
  "data-not-object": {
    message: () => "'data' must be an object",
    title: "Branches not in an object",
    explanation: "The `data` of a union or alternate is an object, with a member for each branch.",
    bad: "{ 'alternate': 'Size', 'data': [ 'int' ] }",
    good: "{ 'alternate': 'Size', 'data': { 'bytes': 'int' } }",
  },
  "data-empty": {
    message: () => "'data' must not be empty",
    title: "Alternate without branches",
    explanation: "An alternate needs at least one branch.",
    bad: "{ 'alternate': 'Size', 'data': {} }",
    good: "{ 'alternate': 'Size', 'data': { 'bytes': 'int' } }",
  },
  "members-not-object": {
    message: (of: string) => `${of} should be an object or type name`,
    title: "Members neither listed nor named",
    explanation:
      "Members are given as an object, or, where that is allowed, by the name of a type that has them.",
    bad: "{ 'command': 'move', 'data': [ 'int' ] }",
    good: "{ 'command': 'move', 'data': { 'by': 'int' } }",
  },
  "type-not-name": {
    message: (of: string) => `${of} should be a type name`,
    title: "Not a type name",
    explanation: "Only the name of a type can stand here.",
    bad: "{ 'struct': 'Pixel', 'base': true, 'data': {} }",
    good: "{ 'struct': 'Point', 'data': {} }\n{ 'struct': 'Pixel', 'base': 'Point', 'data': {} }",
  },
  "type-not-name-or-array": {
    message: (of: string) => `${of} should be a type name or array`,
    title: "Neither a type name nor an array",
    explanation: "A type is given by its name, or as an array with the name of its elements' type.",
    bad: "{ 'struct': 'Point', 'data': { 'x': true } }",
    good: "{ 'struct': 'Point', 'data': { 'x': 'int' } }",
  },
  "array-not-one-name": {
    message: (of: string) => `${of}: array type must contain single type name`,
    title: "Array of several types",
    explanation: "An array type is written `[ 'TYPE' ]`, with one type name.",
    bad: "{ 'struct': 'Path', 'data': { 'points': [ 'int', 'int' ] } }",
    good: "{ 'struct': 'Path', 'data': { 'points': [ 'int' ] } }",
  },
  "boxed-without-data": {
    message: () => "'boxed': true requires 'data'",
    title: "Boxed without data",
    explanation: "`boxed` says how arguments are passed in C, so there must be some.",
    bad: "{ 'command': 'move', 'boxed': true }",
    good: "{ 'struct': 'Point', 'data': { 'x': 'int' } }\n{ 'command': 'move', 'boxed': true, 'data': 'Point' }",
  },
  "flag-not-false": {
    message: (flag: string) => `flag '${flag}' may only use false value`,
    title: "Flag that can only be false",
    explanation: "The flag is true unless written; it is only ever written to say `false`.",
    bad: "{ 'command': 'stop', 'gen': true }",
    good: "{ 'command': 'stop', 'gen': false }",
  },
  "flag-not-true": {
    message: (flag: string) => `flag '${flag}' may only use true value`,
    title: "Flag that can only be true",
    explanation: "The flag is false unless written; it is only ever written to say `true`.",
    bad: "{ 'command': 'stop', 'allow-oob': false }",
    good: "{ 'command': 'stop', 'allow-oob': true }",
  },
  "flags-incompatible": {
    message: () => "flags 'allow-oob' and 'coroutine' are incompatible",
    title: "Flags that exclude each other",
    explanation: "A command that runs out of band cannot be a coroutine.",
    bad: "{ 'command': 'stop', 'allow-oob': true, 'coroutine': true }",
    good: "{ 'command': 'stop', 'allow-oob': true }",
  },
  "if-not-identifier": {
    message: (condition: string, of: string) =>
      `'if' condition '${condition}' of ${of} is not a valid identifier`,
    title: "Condition that is not an identifier",
    explanation:
      "A condition is the name of a C preprocessor symbol: capitals, digits and `_`, a capital first.",
    bad: "{ 'command': 'stop', 'if': 'config-stop' }",
    good: "{ 'command': 'stop', 'if': 'CONFIG_STOP' }",
  },
  "if-not-condition": {
    message: (of: string) => `'if' condition of ${of} must be a string or an object`,
    title: "Condition of the wrong kind",
    explanation: "A condition is a name, or an object with one of the keys `all`, `any`, `not`.",
    bad: "{ 'command': 'stop', 'if': [ 'CONFIG_STOP' ] }",
    good: "{ 'command': 'stop', 'if': { 'all': [ 'CONFIG_STOP' ] } }",
  },
  "if-not-one-key": {
    message: (of: string) => `'if' condition of ${of} has conflicting keys`,
    title: "Condition without exactly one key",
    explanation:
      "A combined condition has exactly one of the keys `all`, `any`, `not`; nest them to say more.",
    bad: "{ 'command': 'stop', 'if': { 'any': [ 'A', 'B' ], 'not': 'C' } }",
    good: "{ 'command': 'stop', 'if': { 'all': [ { 'any': [ 'A', 'B' ] }, { 'not': 'C' } ] } }",
  },
  "if-operands-not-array": {
    message: (operator: string, of: string) => `'${operator}' condition of ${of} must be an array`,
    title: "Operands not in an array",
    explanation: "`all` and `any` combine an array of conditions.",
    bad: "{ 'command': 'stop', 'if': { 'all': 'CONFIG_STOP' } }",
    good: "{ 'command': 'stop', 'if': { 'all': [ 'CONFIG_STOP' ] } }",
  },
  "if-empty": {
    message: (of: string) => `'if' condition [] of ${of} is useless`,
    title: "Combination of no conditions",
    explanation: "`all` and `any` need at least one condition.",
    bad: "{ 'command': 'stop', 'if': { 'any': [] } }",
    good: "{ 'command': 'stop' }",
  },
  "features-not-array": {
    message: () => "'features' must be an array",
    title: "Features not in an array",
    explanation: "`features` is an array of names, or of objects with `name` and `if`.",
    bad: "{ 'command': 'stop', 'features': 'unstable' }",
    good: "{ 'command': 'stop', 'features': [ 'unstable' ] }",
  },
} as const satisfies Catalogue;
