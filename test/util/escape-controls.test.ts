import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeControls } from "../../src/util/escape-controls.js";

describe("escapeControls", () => {
  it("leaves text, line ends and tabs alone", () => {
    expect(escapeControls("a\tb\nc é 😀 ᚠ")).toBe("a\tb\nc é 😀 ᚠ");
  });

  it("writes what a terminal acts on", () => {
    expect(escapeControls("\x1b[2J\x07\r\x7f\x9b\x00")).toBe("\\u001b[2J\\u0007\\u000d\\u007f\\u009b\\u0000");
  });

  it("leaves none over, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeControls(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
    );
  });
});
