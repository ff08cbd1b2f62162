import { describe, expect, it } from "vitest";
import { commandsOf, entry, problemsOf } from "./read-hx.js";

describe("args_type", () => {
  it("lists arguments with their codes and modifiers", () => {
    const text = '"force:-f,format:-js,device:B,hold-time:i?,at:l.,value:S?,fmt:/,opts:O,"';
    const plain = { optional: false, dotted: false, flag: undefined, flagValue: false };
    expect(commandsOf(entry({ args_type: text }))[0]?.arguments).toEqual([
      { ...plain, key: "force", code: "-", flag: "f" },
      { ...plain, key: "format", code: "-", flag: "j", flagValue: true },
      { ...plain, key: "device", code: "B" },
      { ...plain, key: "hold-time", code: "i", optional: true },
      { ...plain, key: "at", code: "l", dotted: true },
      { ...plain, key: "value", code: "S", optional: true },
      { ...plain, key: "fmt", code: "/" },
      { ...plain, key: "opts", code: "O" },
    ]);
  });

  it.each("FBsSilMoT".split(""))("takes ? with %s", (code) => {
    expect(commandsOf(entry({ args_type: `"x:${code}?"` }))[0]?.arguments[0]?.optional).toBe(true);
  });

  it("takes keys that are special elsewhere", () => {
    const keys = commandsOf(entry({ args_type: '"__proto__:s,constructor:i"' }))[0]?.arguments.map(
      ({ key }) => key,
    );
    expect(keys).toEqual(["__proto__", "constructor"]);
  });

  it.each([
    ["a", "3:17-3:18 hx-argument-shape: argument 'a' must have the form 'key:code'"],
    ["a:s,:s", "3:21-3:23 hx-argument-shape: argument ':s' must have the form 'key:code'"],
    ["a:s,,b:s", "3:21-3:21 hx-argument-shape: argument '' must have the form 'key:code'"],
    ["a:", "3:17-3:19 hx-argument-shape: argument 'a:' must have the form 'key:code'"],
    ["a b:s", "3:17-3:22 hx-argument-shape: argument 'a b:s' must have the form 'key:code'"],
    ["a:z", "3:19-3:20 hx-argument-code: argument 'a' has unknown code 'z'"],
    ["a:?", "3:19-3:20 hx-argument-code: argument 'a' has unknown code '?'"],
    ["a:-", "3:19-3:20 hx-argument-code: argument 'a' has unknown code '-'"],
    ["a:-fx", "3:19-3:22 hx-argument-code: argument 'a' has unknown code '-fx'"],
    ["a:b?", "3:20-3:21 hx-argument-modifier: argument 'a': code 'b' does not take '?'"],
    ["a:s.", "3:20-3:21 hx-argument-modifier: argument 'a': code 's' does not take '.'"],
    ["a:i?.", "3:20-3:22 hx-argument-modifier: argument 'a': code 'i' does not take '?.'"],
    ["a:s,a:i", "3:21-3:22 hx-duplicate-argument: argument 'a' is given twice"],
  ])("%j is wrong", (text, problem) => {
    expect(problemsOf(entry({ args_type: `"${text}"` }))).toEqual([problem]);
  });

  it("points at the string in question, or at all of one with escapes", () => {
    expect(problemsOf(entry({ args_type: '"a:s,"\n"b:q"' }))).toEqual([
      "4:4-4:5 hx-argument-code: argument 'b' has unknown code 'q'",
    ]);
    expect(problemsOf(entry({ args_type: String.raw`"a\?:q"` }))).toEqual([
      "3:16-3:23 hx-argument-code: argument 'a?' has unknown code 'q'",
    ]);
  });
});
