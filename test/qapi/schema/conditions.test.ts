import { describe, expect, it } from "vitest";
import { dumpSchema } from "../../../src/qapi/dump/dump-schema.js";
import { schemaOf } from "../compile-text.js";

const text = `{ 'enum': 'Kind', 'data': [ 'a', { 'name': 'b', 'if': 'B', 'features': [ { 'name': 'f', 'if': 'F' }, 'g' ] } ] }
{ 'struct': 'Ss', 'if': 'S', 'data': { 'x': 'int' } }
{ 'struct': 'Tt', 'data': { 'x': 'int', 'y': { 'type': 'str', 'if': { 'not': 'B' } }, '*z': [ 'Tt' ] } }
{ 'union': 'Uu', 'base': { 'k': 'Kind' }, 'discriminator': 'k',
  'data': { 'a': 'Tt', 'b': { 'type': 'Ss', 'if': 'B' } } }
{ 'alternate': 'Aa', 'data': { 'n': 'int', 's': { 'type': 'null', 'if': 'B' } } }
##
# @gone:
#
# @m: mode
##
{ 'command': 'gone', 'if': { 'all': [ 'B', 'C' ] }, 'data': { 'm': 'Tt' } }
{ 'event': 'STAYS', 'if': { 'any': [ 'B', { 'not': 'C' } ] }, 'data': 'Tt', 'boxed': true }
`;

/** The dump without what is built in. */
const dumped = (defines: string[]): string =>
  dumpSchema(schemaOf(text, { defines: new Set(defines) })).replace(/^[^]*module schema.json\n/, "");

describe("a schema with its conditions resolved", () => {
  it("has lost what does not hold", () => {
    expect(dumped([])).toBe(`enum Kind
    member a
array TtList Tt
object Tt
    member x: int optional=False
    member y: str optional=False
    member z: TtList optional=True
object q_obj_Uu-base
    member k: Kind optional=False
object Uu
    base q_obj_Uu-base
    tag k
    case a: Tt
alternate Aa
    tag type
    case n: int
event STAYS Tt
    boxed=True
`);
  });

  it("has kept what does", () => {
    const dump = dumped(["B", "C", "S"]);
    expect(dump).toContain("    member b\n        feature g\n");
    expect(dump).toContain("object Ss\n");
    expect(dump).toContain("    case b: Ss\n");
    expect(dump).toContain("command gone q_obj_gone-arg -> None\n");
    expect(dump).not.toContain("member y");
    expect(dump).not.toContain("if ");
    expect(dump).toContain("doc symbol=gone");
  });

  it("keeps a type that is used although its condition does not hold", () => {
    const dump = dumped(["B"]);
    expect(dump).toContain("object Ss\n    member x: int optional=False\n");
    expect(dump).toContain("    case b: Ss\n");
  });

  it("still has the tag among the members, and each type once", () => {
    const { definitions } = schemaOf(text, { defines: new Set(["B"]) });
    const union = definitions.get("Uu");
    if (union?.kind !== "object") throw new Error("no union");
    expect(union.variants?.tag).toBe(union.members[0]);
    expect(union.variants?.branches[0]?.type).toBe(definitions.get("Tt"));
    expect(union.base).toBe(definitions.get("q_obj_Uu-base"));
  });

  it("leaves the schema it was made from as it was", () => {
    expect(dumpSchema(schemaOf(text))).toContain("if {'any': ['B', {'not': 'C'}]}");
  });
});
