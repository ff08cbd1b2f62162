import { describe, expect, it } from "vitest";
import { generate } from "../../src/codegen/generate.js";
import { breakingFindings, changesFor } from "../../src/evolution/breaking.js";
import { compileText } from "../support/compile-text.js";
import { typeErrors } from "../support/type-check.js";

const old = `
{ 'enum': 'Mode', 'data': [ 'quick', 'slow' ] }
{ 'struct': 'Disk', 'data': { 'file': 'str', '*speed': 'int', '*cache': 'str' } }
{ 'struct': 'State', 'data': { 'running': 'bool', 'since': 'str', 'size': 'uint32', 'mode': 'Mode' } }
{ 'struct': 'Limits', 'data': { 'low': 'str' } }
{ 'command': 'add-disk', 'data': 'Disk' }
{ 'command': 'query-state', 'returns': 'State' }
{ 'command': 'query-limits', 'returns': 'Limits' }
`;

const next = `
{ 'enum': 'Mode', 'data': [ 'quick' ] }
{ 'struct': 'Disk', 'data': { 'file': 'str', '*speed': 'int', 'size': 'int' } }
{ 'struct': 'State', 'data': { '*running': 'bool', 'size': 'uint64', 'mode': 'Mode', 'fresh': 'int' } }
{ 'struct': 'Bounds', 'data': { 'low': 'str' } }
{ 'command': 'add-disk', 'data': 'Disk' }
{ 'command': 'query-state', 'returns': 'State' }
{ 'command': 'query-limits', 'returns': 'Bounds' }
`;

/** A line for each change, and the finding that says that it stops compiling. */
const program: readonly (readonly [line: string, finding: string | undefined])[] = [
  [`import type { Sent } from "qapi-ts/visitor";`, undefined],
  [`import type { Disk, Mode, State } from "./types/main.js";`, undefined],
  [`import type { Limits } from "./types/main.js";`, "type-renamed query-limits/ret-type"],
  [`export const cached: Partial<Disk<Sent>> = { cache: "none" };`, "member-removed add-disk/arg-type/cache"],
  [`export const disk: Disk<Sent> = { file: "a" };`, "arg-added-mandatory add-disk/arg-type/size"],
  [
    `export const runs = (state: State): boolean => state.running;`,
    "member-made-optional query-state/ret-type/running",
  ],
  [
    `export const since = (state: State): string => state.since;`,
    "member-removed query-state/ret-type/since",
  ],
  [`export const half = (state: State): number => state.size;`, "int-widened query-state/ret-type/size"],
  [`export const slow: Mode = "slow";`, "enum-value-removed query-state/ret-type/mode/^slow"],
  [`export const mode = (state: State): unknown => state.mode;`, undefined],
  [`export type Low = Limits["low"];`, undefined],
];

const text = program.map(([line]) => line).join("\n");

describe("qapi breaking --for names", () => {
  const [before, after] = [compileText(old), compileText(next)];

  it("starts from a program that compiles", () => {
    expect(typeErrors(generate(before), { "program.ts": text })).toEqual([]);
  }, 60_000);

  it("tells of each line that stops compiling, and of nothing else that it breaks", () => {
    const lines = new Set(
      typeErrors(generate(after), { "program.ts": text }).map((error) =>
        Number(/^program\.ts:(\d+):/.exec(error)?.[1]),
      ),
    );
    expect([...lines].sort((a, b) => a - b)).toEqual(
      program.flatMap(([, finding], index) => (finding === undefined ? [] : [index + 1])),
    );
    const found = breakingFindings(changesFor("names", before, after), "names", [before, after])
      .filter(({ level }) => level === "breaking")
      .map(({ rule, subject }) => `${rule} ${subject ?? ""}`);
    expect(found.sort()).toEqual(program.flatMap(([, finding]) => finding ?? []).sort());
  }, 60_000);

  it("says what the compiler will say", () => {
    const found = breakingFindings(changesFor("code", before, after), "code", [before, after]);
    expect(found.find(({ rule }) => rule === "int-widened")?.json).toMatchObject({
      level: "breaking",
      because: expect.stringContaining("number and bigint change places") as string,
    });
    expect(found.map(({ rule }) => rule)).not.toContain("type-renamed");
  });
});
