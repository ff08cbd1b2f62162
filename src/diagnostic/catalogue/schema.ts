import type { Catalogue } from "./problem-kind.js";

/** One feature more than there is room for. */
const SURPLUS_FEATURES = Array.from({ length: 63 }, (_, index) => `'f${index + 1}'`).join(", ");

/** Problems of all definitions together: do they mean something? Parameters named `what` describe, as QEMU's `describe()`. */
export const schemaProblems = {
  "definition-duplicate": {
    message: (name: string) => `'${name}' is already defined`,
    title: "Defined twice",
    explanation: "Types, commands and events share one space of names; each name is defined once.",
    bad: "{ 'struct': 'Point', 'data': {} }\n{ 'enum': 'Point', 'data': [ 'x' ] }",
    good: "{ 'struct': 'Point', 'data': {} }\n{ 'enum': 'Axis', 'data': [ 'x' ] }",
  },
  "definition-built-in": {
    message: (what: string) => `${what} is already defined`,
    title: "Name of a built-in type",
    explanation: "Built-in types cannot be defined again, and no command can have the name of one.",
    bad: "{ 'command': 'size' }",
    good: "{ 'command': 'query-size' }",
  },
  "type-unknown": {
    message: (what: string, name: string) => `${what} uses unknown type '${name}'`,
    title: "Unknown type",
    explanation: "No type of this name is built in or defined anywhere in the schema.",
    bad: "{ 'struct': 'Point', 'data': { 'x': 'integer' } }",
    good: "{ 'struct': 'Point', 'data': { 'x': 'int' } }",
  },
  "array-of-arrays": {
    message: (name: string) => `array type cannot have elements of array type '${name}'`,
    title: "Array of arrays",
    explanation:
      "Elements of an array are not arrays themselves; wrap the inner one in a struct. QEMU's tool crashes here.",
    bad: "{ 'struct': 'Matrix', 'data': { 'rows': [ 'intList' ] } }",
    good: "{ 'struct': 'Row', 'data': { 'cells': [ 'int' ] } }\n{ 'struct': 'Matrix', 'data': { 'rows': [ 'Row' ] } }",
  },
  "object-contains-itself": {
    message: (name: string) => `object ${name} contains itself`,
    title: "Type that contains itself",
    explanation:
      "By way of bases and branches a type cannot contain itself; an optional member of its type can.",
    bad: "{ 'struct': 'Node', 'base': 'Node', 'data': {} }",
    good: "{ 'struct': 'Node', 'data': { '*next': 'Node' } }",
  },
  "base-not-struct": {
    message: (what: string) => `'base' requires a struct type, ${what} isn't`,
    title: "Base that is not a struct",
    explanation: "Members are inherited from structs only.",
    bad: "{ 'struct': 'Point', 'base': 'int', 'data': {} }",
    good: "{ 'struct': 'Pair', 'data': {} }\n{ 'struct': 'Point', 'base': 'Pair', 'data': {} }",
  },
  "name-clash": {
    message: (what: string, other: string) => `${what} collides with ${other}`,
    title: "Names that collide",
    explanation:
      "Members, those of bases and branches included, values and features need names that differ even as C " +
      "identifiers, where `-`, `_` and `.` are the same.",
    bad: "{ 'pragma': { 'member-name-exceptions': [ 'Point' ] } }\n{ 'struct': 'Point', 'data': { 'a-b': 'int', 'a_b': 'int' } }",
    good: "{ 'struct': 'Point', 'data': { 'a-b': 'int', 'a-c': 'int' } }",
  },
  "feature-not-for-types": {
    message: (name: string) => `feature '${name}' is not supported for types`,
    title: "Special feature on a type",
    explanation:
      "`deprecated` and `unstable` mark commands, events, members and enum values, not whole types.",
    bad: "{ 'struct': 'Point', 'features': [ 'deprecated' ], 'data': {} }",
    good: "{ 'command': 'move', 'features': [ 'deprecated' ] }",
  },
  "discriminator-not-member": {
    message: (name: string) => `discriminator '${name}' is not a member of 'base'`,
    title: "Discriminator that the base lacks",
    explanation: "The discriminator names the member of the union's base whose value picks the branch.",
    bad: "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'type', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
    good: "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
  },
  "discriminator-not-enum": {
    message: (name: string, base: string) => `discriminator member '${name}' of ${base} must be of enum type`,
    title: "Discriminator that is not an enum",
    explanation: "The branches of a union are the values of an enum.",
    bad: "{ 'union': 'Shape', 'base': { 'kind': 'str' }, 'discriminator': 'kind', 'data': {} }",
    good: "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
  },
  "discriminator-optional": {
    message: (name: string, base: string) => `discriminator member '${name}' of ${base} must not be optional`,
    title: "Optional discriminator",
    explanation: "Without the discriminator nothing says which branch is meant.",
    bad: "{ 'union': 'Shape', 'base': { '*kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
    good: "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
  },
  "discriminator-conditional": {
    message: (name: string, base: string) =>
      `discriminator member '${name}' of ${base} must not be conditional`,
    title: "Conditional discriminator",
    explanation: "Without the discriminator nothing says which branch is meant.",
    bad:
      "{ 'union': 'Shape', 'base': { 'kind': { 'type': 'Kind', 'if': 'CONFIG_X' } }, 'discriminator': 'kind', 'data': {} }\n" +
      "{ 'enum': 'Kind', 'data': [ 'dot' ] }",
    good: "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n{ 'enum': 'Kind', 'data': [ 'dot' ] }",
  },
  "union-without-branches": {
    message: () => "union has no branches",
    title: "Union without branches",
    explanation: "The enum of the discriminator has no values, so the union has no branches.",
    bad: "{ 'enum': 'Kind', 'data': [] }\n{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }",
    good: "{ 'enum': 'Kind', 'data': [ 'dot' ] }\n{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }",
  },
  "branch-not-value": {
    message: (name: string, what: string) => `branch '${name}' is not a value of ${what}`,
    title: "Branch that is not a value",
    explanation: "A union's branches are named after values of the discriminator's enum.",
    bad:
      "{ 'enum': 'Kind', 'data': [ 'dot' ] }\n{ 'struct': 'Dot', 'data': {} }\n" +
      "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'dott': 'Dot' } }",
    good:
      "{ 'enum': 'Kind', 'data': [ 'dot' ] }\n{ 'struct': 'Dot', 'data': {} }\n" +
      "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'dot': 'Dot' } }",
  },
  "branch-type": {
    message: (branch: string, what: string) => `${branch} cannot use ${what}`,
    title: "Branch of a type that it cannot have",
    explanation:
      "The branches of a union are structs or unions; those of an alternate are of types that can be told apart " +
      "by their JSON kind, so neither `any` nor another alternate.",
    bad: "{ 'alternate': 'Size', 'data': { 'bytes': 'any' } }",
    good: "{ 'alternate': 'Size', 'data': { 'bytes': 'int' } }",
  },
  "alternate-ambiguous": {
    message: (branch: string, other: string) => `${branch} can't be distinguished from '${other}'`,
    title: "Branches that cannot be told apart",
    explanation:
      "An alternate's branches need different JSON kinds. Strings may stand for numbers and booleans on the " +
      "command line, so `str` goes with neither, and an enum does unless its values look like them.",
    bad: "{ 'alternate': 'Size', 'data': { 'bytes': 'int', 'share': 'number' } }",
    good: "{ 'alternate': 'Size', 'data': { 'bytes': 'int', 'all': 'bool' } }",
  },
  "arguments-type": {
    message: (definition: string, what: string) => `${definition}'s 'data' cannot take ${what}`,
    title: "Arguments that are not an object",
    explanation: "The arguments of a command or event are a struct, or a union when boxed.",
    bad: "{ 'command': 'move', 'data': 'int' }",
    good: "{ 'command': 'move', 'data': { 'by': 'int' } }",
  },
  "arguments-not-boxed": {
    message: (definition: string, what: string) =>
      `${definition}'s 'data' can take ${what} only with 'boxed': true`,
    title: "Union as unboxed arguments",
    explanation: "A union has no fixed list of members that could become parameters; pass it boxed.",
    bad:
      "{ 'enum': 'Kind', 'data': [ 'dot' ] }\n" +
      "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n" +
      "{ 'command': 'draw', 'data': 'Shape' }",
    good:
      "{ 'enum': 'Kind', 'data': [ 'dot' ] }\n" +
      "{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }\n" +
      "{ 'command': 'draw', 'data': 'Shape', 'boxed': true }",
  },
  "arguments-conditional": {
    message: (definition: string) => `conditional ${definition} arguments require 'boxed': true`,
    title: "Conditional arguments unboxed",
    explanation: "A C function cannot have parameters that come and go; pass the arguments boxed.",
    bad: "{ 'command': 'move', 'data': { 'by': { 'type': 'int', 'if': 'CONFIG_MOVE' } } }",
    good:
      "{ 'struct': 'Move', 'data': { 'by': { 'type': 'int', 'if': 'CONFIG_MOVE' } } }\n" +
      "{ 'command': 'move', 'data': 'Move', 'boxed': true }",
  },
  "returns-type": {
    message: (what: string) => `command's 'returns' cannot take ${what}`,
    title: "Return value that is not an object",
    explanation:
      "Commands return an object or an array of objects, which can grow members later. The pragma " +
      "`command-returns-exceptions` lists old commands that do not.",
    bad: "{ 'command': 'query-size', 'returns': 'int' }",
    good: "{ 'struct': 'Size', 'data': { 'bytes': 'int' } }\n{ 'command': 'query-size', 'returns': 'Size' }",
  },
  "doc-member-missing": {
    message: (role: string, name: string) => `${role} '${name}' lacks documentation`,
    lenient: true,
    title: "Member without documentation",
    explanation:
      "A documented definition documents every member, value or branch of its own. The pragma " +
      "`documentation-exceptions` lists definitions that do not.",
    bad: "##\n# @Point:\n##\n{ 'struct': 'Point', 'data': { 'x': 'int' } }",
    good: "##\n# @Point:\n#\n# @x: distance from the left edge\n##\n{ 'struct': 'Point', 'data': { 'x': 'int' } }",
  },
  "doc-feature-missing": {
    message: (name: string) => `feature '${name}' lacks documentation`,
    title: "Feature without documentation",
    explanation:
      "A documented definition documents its features and those of its members, below `Features:`.",
    bad: "##\n# @stop:\n##\n{ 'command': 'stop', 'features': [ 'unstable' ] }",
    good: "##\n# @stop:\n#\n# Features:\n#\n# @unstable: it may change\n##\n{ 'command': 'stop', 'features': [ 'unstable' ] }",
  },
  "doc-member-surplus": {
    message: (names: readonly string[]) => notExisting("member", names),
    lenient: true,
    title: "Documentation of a member that is not there",
    explanation: "The doc comment describes a member that the definition does not have itself.",
    bad: "##\n# @Point:\n#\n# @y: distance from the top edge\n##\n{ 'struct': 'Point', 'data': {} }",
    good: "##\n# @Point:\n#\n# @y: distance from the top edge\n##\n{ 'struct': 'Point', 'data': { 'y': 'int' } }",
  },
  "doc-feature-surplus": {
    message: (names: readonly string[]) => notExisting("feature", names),
    title: "Documentation of a feature that is not there",
    explanation: "The doc comment describes a feature that neither the definition nor a member of it has.",
    bad: "##\n# @stop:\n#\n# Features:\n#\n# @unstable: it may change\n##\n{ 'command': 'stop' }",
    good: "##\n# @stop:\n#\n# Features:\n#\n# @unstable: it may change\n##\n{ 'command': 'stop', 'features': [ 'unstable' ] }",
  },
  "features-too-many": {
    message: (most: number) => `Maximum of ${most} schema features is permitted`,
    title: "Too many features",
    explanation:
      "The features of a whole schema are bits of a 64-bit number in QEMU, `deprecated` and `unstable` among them.",
    bad: `{ 'command': 'stop', 'features': [ ${SURPLUS_FEATURES} ] }`,
    good: "{ 'command': 'stop', 'features': [ 'f1', 'f2' ] }",
  },
} as const satisfies Catalogue;

function notExisting(what: string, names: readonly string[]): string {
  const several = names.length > 1;
  return `documented ${what}${several ? "s" : ""} '${names.join("', '")}' ${several ? "do" : "does"} not exist`;
}
