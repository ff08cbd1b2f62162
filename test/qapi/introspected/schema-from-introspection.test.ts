import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { introspect } from "../../../src/codegen/emit/introspect.js";
import { DocumentError } from "../../../src/document/document-error.js";
import { schemaFromIntrospection } from "../../../src/qapi/introspected/schema-from-introspection.js";
import { compileText } from "../../support/compile-text.js";
import { corpus } from "../../support/shared-data.js";

const SCHEMA = `
{ 'pragma': { 'command-returns-exceptions': [ 'list' ] } }
{ 'struct': 'Empty', 'data': {} }
{ 'enum': 'Color', 'data': [ 'red', { 'name': 'green', 'features': [ 'unstable' ] } ] }
{ 'struct': 'Leaf', 'data': { 'color': 'Color', '*empty': 'Empty' } }
{ 'union': 'Node', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'leaf': 'Leaf', 'pair': 'Pair' } }
{ 'enum': 'Kind', 'data': [ 'leaf', 'pair', 'none' ] }
{ 'struct': 'Pair', 'data': { 'left': 'Node', 'right': 'Node' } }
{ 'alternate': 'Place', 'data': { 'index': 'uint8', 'where': 'Leaf' } }
{ 'command': 'query-tree', 'returns': 'Node' }
{ 'command': 'insert', 'data': { 'node': 'Node', 'at': 'Place', '*sizes': [ 'size' ] }, 'allow-oob': true,
  'features': [ 'deprecated' ] }
{ 'command': 'replace', 'data': 'Pair' }
{ 'command': 'list', 'returns': [ 'Leaf' ] }
{ 'event': 'TREE_CHANGED', 'data': { 'by': 'str' } }
`;

const introspected = (unmask: boolean) => JSON.stringify(introspect(compileText(SCHEMA), { unmask }));

describe("a schema read from introspection data", () => {
  it("names types after the nearest use", () => {
    const { modules } = schemaFromIntrospection("dir/live.json", introspected(false));
    expect(modules.map(({ name }) => name)).toEqual(["./builtin", "live.json"]);
    const named = modules[1]?.entities.map((entity) => `${entity.kind} ${entity.name}`);
    expect(named).toEqual([
      "object QueryTreeResult",
      "object q_obj_insert-arg",
      "object ReplaceArguments",
      "array ListResultList",
      "object ListResult",
      "object q_obj_TREE_CHANGED-arg",
      "enum QueryTreeKind",
      "alternate InsertAt",
      "array intList",
      "enum ListColor",
      "object ListEmpty",
      "object q_obj_QueryTreeResult-base",
      "command query-tree",
      "command insert",
      "command replace",
      "command list",
      "event TREE_CHANGED",
    ]);
  });

  it("gives the same names whatever the numbers and the order", () => {
    const entries = JSON.parse(introspected(false)) as { name: string }[];
    const shuffled = JSON.stringify([...entries].reverse()).replace(
      /"(\[?)(\d+)(\]?)"/g,
      (_, open, digits, close) => JSON.stringify(`${String(open)}${99 - Number(digits)}${String(close)}`),
    );
    const names = (text: string) => [...schemaFromIntrospection("x", text).definitions.keys()].sort();
    expect(names(shuffled)).toEqual(names(introspected(false)));
  });

  it("keeps names that are not masked", () => {
    const { definitions } = schemaFromIntrospection("x", introspected(true));
    const kinds = ["Node", "Pair", "Place", "q_obj_insert-arg", "Empty", "Kind"].map(
      (name) => definitions.get(name)?.kind,
    );
    expect(kinds).toEqual(["object", "object", "alternate", "object", "object", "enum"]);
  });

  it.each([true, false])("says the same when asked (unmasked: %s)", (unmask) => {
    const text = introspected(unmask);
    expect(introspect(schemaFromIntrospection("x", text), { unmask })).toEqual(JSON.parse(text));
    const reply = `{"return": ${text}, "id": 1}\r\n`;
    expect(introspect(schemaFromIntrospection("x", reply), { unmask })).toEqual(JSON.parse(text));
  });

  it.each([true, false])("needs no names of an enum's values beside its members (unmasked: %s)", (unmask) => {
    const text = introspected(unmask);
    const hidden = JSON.stringify(JSON.parse(text), (key, value: unknown) =>
      key === "values" ? undefined : value,
    );
    expect(hidden).not.toContain("values");
    expect(introspect(schemaFromIntrospection("x", hidden), { unmask })).toEqual(JSON.parse(text));
  });

  it("needs no members of an enum beside the names of its values", () => {
    const entries = JSON.parse(introspected(false)) as { "meta-type": string; members?: unknown }[];
    const before = JSON.stringify(
      entries.map(({ members, ...entry }) => (entry["meta-type"] === "enum" ? entry : { ...entry, members })),
    );
    const kinds = schemaFromIntrospection("x", before).definitions.get("QueryTreeKind");
    expect(kinds?.kind === "enum" && kinds.members.map(({ name }) => name)).toEqual(["leaf", "pair", "none"]);
  });

  it("follows unions however deep they are nested", () => {
    const depth = 50_000;
    const tag = { name: "t", type: "Tag" };
    const unions = Array.from({ length: depth }, (_, at) => ({
      "meta-type": "object",
      name: `U${String(at)}`,
      members: [tag],
      tag: "t",
      variants: [{ case: "a", type: at + 1 < depth ? `U${String(at + 1)}` : "q_empty" }],
    }));
    const entries = [
      { "meta-type": "command", name: "c", "arg-type": "q_empty", "ret-type": "U0" },
      { "meta-type": "enum", name: "Tag", members: [{ name: "a" }] },
      { "meta-type": "object", name: "q_empty", members: [] },
      ...unions,
    ];
    expect(schemaFromIntrospection("x", JSON.stringify(entries)).definitions.has("U49999")).toBe(true);
  });

  const golden = (path: string) => readFileSync(join(corpus ?? "", path), "utf8");

  it.skipIf(corpus === undefined)("says what QEMU said, but for types that nothing uses", () => {
    const text = golden("qemu-10.2.2/golden/introspect-unmasked.json");
    const said = introspect(schemaFromIntrospection("x", text), { unmask: true }) as { name: string }[];
    const names = new Set(said.map((entry) => entry.name));
    expect(said).toEqual((JSON.parse(text) as { name: string }[]).filter((entry) => names.has(entry.name)));
    expect(names.size).toBe(1206);
  });

  it.skipIf(corpus === undefined).each(["qemu-10.2.2", "qemu-7.2"])(
    "says the same of %s again",
    (version) => {
      const read = (text: string) => introspect(schemaFromIntrospection("x", text));
      const once = read(golden(`${version}/golden/introspect.json`));
      expect(read(JSON.stringify(once))).toEqual(once);
    },
  );

  const command = { "meta-type": "command", name: "c", "arg-type": "0", "ret-type": "0" };
  const object = { "meta-type": "object", name: "0", members: [] };
  const kind = { "meta-type": "enum", name: "1", values: ["a"] };
  it.each<[unknown, string]>([
    [7, "1:1: it is neither a list nor a reply that returns one"],
    [{ return: {} }, "1:11: it is neither a list nor a reply that returns one"],
    [
      { error: { class: "GenericError", desc: "no" } },
      "1:1: it is neither a list nor a reply that returns one",
    ],
    [[null], "1:2: entry 0 must be object, not null"],
    [[{ name: "c" }], "1:2: 'c' has no known meta-type"],
    [{ return: [command, { name: "c" }] }, "1:77: 'c' has no known meta-type"],
    [{ time: 1, from: "server", message: { return: [{ name: "c" }] } }, "1:48: 'c' has no known meta-type"],
    [[{ name: "c", "meta-type": "constructor" }], "1:2: 'c' has no known meta-type"],
    [[{ "meta-type": "event", "arg-type": "0" }], "1:2: entry 0 lacks 'name'"],
    [[{ ...command, "ret-type": 0 }], "1:62: ret-type of 'c' must be string, not 0"],
    [[{ ...object, members: [{ name: "a" }] }], "1:46: members.0 of '0' lacks 'type'"],
    [[{ "meta-type": "enum", name: "1" }], "1:2: '1' must be an enum with 'members' or 'values'"],
    [[{ ...kind, members: ["a"] }], "1:59: members.0 of '1' must be object, not \"a\""],
    [[command], "'c' uses '0', which is not listed"],
    [[command, { ...kind, name: "0" }], "'c' uses '0', which is no object"],
    [[command, object, object], "'0' is listed twice"],
    [[{ "meta-type": "builtin", name: "float", "json-type": "number" }], "'float' is no built-in type"],
    [[command, { ...object, tag: "t", variants: [] }], "'0' has variants, and no enum as tag"],
    [
      [
        command,
        kind,
        { ...object, members: [{ name: "t", type: "1" }], tag: "t", variants: [{ case: "a", type: "0" }] },
      ],
      "'CResult' is a branch of itself",
    ],
    [
      [
        { ...command, "arg-type": "1" },
        { "meta-type": "alternate", name: "0", members: [{ type: "0" }] },
      ],
      "'0' has an alternative of any kind",
    ],
    [
      [
        { ...command, "ret-type": "[[int]]" },
        object,
        { "meta-type": "array", name: "[int]", "element-type": "int" },
        { "meta-type": "array", name: "[[int]]", "element-type": "[int]" },
      ],
      "'c' uses '[[int]]', which is not listed",
    ],
  ])("is refused when it is %j", (data, message) => {
    const read = () => schemaFromIntrospection("x", JSON.stringify(data));
    expect(read).toThrow(DocumentError);
    expect(read).toThrow(new RegExp(`^x:\\d+:\\d+: [^]*$`));
    expect(read).toThrow(message);
  });
});
