import { describe, expect, it } from "vitest";
import { compileText, problemsOf, schemaOf } from "../compile-text.js";

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join("\n");

describe("schemas out of proportion", () => {
  const chain = (count: number, last: string): string =>
    times(
      count,
      (i) =>
        `{ 'struct': 'Ss${i}', 'base': '${i + 1 < count ? `Ss${i + 1}` : last}', 'data': { 'm${i}': 'int' } }`,
    );

  it("a chain of 10,000 bases, the first defined last", () => {
    const schema = schemaOf(`${chain(10_000, "End")}\n{ 'struct': 'End', 'data': {} }`);
    const first = schema.definitions.get("Ss0");
    expect(first?.kind === "object" && first.members.length).toBe(10_000);
  });

  it("a cycle of 10,000 bases", () => {
    expect(problemsOf(chain(10_000, "Ss0"))).toEqual([
      "1:13 object-contains-itself: object Ss0 contains itself",
    ]);
  });

  const unionChain = (count: number, last: string): string => {
    const union = (i: number): string =>
      `{ 'union': 'Uu${i}', 'base': { 'k${i}': 'Kind' }, 'discriminator': 'k${i}', 'data': { 'a': 'Uu${i + 1}' } }`;
    const end = `{ 'struct': 'Uu${count}', 'data': { '${last}': 'int' } }`;
    return `{ 'enum': 'Kind', 'data': [ 'a' ] }\n${times(count, union)}\n${end}`;
  };

  it("a chain of 20,000 unions, each a branch of the one before", () => {
    expect(problemsOf(unionChain(20_000, "x"))).toEqual([]);
  });

  it.each([300, 1000])("a clash across a chain of %i unions", (count) => {
    const end = `Uu${count}`;
    expect(problemsOf(unionChain(count, "k0"))).toEqual([
      `2:78 name-clash: member 'k0' of type '${end}' collides with base member 'k0'`,
    ]);
    expect(problemsOf(unionChain(count, `k${count - 1}`))).toEqual([
      `${count + 1}:84 name-clash: member 'k${count - 1}' of type '${end}' collides with base member 'k${count - 1}'`,
    ]);
  });

  it("a clash through a base that two types of a long chain have", () => {
    const text = `${unionChain(1000, "x").replace("'base': { 'k0': 'Kind' }", "'base': 'Bb'")}
      { 'struct': 'Bb', 'data': { 'k0': 'Kind' } }`;
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text.replace("'struct': 'Uu1000',", "'struct': 'Uu1000', 'base': 'Bb',"))).toEqual([
      "2:66 name-clash: member 'k0' of type 'Bb' collides with member 'k0' of type 'Bb'",
    ]);
  });

  it("a doc comment of 200,000 lines", () => {
    const lines = times(200_000, (i) => `# * item ${i}`);
    const doc = schemaOf(`##\n# @Ss:\n#\n# Text\n#\n${lines}\n##\n{ 'struct': 'Ss', 'data': {} }\n`).docs[0];
    expect(doc?.sections[0]?.text.length).toBeGreaterThan(2_000_000);
  });

  it("unions whose branches fan out to 2 to the power of 40 ways", () => {
    const unions = times(
      40,
      (i) =>
        `{ 'union': 'Uu${i}', 'base': { 'k${i}': 'Kind' }, 'discriminator': 'k${i}', 'data': { 'a': 'Uu${i + 1}', 'b': 'Uu${i + 1}' } }`,
    );
    const text = `{ 'enum': 'Kind', 'data': [ 'a', 'b' ] }\n${unions}\n{ 'struct': 'Uu40', 'data': { 'x': 'int' } }`;
    expect(problemsOf(text)).toEqual([]);
  });

  it("a struct with 50,000 members, and an enum with as many values", () => {
    const members = times(50_000, (i) => `'m${i}': 'int',`);
    const values = times(50_000, (i) => `'v${i}',`);
    expect(
      problemsOf(
        `{ 'struct': 'Ss', 'data': { ${members} 'z': 'int' } }\n{ 'enum': 'Ee', 'data': [ ${values} 'z' ] }`,
      ),
    ).toEqual([]);
  });

  it("10,000 heirs of a base with 1,000 members", () => {
    const members = times(1000, (i) => `'m${i}': 'int',`);
    const heirs = times(10_000, (i) => `{ 'struct': 'Ss${i}', 'base': 'Bb', 'data': { 'x': 'int' } }`);
    expect(problemsOf(`{ 'struct': 'Bb', 'data': { ${members} 'z': 'int' } }\n${heirs}`)).toEqual([]);
  });

  it("5,000 unknown types", () => {
    const text = times(5000, (i) => `{ 'struct': 'Ss${i}', 'data': { 'm': 'Tt${i}' } }`);
    expect(compileText(text).diagnostics[0]?.message).toBe("member 'm' uses unknown type 'Tt0'");
  });

  it("deep conditions", () => {
    const deep = (depth: number): string => "{ 'not': ".repeat(depth) + "'A'" + " }".repeat(depth);
    expect(problemsOf(`{ 'command': 'go', 'if': ${deep(400)} }`)).toEqual([]);
    expect(compileText(`{ 'command': 'go', 'if': ${deep(100_000)} }`).diagnostics).toMatchObject([
      { code: "nesting-too-deep" },
    ]);
  });
});
