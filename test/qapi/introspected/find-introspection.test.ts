import { describe, expect, it } from "vitest";
import { findIntrospection } from "../../../src/qapi/introspected/find-introspection.js";

const reply = '{"return": [{"name": "x", "meta-type": "event", "arg-type": "0"}]}';

describe("introspection in a text", () => {
  it.each([
    ["blank lines", "\n".repeat(100_000)],
    ["blanks", " ".repeat(100_000)],
    ["comments", "# # # #\n\n".repeat(10_000)],
    ["rulers", `${"#".repeat(100_000)}\n`],
    ["arrows", "-> <- ".repeat(10_000)],
  ])("is looked for once behind %s", (_what, before) => {
    expect(findIntrospection(`${before}{ 'enum': 'Kind', 'data': [] }`)).toBeUndefined();
    expect(findIntrospection(before + reply)).toMatchObject({ start: before.length });
  });
});
