import { describe, expect, it } from "vitest";
import { commandsOf, entry, problemsOf } from "./read-hx.js";

/** The condition of an entry after the given preprocessor lines. */
function conditionAfter(...lines: string[]): unknown {
  const count = (start: RegExp): number => lines.filter((text) => start.test(text)).length;
  const ends = "#endif\n".repeat(count(/^\s*#\s*if/) - count(/^#endif/));
  return commandsOf(`${lines.join("\n")}\n${entry()}${ends}`)[0]?.condition;
}

describe("preprocessor lines around an entry", () => {
  it.each([
    [["#ifdef A"], "A"],
    [["#ifndef A"], { not: "A" }],
    [["#if A"], "A"],
    [["  #  if defined(A) // why"], "A"],
    [["#if defined A && !defined ( B )"], { all: ["A", { not: "B" }] }],
    [["#if defined(A) || defined(B) && C /* c */"], { any: ["A", { all: ["B", "C"] }] }],
    [["#if (defined(A) || B) && \\\n    C"], { all: [{ any: ["A", "B"] }, "C"] }],
    [[`#if ${"!(".repeat(3)}A${")".repeat(3)}`], { not: { not: { not: "A" } } }],
    [["#if 0"], { any: [] }],
    [["#if 1"], { all: [] }],
    [["#ifdef A", "#else"], { not: "A" }],
    [["#ifdef A", "#elif B"], { all: [{ not: "A" }, "B"] }],
    [["#ifdef A", "#elif B", "#else"], { all: [{ not: "A" }, { not: "B" }] }],
    [["#ifdef A", "#ifdef B"], { all: ["A", "B"] }],
    [["#ifdef A", "#endif", "#if B"], "B"],
  ])("%j", (lines, condition) => {
    expect(conditionAfter(...lines)).toEqual(condition);
  });

  it("leave out what is not defined, once it is said what is", () => {
    const text = `#ifdef A\n${entry()}#else\n${entry({ name: '"b"' })}#endif\n`;
    expect(commandsOf(text).map(({ condition }) => condition)).toEqual(["A", { not: "A" }]);
    expect(commandsOf(text, ["A"])).toMatchObject([{ names: ["a"], condition: undefined }]);
    expect(commandsOf(text, [])).toMatchObject([{ names: ["b"], condition: undefined }]);
  });

  it("let a command have several forms", () => {
    expect(problemsOf(`#ifdef A\n${entry()}#else\n${entry()}#endif\n`)).toEqual([]);
  });
});

describe("preprocessor lines inside an entry", () => {
  const params = '"a"\n#ifdef A\n"|b"\n#else\n"|c"\n#endif\n"|d"';

  it("choose strings", () => {
    expect(commandsOf(entry({ params }), ["A"])[0]?.params).toBe("a|b|d");
    expect(commandsOf(entry({ params }), [])[0]?.params).toBe("a|c|d");
  });

  it("count as if everything were defined, unless it is said what is", () => {
    expect(commandsOf(entry({ params }))[0]?.params).toBe("a|b|d");
  });

  it("choose fields", () => {
    const text = entry({ cmd: 'x,\n#ifdef A\n.flags = "p",\n#else\n.flags = "q"\n#endif\n' }).replace(
      "\n,",
      "\n",
    );
    expect(commandsOf(text, ["A"])[0]?.flags).toBe("p");
    expect(commandsOf(text, [])[0]?.flags).toBe("q");
  });
});

describe("problems of preprocessor lines", () => {
  const deep = "(".repeat(101);
  it.each([
    ["#define A", ["1:1-1:8 hx-unknown-directive: '#define' is not understood here"]],
    ["#if A B\n#endif", ["1:1-1:4 hx-condition: cannot understand the condition 'A B'"]],
    [
      "#ifdef A) || defined(B\n#endif",
      ["1:1-1:7 hx-condition: cannot understand the condition 'A) || defined(B'"],
    ],
    ["#if A > 1\n#endif", ["1:1-1:4 hx-condition: cannot understand the condition 'A > 1'"]],
    [`#if ${deep}\n#endif`, [`1:1-1:4 hx-condition: cannot understand the condition '${deep}'`]],
    ["#endif", ["1:1-1:7 hx-unmatched-directive: '#endif' without '#if'"]],
    ["#else", ["1:1-1:6 hx-unmatched-directive: '#else' without '#if'"]],
    ["#ifdef A\n#else\n#elif B\n#endif", ["3:1-3:6 hx-unmatched-directive: '#elif' without '#if'"]],
    ["\n#ifdef A", ["2:1-2:7 hx-unterminated-condition: '#if' without '#endif'"]],
    [
      entry().replace("\n", "\n#ifdef A\n") + "#endif",
      [
        "2:1-2:7 hx-unterminated-condition: '#if' without '#endif'",
        "8:1-8:7 hx-unmatched-directive: '#endif' without '#if'",
      ],
    ],
    [
      `${"#if A\n".repeat(102)}${entry()}${"#endif\n".repeat(102)}`,
      ["101:1-101:4 hx-condition-too-deep: conditions nested deeper than 100"],
    ],
  ])("%j", (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});
