import { expect, test } from "vitest";
import { append, largest, smallest } from "../../src/util/lists.js";

const many = Array.from({ length: 300_000 }, (_, index) => index);

test("lists of any length are added", () => {
  const list = [-1];
  append(list, many);
  expect(list).toHaveLength(300_001);
  expect(list.at(-1)).toBe(299_999);
});

test("the largest and the smallest of many, or what was given for none", () => {
  expect([largest(many), smallest(many)]).toEqual([299_999, 0]);
  expect([largest(many, 1e6), smallest(many, -1)]).toEqual([1e6, -1]);
  expect([largest([]), smallest([]), largest([], 3)]).toEqual([-Infinity, Infinity, 3]);
});
