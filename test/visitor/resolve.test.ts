import { describe, expect, it } from "vitest";
import {
  conditionHolds,
  fromJson,
  optional,
  required,
  resolve,
  visitArray,
  visitObject,
  visitStr,
  type Condition,
  type ObjectVisit,
} from "../../src/visitor/index.js";
import { visitColor, visitConditional, visitScalars, visitShape, visitShapeRef } from "./sample-types.js";

describe("conditionHolds", () => {
  it.each<[Condition | undefined, boolean]>([
    [undefined, true],
    ["A", true],
    ["B", false],
    [{ not: "B" }, true],
    [{ all: ["A", "B"] }, false],
    [{ any: ["A", "B"] }, true],
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ not: { any: ["B", { all: ["A", "C"] }] } }, true],
  ])("%o", (condition, holds) => {
    expect(conditionHolds(condition, new Set(["A"]))).toBe(holds);
  });
});

describe("resolve", () => {
  it("drops members whose condition does not hold, and demands the others", () => {
    const without = resolve(visitConditional, new Set());
    expect([...without.members.keys()]).toEqual(["always", "extra"]);
    expect(() => fromJson(without, { always: "x", sometimes: "y" })).toThrow(
      "Parameter 'sometimes' is unexpected",
    );
    const withIt = resolve(visitConditional, new Set(["CONFIG_A"]));
    expect(() => fromJson(withIt, { always: "x" })).toThrow("Parameter 'sometimes' is missing");
  });

  it("drops enum values, wherever the enum is used", () => {
    expect(resolve(visitColor, new Set()).values.map(({ name }) => name)).toEqual(["red", "green"]);
    const list = resolve(visitArray(visitScalars), new Set());
    expect(() => fromJson(list, [{ color: "blue" }])).toThrow("does not accept value 'blue'");
    expect(fromJson(resolve(visitScalars, new Set(["CONFIG_BLUE"])), { color: "blue" })).toEqual({
      color: "blue",
    });
  });

  it("goes through unions, alternates and types that hold themselves", () => {
    const reference = resolve(visitShapeRef, new Set());
    expect(fromJson(reference, { kind: "nested", inner: { kind: "circle", radius: 1n } })).toEqual({
      kind: "nested",
      inner: { kind: "circle", radius: 1 },
    });
    expect([...resolve(visitShape, new Set()).members.keys()]).toEqual(["kind", "label"]);
    interface Chain {
      next?: Chain | undefined;
      old?: string | undefined;
    }
    const visitChain: ObjectVisit<Chain> = visitObject("Chain", () => ({
      members: [optional("next", visitChain), required("old", visitStr, { condition: "OLD" })],
    }));
    const chain = resolve(visitChain, new Set());
    expect(() => fromJson(chain, { next: { next: { old: "x" } } })).toThrow(
      "Parameter 'next.next.old' is unexpected",
    );
  });
});
