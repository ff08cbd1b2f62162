import { describe, expect, test } from "vitest";
import { didYouMean, nearest } from "../../src/util/did-you-mean.js";

describe("nearest", () => {
  const names = ["data", "base", "discriminator", "allow-oob", "if"];

  test.each<[string, string[]]>([
    ["dta", ["data"]],
    ["adta", ["data"]],
    ["date", ["data"]],
    ["Data", ["data"]],
    ["allow_oob", ["allow-oob"]],
    ["discrimnator", ["discriminator"]],
    ["fi", []],
    ["x", []],
    ["unrelated", []],
    ["x".repeat(100_000), []],
  ])("%s", (word, expected) => {
    expect(nearest(word, names)).toEqual(expected);
  });

  test("the nearest comes first, and there are few", () => {
    expect(nearest("abcdef", ["abcxyf", "abcdeg", "abcdef1", "abxdeg", "zbcdef"])).toEqual([
      "abcdeg",
      "abcdef1",
      "zbcdef",
    ]);
  });
});

test.each<[string[], string[]]>([
  [[], []],
  [["data"], ["did you mean 'data'?"]],
  [["data", "date"], ["did you mean 'data' or 'date'?"]],
  [["data", "date", "dato"], ["did you mean 'data', 'date' or 'dato'?"]],
])("didYouMean offers %j", (names, expected) => {
  expect(didYouMean("datu", names)).toEqual(expected);
});
