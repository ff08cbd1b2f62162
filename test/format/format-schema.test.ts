import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatSchema, type FormatOptions } from "../../src/format/format-schema.js";

/** A schema from lines, as it is written and as it is formatted. */
type Case = readonly [what: string, before: string, after: string, options?: FormatOptions];
const cases: readonly Case[] = [
  [
    "blanks",
    "{'struct' :'A','data':{'a':'int'  ,  'b':['B']}}",
    "{ 'struct': 'A', 'data': { 'a': 'int', 'b': ['B'] } }",
  ],
  ["lists of names", "{ 'enum': 'E', 'data': ['a','b'] }", "{ 'enum': 'E', 'data': [ 'a', 'b' ] }"],
  [
    "conditions and features, which are lists of names",
    "{ 'struct': 'A', 'data': {}, 'if': {'all': ['X',{'not':'Y'}]}, 'features': ['f'] }",
    "{ 'struct': 'A', 'data': {}, 'if': { 'all': [ 'X', { 'not': 'Y' } ] },\n  'features': [ 'f' ] }",
  ],
  [
    "type references wherever they stand",
    "{ 'command': 'c', 'data': { 'a': [ 'A' ], 'b': { 'type': [ 'B' ], 'if': 'X' } },\n'returns': [ 'R' ] }",
    "{ 'command': 'c', 'data': { 'a': ['A'], 'b': { 'type': ['B'], 'if': 'X' } },\n  'returns': ['R'] }",
  ],
  [
    "the author's breaks, aligned",
    "{ 'struct': 'A',\n    'data': { 'a': 'int',\n  'b': 'int' } }",
    "{ 'struct': 'A',\n  'data': { 'a': 'int',\n            'b': 'int' } }",
  ],
  [
    "hanging members",
    "{ 'struct': 'A', 'data': {\n      'a': 'int',\n  'b': 'int' } }",
    "{ 'struct': 'A', 'data': {\n    'a': 'int',\n    'b': 'int' } }",
  ],
  [
    "a brace alone",
    "{ 'struct': 'A',\n  'data': { 'a': 'int'\n  }\n}",
    "{ 'struct': 'A',\n  'data': { 'a': 'int' } }",
  ],
  [
    "a value below its key",
    "{ 'struct': 'A',\n'data':\n{ 'a': 'int' } }",
    "{ 'struct': 'A',\n  'data':\n    { 'a': 'int' } }",
  ],
  [
    "lines over 79 columns, broken outermost first",
    `{ 'enum': 'Quite', 'data': [ ${Array.from({ length: 12 }, (_, i) => `'value-${i}'`).join(", ")} ] }`,
    "{ 'enum': 'Quite',\n" +
      "  'data': [ 'value-0', 'value-1', 'value-2', 'value-3', 'value-4', 'value-5',\n" +
      "            'value-6', 'value-7', 'value-8', 'value-9', 'value-10',\n" +
      "            'value-11' ] }",
  ],
  [
    "comments inside",
    "{ 'enum': 'E', 'data': [\n# first\n'a', # of a\n    'b'\n# last\n] }",
    "{ 'enum': 'E', 'data': [\n    # first\n    'a',  # of a\n    'b'\n    # last\n  ] }",
  ],
  [
    "what stands between",
    "\n\n# -*- Mode: Python -*-   \n\n\n\n{ 'include': 'a.json' }\n{ 'include': 'b.json' }\n##\n# = Title\n##\n##\n# @A:\n##\n\n{ 'enum': 'A', 'data': [] }  # odd",
    "# -*- Mode: Python -*-\n\n{ 'include': 'a.json' }\n{ 'include': 'b.json' }\n\n##\n# = Title\n##\n\n##\n# @A:\n##\n{ 'enum': 'A', 'data': [] }  # odd",
  ],
  [
    "what lint is to ignore in the definition below",
    "# lint-ignore unused-type: why\n##\n# @A:\n##\n{ 'enum': 'A', 'data': [] }\n# other\n##\n# @B:\n##\n{ 'enum': 'B', 'data': [] }",
    "# lint-ignore unused-type: why\n##\n# @A:\n##\n{ 'enum': 'A', 'data': [] }\n# other\n\n##\n# @B:\n##\n{ 'enum': 'B', 'data': [] }",
  ],
  ["no line end", "{ 'enum': 'A', 'data': [] }", "{ 'enum': 'A', 'data': [] }"],
  ["nothing", "", ""],
  [
    "strictly: members one a line, enums filled",
    "{ 'struct': 'A', 'data': { 'a': 'int', 'b': 'int' }, 'if': 'X' }\n{ 'enum': 'E', 'data': [\n'a',\n'b' ] }",
    "{ 'struct': 'A',\n  'data': { 'a': 'int',\n            'b': 'int' },\n  'if': 'X' }\n{ 'enum': 'E',\n  'data': [ 'a', 'b' ] }",
    { strict: true },
  ],
  [
    "documentation only",
    "{'enum':'A',\n'data':[]}\n##\n# @B:\n# Text.\n##\n\n{'enum':'B','data':[]}",
    "{'enum':'A',\n'data':[]}\n\n##\n# @B:\n#\n# Text.\n##\n{'enum':'B','data':[]}",
    { docsOnly: true },
  ],
];

const withEnd = (text: string): string => (text === "" ? "" : `${text}\n`);

describe("formatSchema", () => {
  it.each(cases.map(([what, before, after, options]) => ({ what, before, after, options })))(
    "lays out $what",
    ({ before, after, options }) => {
      const isLastKept = options?.docsOnly === true;
      expect(formatSchema(before, options)).toBe(isLastKept ? after : withEnd(after));
      expect(formatSchema(formatSchema(before, options), options)).toBe(formatSchema(before, options));
    },
  );

  const documented: readonly (readonly [
    what: string,
    before: readonly string[],
    after: readonly string[],
  ])[] = [
    ["an empty line below the name", ["@A:", "Text."], ["@A:", "", "Text."]],
    [
      "members aligned with their text, as of old",
      ["@A:", "", "@a: one", "    two", "@longer: one", "         two", "           - three"],
      ["@A:", "", "@a: one", "    two", "", "@longer: one", "    two", "      - three"],
    ],
    [
      "sections apart",
      ["@A:", "@a: one", "Since: 1.0", "Returns: x", "         y"],
      ["@A:", "", "@a: one", "", "Since: 1.0", "", "Returns: x", "    y"],
    ],
    [
      "many empty lines",
      ["@A:", "", "", "Text.", "", "", "@a: one", "", "", "Since: 1"],
      ["@A:", "", "Text.", "", "@a: one", "", "Since: 1"],
    ],
    [
      "examples of old",
      ["@A:", "Example:", "", "-> { 'a':", "         1 }", "<- {}"],
      ["@A:", "", "Example:", "", "-> { 'a':", "         1 }", "<- {}"],
    ],
    [
      "features",
      ["@A:", "Features:", "@f: one", "    two"],
      ["@A:", "", "Features:", "", "@f: one", "    two"],
    ],
    [
      "paragraphs, whatever their lines look like",
      ["@A:", "", "One", "Returns: two"],
      ["@A:", "", "One", "Returns: two"],
    ],
    ["comments that document nothing", ["= Title", "", "", "Text"], ["= Title", "", "", "Text"]],
  ];
  const comment = (lines: readonly string[]): string =>
    ["##", ...lines.map((line) => `# ${line}`.trimEnd()), "##", ""].join("\n");

  it.each(documented)("lays out documentation: %s", (_, before, after) => {
    expect(formatSchema(comment(before))).toBe(comment(after));
    expect(formatSchema(comment(after))).toBe(comment(after));
  });

  it.each([
    [
      "too wide",
      ["@A:", "", `${"word ".repeat(14)}end.`],
      ["@A:", "", "word ".repeat(13).trimEnd(), "word end."],
    ],
    ["a blank short", ["@A:", "", "One. Two e.g. Three."], ["@A:", "", "One.  Two e.g. Three."]],
    ["well set, though not full", ["@A:", "", "One.", "Two."], ["@A:", "", "One.", "Two."]],
    [
      "lists, tables and examples",
      ["@A:", "", "- One. Two.", "", "  Three. Four.", "", ".. qmp-example::", "", "    -> One. Two."],
      ["@A:", "", "- One. Two.", "", "  Three. Four.", "", ".. qmp-example::", "", "    -> One. Two."],
    ],
  ])("fills prose where that is asked for: %s", (_, before, after) => {
    expect(formatSchema(comment(before), { reflow: true })).toBe(comment(after));
    expect(formatSchema(comment(after), { reflow: true })).toBe(comment(after));
    expect(formatSchema(comment(before))).toBe(comment(before));
  });

  it("touches the definitions of some lines only, with their comments", () => {
    const text =
      "{'enum':'A','data':[]}\n##\n# @B:\n# b\n##\n{'enum':'B','data':[]}\n\n\n{'enum':'C','data':[]}\n";
    const [a, b, c] = ["{'enum':'A','data':[]}", "{ 'enum': 'B', 'data': [] }", "{'enum':'C','data':[]}"];
    const doc = "\n\n##\n# @B:\n#\n# b\n##\n";
    for (const line of [2, 4, 6]) {
      expect(formatSchema(text, { lines: [{ from: line, to: line }] })).toBe(`${a}${doc}${b}\n\n\n${c}\n`);
    }
    expect(formatSchema(text, { lines: [{ from: 7, to: 8 }] })).toBe(text);
    expect(formatSchema(text, { lines: [{ from: 1, to: 99 }] })).toBe(formatSchema(text));
  });

  // However an expression is spaced, its breaks decide what becomes of it.
  it("gives the same for any blanks and indentation", () => {
    const blanks = fc.stringMatching(/^[ \t]{0,3}$/);
    const expressions = cases.map(([, before]) =>
      before
        .split("\n")
        .filter((line) => !line.includes("#"))
        .join("\n"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...expressions), fc.infiniteStream(blanks), (text, stream) => {
        const spaced = text.replace(/'[^']*'|[{}[\],:]/g, (token) => {
          const [before, after] = [stream.next(), stream.next()].map(({ value }) => String(value ?? ""));
          return `${before ?? ""}${token}${after ?? ""}`;
        });
        expect(formatSchema(spaced)).toBe(formatSchema(text));
      }),
    );
  });

  it("takes an enum of a hundred thousand values on one line", () => {
    const values = Array.from({ length: 100_000 }, (_, i) => `'v${i}'`);
    const formatted = formatSchema(`{ 'enum': 'E', 'data': [ ${values.join(", ")} ] }`);
    expect(formatted.split("\n").every((line) => line.length <= 79)).toBe(true);
    expect(formatted.match(/'v\d+'/g)).toEqual(values);
  });
});
