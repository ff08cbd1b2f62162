import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BreakingScope } from "../../src/evolution/breaking-scopes.js";
import { breakingFindings, changesFor } from "../../src/evolution/breaking.js";
import type { Change } from "../../src/evolution/change.js";
import { compareSchemas } from "../../src/evolution/compare-schemas.js";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { changeIds } from "../../src/evolution/rules.js";
import { tellHistory } from "../../src/evolution/tell-history.js";
import { compileText } from "../support/compile-text.js";

/** Around each edit: `Sent` goes in, `Got` comes out, `Both` does both. */
const frame = `
{ 'command': 'send', 'data': { 'sent': 'Sent' } }
{ 'command': 'get', 'returns': 'Got' }
{ 'command': 'swap', 'data': { 'both': 'Both' }, 'returns': 'Both' }
{ 'event': 'TOLD', 'data': { 'got': 'Got' } }
`;

const plain = {
  Sent: "{ 'struct': 'Sent', 'data': { 'x': 'int' } }",
  Got: "{ 'struct': 'Got', 'data': { 'x': 'int' } }",
  Both: "{ 'struct': 'Both', 'data': { 'x': 'int' } }",
};

/** The same definition three times, as what is sent, received, and both. */
function schema(definition: (name: string) => string, extra = ""): string {
  return frame + Object.keys(plain).map(definition).join("\n") + extra;
}

const struct =
  (members: string, more = "") =>
  (name: string): string =>
    `{ 'struct': '${name}', 'data': { ${members} }${more} }`;

const union = (base: string, branches: string, values = "'a', 'b'") => ({
  definition: (name: string): string =>
    `{ 'union': '${name}', 'base': { ${base} }, 'discriminator': 'tag', 'data': { ${branches} } }`,
  extra: `\n{ 'enum': 'Tag', 'data': [ ${values} ] }
{ 'struct': 'Yy', 'data': { 'y': 'int' } }
{ 'struct': 'Zz', 'data': { '*z': 'int' } }`,
});

const told = (changes: readonly Change[]): string[] =>
  changes.map(({ id, level, direction, path }) => `${level} ${id} ${direction} ${path}`).sort();

const compare = (old: string, next: string): string[] =>
  told(compareSchemas(compileText(old), compileText(next)));

interface Edit {
  readonly what: string;
  readonly old: string;
  readonly next: string;
  /** For what is sent, received and both: `level id`. `ok` alone: no change at all. */
  readonly sent: string;
  readonly got: string;
  readonly both: string;
  /** The path below `sent`. */
  readonly at: string;
}

const edit = (
  what: string,
  old: string,
  next: string,
  at: string,
  [sent, got, both]: readonly [string, string, string],
): Edit => ({ what, old, next, at, sent, got, both });

const members = (
  what: string,
  old: string,
  next: string,
  at: string,
  verdicts: readonly [string, string, string],
): Edit => edit(what, schema(struct(old)), schema(struct(next)), at, verdicts);

const unions = (
  what: string,
  old: ReturnType<typeof union>,
  next: ReturnType<typeof union>,
  at: string,
  verdicts: readonly [string, string, string],
): Edit => edit(what, schema(old.definition, old.extra), schema(next.definition, next.extra), at, verdicts);

const everywhere = (verdict: string): [string, string, string] => [verdict, verdict, verdict];
const alternate =
  (alternatives: string) =>
  (name: string): string =>
    `{ 'struct': '${name}', 'data': { 'x': 'Alt${name}' } }\n{ 'alternate': 'Alt${name}', 'data': { ${alternatives} } }`;
const enumeration =
  (values: string) =>
  (name: string): string =>
    `{ 'struct': '${name}', 'data': { 'x': 'En${name}' } }\n{ 'enum': 'En${name}', 'data': [ ${values} ] }`;

const edits: readonly Edit[] = [
  members("optional member added", "'x': 'int'", "'x': 'int', '*n': 'str'", "/n", [
    "ok arg-added-optional",
    "ok member-added",
    "ok arg-added-optional",
  ]),
  members("mandatory member added", "'x': 'int'", "'x': 'int', 'n': 'str'", "/n", [
    "breaking arg-added-mandatory",
    "ok member-added",
    "breaking arg-added-mandatory",
  ]),
  members(
    "mandatory member removed",
    "'x': 'int', 'n': 'str'",
    "'x': 'int'",
    "/n",
    everywhere("breaking member-removed"),
  ),
  members(
    "optional member removed",
    "'x': 'int', '*n': 'str'",
    "'x': 'int'",
    "/n",
    everywhere("breaking member-removed"),
  ),
  members(
    "unstable member removed",
    "'x': 'int', '*n': { 'type': 'str', 'features': [ 'unstable' ] }",
    "'x': 'int'",
    "/n",
    everywhere("dangerous member-removed"),
  ),
  members(
    "member renamed",
    "'x': 'int', '*old': 'str'",
    "'x': 'int', '*fresh': 'str'",
    "/old",
    everywhere("breaking member-renamed"),
  ),
  members("made optional", "'x': 'int'", "'*x': 'int'", "/x", [
    "ok member-made-optional",
    "breaking member-made-optional",
    "breaking member-made-optional",
  ]),
  members("made mandatory", "'*x': 'int'", "'x': 'int'", "/x", [
    "breaking member-made-mandatory",
    "ok member-made-mandatory",
    "breaking member-made-mandatory",
  ]),
  members(
    "members in another order",
    "'x': 'int', 'n': 'str'",
    "'n': 'str', 'x': 'int'",
    "",
    everywhere("none"),
  ),
  members("integer narrowed", "'x': 'int64'", "'x': 'uint8'", "/x", [
    "breaking int-narrowed",
    "ok int-narrowed",
    "breaking int-narrowed",
  ]),
  members("integer widened", "'x': 'uint8'", "'x': 'int64'", "/x", [
    "ok int-widened",
    "dangerous int-widened",
    "dangerous int-widened",
  ]),
  members("sign lost", "'x': 'int'", "'x': 'uint64'", "/x", [
    "breaking int-narrowed",
    "dangerous int-narrowed",
    "breaking int-narrowed",
  ]),
  members("size is uint64", "'x': 'size'", "'x': 'uint64'", "", everywhere("none")),
  members("int is int64", "'x': 'int'", "'x': 'int64'", "", everywhere("none")),
  members("int to number", "'x': 'int'", "'x': 'number'", "/x", [
    "ok type-changed",
    "dangerous type-changed",
    "dangerous type-changed",
  ]),
  members("number to int", "'x': 'number'", "'x': 'int'", "/x", [
    "breaking type-changed",
    "ok type-changed",
    "breaking type-changed",
  ]),
  members("any", "'x': 'int'", "'x': 'any'", "/x", [
    "ok type-changed",
    "dangerous type-changed",
    "dangerous type-changed",
  ]),
  members("no longer any", "'x': 'any'", "'x': 'int'", "/x", [
    "dangerous type-changed",
    "ok type-changed",
    "dangerous type-changed",
  ]),
  members("another kind", "'x': 'int'", "'x': 'str'", "/x", everywhere("breaking type-kind-changed")),
  members("a list", "'x': 'int'", "'x': ['int']", "/x", everywhere("breaking scalar-array")),
  members("no list", "'x': ['int']", "'x': 'int'", "/x", everywhere("breaking scalar-array")),
  members(
    "list of another kind",
    "'x': ['int']",
    "'x': ['str']",
    "/x",
    everywhere("breaking type-kind-changed"),
  ),
  edit("string to enum", schema(struct("'x': 'str'")), schema(enumeration("'a'")), "/x", [
    "dangerous str-to-enum",
    "ok str-to-enum",
    "dangerous str-to-enum",
  ]),
  edit("enum to string", schema(enumeration("'a'")), schema(struct("'x': 'str'")), "/x", [
    "ok enum-to-str",
    "dangerous enum-to-str",
    "dangerous enum-to-str",
  ]),
  edit("enum value added", schema(enumeration("'a'")), schema(enumeration("'a', 'b'")), "/x/^b", [
    "ok enum-value-added",
    "dangerous enum-value-added",
    "dangerous enum-value-added",
  ]),
  edit("enum value removed", schema(enumeration("'a', 'b'")), schema(enumeration("'a'")), "/x/^b", [
    "breaking enum-value-removed",
    "note enum-value-removed",
    "breaking enum-value-removed",
  ]),
  edit("to alternate", schema(struct("'x': 'int'")), schema(alternate("'i': 'int', 'b': 'bool'")), "/x", [
    "ok type-to-alternate",
    "breaking type-to-alternate",
    "breaking type-to-alternate",
  ]),
  edit("from alternate", schema(alternate("'i': 'int', 'b': 'bool'")), schema(struct("'x': 'int'")), "/x", [
    "breaking alternate-to-type",
    "ok alternate-to-type",
    "breaking alternate-to-type",
  ]),
  edit(
    "to another alternate",
    schema(struct("'x': 'str'")),
    schema(alternate("'i': 'int', 'b': 'bool'")),
    "/x",
    everywhere("breaking type-kind-changed"),
  ),
  edit(
    "alternative added",
    schema(alternate("'i': 'int'")),
    schema(alternate("'i': 'int', 'b': 'bool'")),
    "/x/!boolean",
    ["ok alternative-added", "breaking alternative-added", "breaking alternative-added"],
  ),
  edit(
    "alternative removed",
    schema(alternate("'i': 'int', 'b': 'bool'")),
    schema(alternate("'i': 'int'")),
    "/x/!boolean",
    ["breaking alternative-removed", "ok alternative-removed", "breaking alternative-removed"],
  ),
  unions(
    "a branch for an old value, mandatory",
    union("'tag': 'Tag'", "'a': 'Zz'"),
    union("'tag': 'Tag'", "'a': 'Zz', 'b': 'Yy'"),
    "/+b",
    ["breaking branch-added", "ok branch-added", "breaking branch-added"],
  ),
  unions(
    "a branch for an old value, optional",
    union("'tag': 'Tag'", "'a': 'Yy'"),
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Zz'"),
    "/+b",
    everywhere("ok branch-added"),
  ),
  unions(
    "a branch is gone, its value stays",
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Zz'"),
    union("'tag': 'Tag'", "'a': 'Yy'"),
    "/+b",
    everywhere("breaking branch-removed"),
  ),
  unions(
    "a member moves into a branch",
    union("'tag': 'Tag', 'y': 'int'", "'b': 'Zz'"),
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Zz'"),
    "/y",
    [
      "breaking member-moved-to-branch",
      "dangerous member-moved-to-branch",
      "breaking member-moved-to-branch",
    ],
  ),
  unions(
    "a member moves into every branch",
    union("'tag': 'Tag', 'y': 'int'", ""),
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Yy'"),
    "",
    everywhere("none"),
  ),
  unions(
    "a member moves out of every branch",
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Yy'"),
    union("'tag': 'Tag', 'y': 'int'", ""),
    "",
    everywhere("none"),
  ),
  unions(
    "values and branches in another order",
    union("'tag': 'Tag'", "'a': 'Yy', 'b': 'Zz'"),
    union("'tag': 'Tag'", "'b': 'Zz', 'a': 'Yy'", "'b', 'a'"),
    "",
    everywhere("none"),
  ),
  edit(
    "deprecated",
    schema(struct("'x': 'int'")),
    schema(struct("'x': { 'type': 'int', 'features': [ 'deprecated' ] }")),
    "/x/$deprecated",
    everywhere("note feature-gained"),
  ),
  edit(
    "unstable",
    schema(struct("'x': 'int'")),
    schema(struct("'x': { 'type': 'int', 'features': [ 'unstable' ] }")),
    "/x/$unstable",
    everywhere("dangerous feature-gained"),
  ),
  edit(
    "stable",
    schema(struct("'x': { 'type': 'int', 'features': [ 'unstable' ] }")),
    schema(struct("'x': 'int'")),
    "/x/$unstable",
    everywhere("ok feature-lost"),
  ),
  edit(
    "a flag of a type lost",
    schema(struct("'x': 'int'", ", 'features': [ 'can' ]")),
    schema(struct("'x': 'int'")),
    "/$can",
    everywhere("breaking feature-lost"),
  ),
  edit(
    "a flag of a type gained",
    schema(struct("'x': 'int'")),
    schema(struct("'x': 'int'", ", 'features': [ 'can' ]")),
    "/$can",
    everywhere("ok feature-gained"),
  ),
  edit(
    "a condition added",
    schema(struct("'x': 'int', 'n': 'str'")),
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': 'C' }")),
    "/n",
    everywhere("note if-added"),
  ),
  edit(
    "a condition narrowed",
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': { 'any': [ 'C', 'D' ] } }")),
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': 'C' }")),
    "/n",
    everywhere("note if-narrowed"),
  ),
  edit(
    "a condition weakened",
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': 'C' }")),
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': { 'any': [ 'D', 'C' ] } }")),
    "",
    everywhere("none"),
  ),
  edit(
    "what some builds had, all may have",
    schema(struct("'x': 'int', 'n': { 'type': 'str', 'if': 'C' }")),
    schema(struct("'x': 'int', '*n': 'str'")),
    "/n",
    everywhere("ok member-made-optional"),
  ),
];

describe("a change of a member, value, branch or type", () => {
  it.each(edits)("$what", ({ old, next, sent, got, both, at }) => {
    const wanted = [
      [sent, "in", `send/arg-type/sent${at}`],
      // An event and a command have it; the event's path is the longer one.
      [got, "out", `get/ret-type${at}`],
      [both, "both", `swap/ret-type${at}`],
    ]
      .filter(([verdict]) => verdict !== "none")
      .map(([verdict, direction, path]) => `${verdict ?? ""} ${direction ?? ""} ${path ?? ""}`);
    expect(compare(old, next)).toEqual(wanted.sort());
  });
});

describe("a change of a command or event", () => {
  const base = "{ 'struct': 'Sx', 'data': { 'x': 'int' } }\n";
  const command = (keys: string): string => `${base}{ 'command': 'c'${keys} }`;
  it.each<[what: string, old: string, next: string, wanted: readonly string[]]>([
    ["command gone", command(""), base, ["breaking command-removed in c"]],
    [
      "unstable command gone",
      command(", 'features': [ 'unstable' ]"),
      base,
      ["dangerous command-removed in c"],
    ],
    ["command new", base, command(""), ["ok command-added in c"]],
    ["event gone", `${base}{ 'event': 'E' }`, base, ["dangerous event-removed out E"]],
    ["event new", base, `${base}{ 'event': 'E' }`, ["ok event-added out E"]],
    ["returns added", command(""), command(", 'returns': 'Sx'"), ["ok returns-added out c/ret-type"]],
    [
      "returns removed",
      command(", 'returns': 'Sx'"),
      command(""),
      ["breaking returns-removed out c/ret-type"],
    ],
    [
      "list returned",
      command(", 'returns': 'Sx'"),
      command(", 'returns': ['Sx']"),
      ["breaking returns-changed out c/ret-type"],
    ],
    [
      "list where nothing was",
      command(""),
      command(", 'returns': ['Sx']"),
      ["breaking returns-changed out c/ret-type"],
    ],
    [
      "in-place arguments to a named type",
      command(", 'data': { 'x': 'int' }"),
      command(", 'data': 'Sx'"),
      [],
    ],
    [
      "mandatory argument where none was",
      command(""),
      command(", 'data': 'Sx'"),
      ["breaking arg-added-mandatory in c/arg-type/x"],
    ],
    ["no more out of band", command(", 'allow-oob': true"), command(""), ["breaking allow-oob in c"]],
    ["out of band", command(""), command(", 'allow-oob': true"), ["ok allow-oob in c"]],
    [
      "no more before the machine",
      command(", 'allow-preconfig': true"),
      command(""),
      ["breaking allow-preconfig in c"],
    ],
    [
      "no answer any more",
      command(""),
      command(", 'success-response': false"),
      ["breaking success-response in c"],
    ],
    ["an answer", command(", 'success-response': false"), command(""), ["dangerous success-response in c"]],
    [
      "arguments checked",
      command(", 'data': 'Sx', 'gen': false"),
      command(", 'data': 'Sx'"),
      ["dangerous type-changed in c/arg-type"],
    ],
    [
      "boxed, coroutine",
      command(", 'data': 'Sx'"),
      command(", 'data': 'Sx', 'boxed': true, 'coroutine': true"),
      [],
    ],
    [
      "deprecated",
      command(""),
      command(", 'features': [ 'deprecated' ]"),
      ["note feature-gained in c/$deprecated"],
    ],
    ["condition", command(""), command(", 'if': 'C'"), ["note if-added in c"]],
    [
      "a struct becomes a union by its string",
      `${base}{ 'command': 'c', 'data': { 'tag': 'str', 'x': 'int' } }`,
      `${base}{ 'enum': 'Tx', 'data': [ 'a' ] }
{ 'struct': 'Ax', 'data': { '*a': 'int' } }
{ 'union': 'Ux', 'base': { 'tag': 'Tx', 'x': 'int' }, 'discriminator': 'tag', 'data': { 'a': 'Ax' } }
{ 'command': 'c', 'data': 'Ux', 'boxed': true }`,
      ["dangerous str-to-enum in c/arg-type/tag", "ok branch-added in c/arg-type/+a"],
    ],
    [
      "another tag",
      `{ 'enum': 'Tx', 'data': [ 'a' ] }
{ 'struct': 'Ax', 'data': { '*a': 'int' } }
{ 'union': 'Ux', 'base': { 't': 'Tx', 'v': 'Tx' }, 'discriminator': 't', 'data': { 'a': 'Ax' } }
{ 'command': 'c', 'data': 'Ux', 'boxed': true }`,
      `{ 'enum': 'Tx', 'data': [ 'a' ] }
{ 'struct': 'Ax', 'data': { '*a': 'int' } }
{ 'union': 'Ux', 'base': { 't': 'Tx', 'v': 'Tx' }, 'discriminator': 'v', 'data': { 'a': 'Ax' } }
{ 'command': 'c', 'data': 'Ux', 'boxed': true }`,
      ["breaking tag-changed in c/arg-type/t"],
    ],
  ])("%s", (_what, old, next, wanted) => {
    expect(compare(old, next)).toEqual(wanted);
  });

  it("counts once what several types take from one base, and names every way to it", () => {
    const text = (member: string): string => `
{ 'struct': 'Base', 'data': { 'x': 'int'${member} } }
{ 'struct': 'Ax', 'base': 'Base', 'data': {} }
{ 'struct': 'Bx', 'base': 'Base', 'data': {} }
{ 'command': 'a', 'data': 'Ax' }
{ 'command': 'b', 'data': 'Bx' }`;
    const changes = compareSchemas(compileText(text(", '*y': 'str'")), compileText(text("")));
    expect(told(changes)).toEqual(["breaking member-removed in a/arg-type/y"]);
    expect(changes[0]).toMatchObject({ usedBy: ["a", "b"], alsoAt: ["b/arg-type/y"], announced: false });
  });

  it("promises nothing by way of what is unstable, and takes a deprecation for an announcement", () => {
    const text = (feature: string, member: string): string => `
{ 'struct': 'Ax', 'data': { 'x': 'int'${member} } }
{ 'command': 'a', 'data': 'Ax', 'features': [ '${feature}' ] }`;
    const lost = (feature: string): Change[] =>
      compareSchemas(compileText(text(feature, ", '*y': 'str'")), compileText(text(feature, "")));
    expect(lost("unstable")).toMatchObject([{ level: "dangerous", announced: true }]);
    expect(lost("deprecated")).toMatchObject([{ level: "breaking", announced: true }]);
    expect(lost("other")).toMatchObject([{ level: "breaking", announced: false }]);
  });

  it("tells names only to who asks for them", () => {
    const text = (name: string): string =>
      `{ 'struct': '${name}', 'data': { 'x': 'int' } }\n{ 'command': 'c', 'data': '${name}' }`;
    const schemas = [compileText(text("Old")), compileText(text("Fresh"))] as const;
    const found = (scope: BreakingScope): string[] =>
      breakingFindings(changesFor(scope, ...schemas), scope, schemas).map(({ rule }) => rule);
    expect(found("wire")).toEqual([]);
    expect(found("code")).toEqual([]);
    expect(found("names")).toEqual(["type-renamed"]);
  });

  it("has a rule for each id that has been agreed on", () => {
    expect([...changeIds].sort()).toEqual(
      (
        "command-removed event-removed command-added event-added arg-added-mandatory arg-added-optional member-added " +
        "member-removed member-renamed member-made-optional member-made-mandatory member-moved-to-branch int-narrowed " +
        "int-widened type-changed type-kind-changed scalar-array str-to-enum enum-to-str type-to-alternate " +
        "alternate-to-type alternative-added alternative-removed enum-value-added enum-value-removed branch-added " +
        "branch-removed tag-changed returns-added returns-removed returns-changed feature-gained feature-lost " +
        "success-response allow-oob allow-preconfig if-added if-narrowed type-renamed definition-moved"
      )
        .split(" ")
        .sort(),
    );
  });
});

/** A schema as data, so that it can be written in any order. */
interface Sketch {
  readonly enums: readonly (readonly string[])[];
  readonly structs: readonly (readonly { name: string; optional: boolean; type: number; list: boolean }[])[];
  readonly commands: readonly { takes: number; returns: number }[];
}

const sketches: fc.Arbitrary<Sketch> = fc.record({
  enums: fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }), {
    minLength: 1,
    maxLength: 2,
  }),
  structs: fc.array(
    fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("p", "q", "r", "s"),
        optional: fc.boolean(),
        type: fc.nat(20),
        list: fc.boolean(),
      }),
      { selector: ({ name }) => name },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  commands: fc.array(fc.record({ takes: fc.nat(20), returns: fc.nat(20) }), { minLength: 1, maxLength: 3 }),
});

function definitions({ enums, structs, commands }: Sketch): string[] {
  const types = ["int", "str", "uint8", ...enums.map((_, i) => `En${i}`), ...structs.map((_, i) => `St${i}`)];
  const struct = (at: number): string => `St${at % structs.length}`;
  return [
    ...enums.map(
      (values, i) => `{ 'enum': 'En${i}', 'data': [ ${values.map((value) => `'${value}'`).join(", ")} ] }`,
    ),
    ...structs.map((members, i) => {
      const list = members.map(({ name, optional, type, list }) => {
        const of = `'${types[type % types.length] ?? "int"}'`;
        // A member may be of the struct itself only where it can be left out.
        return `'${optional || type % types.length > 2 ? "*" : ""}${name}': ${list ? `[${of}]` : of}`;
      });
      return `{ 'struct': 'St${i}', 'data': { ${list.join(", ")} } }`;
    }),
    ...commands.map(
      ({ takes, returns }, i) =>
        `{ 'command': 'c${i}', 'data': '${struct(takes)}', 'returns': '${struct(returns)}' }`,
    ),
  ];
}

const write = (sketch: Sketch): string => definitions(sketch).join("\n");

/** What an addition is when one looks back. */
const mirrored: Readonly<Record<string, string>> = {
  "command-added": "command-removed",
  "arg-added-mandatory": "member-removed",
  "arg-added-optional": "member-removed",
  "member-added": "member-removed",
  "enum-value-added": "enum-value-removed",
  "member-renamed": "member-renamed",
};

describe("what no command or event reaches", () => {
  const mode = (values: string): string =>
    `{ 'enum': 'Mode', 'data': [ ${values} ] }\n{ 'struct': 'Disk', 'data': { 'mode': 'Mode', 'size': 'int' } }`;
  const changes = changesFor(
    "code",
    compileText(mode("'quick', 'slow'")),
    compileText(mode("'quick'").replace(", 'size': 'int'", "")),
  );

  it("is compared for code, and no history is asked for it", async () => {
    expect(changes.map(({ id, path }) => `${id} ${path}`)).toEqual([
      "member-removed Disk/size",
      "enum-value-removed Mode/^slow",
    ]);
    expect(tellHistory(changes, await shippedRecord(), false)).toEqual(changes);
  });
});

describe("comparing any two schemas", () => {
  it("finds nothing between a schema and itself, in whatever order it is written", () => {
    fc.assert(
      fc.property(sketches, fc.func(fc.nat()), (sketch, shuffle) => {
        const lines = definitions(sketch);
        const other = [...lines].sort((a, b) => shuffle(a) - shuffle(b));
        expect(compare(lines.join("\n"), other.join("\n"))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("finds the removals of one way as the additions of the other", () => {
    fc.assert(
      fc.property(sketches, sketches, (a, b) => {
        const there = compareSchemas(compileText(write(a)), compileText(write(b)));
        const back = compareSchemas(compileText(write(b)), compileText(write(a)));
        const added = (changes: readonly Change[]): string[] =>
          changes.flatMap(({ id, path, direction }) => {
            const mirror = mirrored[id];
            return mirror === undefined || id === "member-renamed" ? [] : [`${mirror} ${direction} ${path}`];
          });
        const removed = (changes: readonly Change[]): string[] =>
          changes.flatMap(({ id, path, direction }) =>
            id.endsWith("-removed") ? [`${id} ${direction} ${path}`] : [],
          );
        expect(added(back).sort()).toEqual(removed(there).sort());
        expect(added(there).sort()).toEqual(removed(back).sort());
      }),
      { numRuns: 60 },
    );
  });

  it("does not care in which order either is written", () => {
    fc.assert(
      fc.property(sketches, sketches, fc.func(fc.nat()), (a, b, shuffle) => {
        const other = [...definitions(b)].sort((one, two) => shuffle(one) - shuffle(two)).join("\n");
        expect(compare(write(a), other)).toEqual(compare(write(a), write(b)));
      }),
      { numRuns: 60 },
    );
  });
});
