import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemsOf } from "../compile-text.js";

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join("\n");

const kinds = "{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c' ] }\n";

/** So much that unions after it are looked into only where names may clash. */
const much = times(
  400,
  (i) =>
    `{ 'union': 'Nn${i}', 'base': { 'n${i}': 'Kind' }, 'discriminator': 'n${i}', 'data': { 'a': '${i === 0 ? "Nn" : `Nn${i - 1}`}' } }`,
);
const preamble = `${kinds}{ 'struct': 'Nn', 'data': {} }\n${much}\n`;

interface Draft {
  readonly isUnion: boolean;
  readonly base: number | undefined;
  readonly members: readonly string[];
  readonly branches: readonly number[];
}

const name = fc.constantFrom("m", "n0", "o", "p", "q", "r", "s", "t");

/** Objects whose bases and branches are, but for a few, those that stand before or after them. */
const drafts = fc.array(
  fc.record({
    isUnion: fc.boolean(),
    base: fc.option(fc.nat(20), { nil: undefined, freq: 2 }),
    members: fc.uniqueArray(name, { maxLength: 2 }),
    branches: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 2, maxLength: 20 },
);

/** Bases are structs; what an object contains is further down the list, but for a cycle now and then. */
function schema(list: readonly Draft[], allowCycles: boolean): string {
  const nameOf = (from: number, step: number, want: (draft: Draft) => boolean): string | undefined => {
    const others = list.flatMap((draft, i) => ((allowCycles || i > from) && want(draft) ? [`Ss${i}`] : []));
    return others[step % Math.max(others.length, 1)];
  };
  return list
    .map(({ isUnion, base, members, branches }, i) => {
      const inherited = base === undefined ? undefined : nameOf(i, base, (draft) => !draft.isUnion);
      const written = members.map((member) => `'${member}': 'int'`).join(", ");
      const bases = inherited === undefined ? "" : `'base': '${inherited}', `;
      if (!isUnion) return `{ 'struct': 'Ss${i}', ${bases}'data': { ${written} } }`;
      // A union's base is a struct or members of its own; to have both, it is given a struct that has.
      const tag = `'k${i}': 'Kind'`;
      const own = `{ 'struct': 'Bb${i}', ${bases}'data': { ${[tag, written].filter(Boolean).join(", ")} } }`;
      const chosen = branches.map((step, j) => {
        const type = nameOf(i, step, () => true);
        return type === undefined ? "" : `'${"abc".charAt(j)}': '${type}'`;
      });
      return `${own} { 'union': 'Ss${i}', 'base': 'Bb${i}', 'discriminator': 'k${i}', 'data': { ${chosen.filter(Boolean).join(", ")} } }`;
    })
    .join("\n");
}

const withoutLines = (problems: readonly string[]): string[] =>
  problems.map((problem) => problem.replace(/^\d+:/, ""));

describe("names in what unions contain", () => {
  it("clash in a large schema as they do in a small one", () => {
    let clashing = 0;
    fc.assert(
      fc.property(drafts, fc.boolean(), (list, allowCycles) => {
        const text = schema(list, allowCycles);
        const alone = problemsOf(kinds + text);
        if (alone.some((problem) => problem.includes("name-clash"))) clashing++;
        const embedded = withoutLines(problemsOf(preamble + text));
        // What else is wrong around a cycle depends on where one comes across it.
        const isCyclic = embedded.some((problem) => problem.includes("contains-itself"));
        const counted = isCyclic ? 1 : Infinity;
        expect(embedded.slice(0, counted)).toEqual(withoutLines(alone).slice(0, counted));
      }),
      { numRuns: 60 },
    );
    expect(clashing).toBeGreaterThan(5);
  });

  it.each([
    [
      "two chains of unions that have the same names",
      (i: number, chain: string) =>
        `{ 'union': '${chain}${i}', 'base': { 'k${i}': 'Kind' }, 'discriminator': 'k${i}', 'data': { 'a': '${chain}${i + 1}' } }`,
    ],
    [
      "two that both lead to one struct, at every step",
      (i: number, chain: string) =>
        `{ 'union': '${chain}${i}', 'base': { 'k${i}': 'Kind' }, 'discriminator': 'k${i}', 'data': { 'a': '${chain}${i + 1}', 'b': 'Leaf' } }`,
    ],
    [
      "unions along chains of bases",
      (i: number, chain: string) =>
        `{ 'struct': 'X${chain}${i}', 'base': 'X${chain}${i + 1}', 'data': { '${chain.toLowerCase()}${i}': 'Kind' } }
         { 'union': '${chain}${i}', 'base': 'X${chain}${i}', 'discriminator': '${chain.toLowerCase()}${i}', 'data': { 'a': 'Leaf' } }`,
    ],
  ])("do not make it take longer: %s", (_, union) => {
    const chains = ["Aa", "Bb"].map(
      (chain) =>
        times(5_000, (i) => union(i, chain)) +
        `{ 'struct': '${chain}5000', 'data': {} } { 'struct': 'X${chain}5000', 'data': {} }`,
    );
    const text = `${kinds}${chains.join("\n")}\n{ 'struct': 'Leaf', 'data': { 'x': 'int' } }`;
    expect(problemsOf(text)).toEqual([]);
  });
});
