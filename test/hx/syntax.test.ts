import { describe, expect, it } from "vitest";
import { commandsOf, entry, problemsOf } from "./read-hx.js";

describe("an .hx file", () => {
  it("is a list of commands, with names of C beside", () => {
    const text = entry({
      name: '"help|?"',
      args_type: '"name:S?"',
      params: '"[cmd]"',
      help: '"show the help"',
      flags: '"p"',
      cmd: "do_help_cmd",
      cmd_info_hrt: "NULL",
      coroutine: "true",
      command_completion: "help_completion",
    });
    const [command] = commandsOf(text);
    expect(command).toMatchObject({
      names: ["help", "?"],
      params: "[cmd]",
      help: "show the help",
      flags: "p",
      subTable: undefined,
      condition: undefined,
      prose: [],
    });
    expect(command?.span).toMatchObject({ start: 0, end: text.length - 1 });
  });

  it("may hold nothing", () => {
    expect(commandsOf("")).toEqual([]);
    expect(commandsOf("\n/* nothing */ // here\nHXCOMM\n")).toEqual([]);
  });

  it.each([
    ["joined strings", String.raw`"one " "two" "\n\t" "three"`, "one two\n\tthree"],
    ["escapes", String.raw`"\" \' \\ \? \a\b\f\v\r"`, "\" ' \\ ? \x07\b\f\v\r"],
    ["a spliced line", '"one \\\ntwo"', "one two"],
    ["comments between strings", '"one "\n/* "no" */ "two" // "no"\nHXCOMM "no"\n', "one two"],
    ["what looks like a comment", '"/* // HXCOMM"', "/* // HXCOMM"],
    ["other alphabets", '"größer ≥ 1 𝄞"', "größer ≥ 1 𝄞"],
  ])("reads %s", (_what, help, value) => {
    expect(commandsOf(entry({ help }))[0]?.help).toBe(value);
  });

  it("does without a comma behind the last field, and takes \\r\\n line ends", () => {
    const text = '{ .name = "a", .args_type = "",\r\n .params = "", .help = "" },\r\n';
    expect(commandsOf(text)).toHaveLength(1);
  });

  it("drops lines that start with HXCOMM wherever they stand", () => {
    const text = `HXCOMM {\n${entry().replace("\n", "\n\t HXCOMM }\n")}SRST\none\nHXCOMM two\nthree\nERST\n`;
    expect(commandsOf(text)[0]?.prose).toEqual(["one", "three"]);
  });
});

describe("prose", () => {
  it("describes the command before it", () => {
    const text = `SRST\nfirst\nERST\n${entry()}\nSRST(label)\n\`\`a\`\`\n  { #if\n\n  text  \n  ERST\n${entry({ name: '"b"' })}`;
    expect(commandsOf(text).map(({ prose }) => prose)).toEqual([["``a``", "  { #if", "", "  text  "], []]);
  });

  it("describes every form of the command", () => {
    const text = `#ifdef X\n${entry()}#else\n${entry()}#endif\nSRST\ntext\nERST\n`;
    expect(commandsOf(text).map(({ prose }) => prose)).toEqual([["text"], ["text"]]);
  });
});

describe("syntax problems", () => {
  it.each([
    ["{", "1:2-1:2 hx-syntax: expected '.', '}', SRST or a preprocessor line, found end of file"],
    ['{ .name "a"', `1:9-1:10 hx-syntax: expected '=', found '"'`],
    ["{ .name = },", "1:11-1:12 hx-syntax: expected a name, a preprocessor line or a string, found '}'"],
    [
      '{ .name = "a" FOO "b" },',
      "1:15-1:16 hx-syntax: expected ',', a preprocessor line or a string, found 'F'",
    ],
    [entry().replace(/,\n$/, "\n"), "7:1-7:1 hx-syntax: expected ',', found end of file"],
    ["𝄞{", "1:1-1:2 hx-syntax: expected '{', SRST, a preprocessor line or end of file, found '𝄞'"],
    ['{\n.name = "a\n"', `2:9-2:11 hx-unterminated-string: missing terminating '"'`],
    [String.raw`{ .name = "a\q" },`, "1:13-1:15 hx-unknown-escape: unknown escape in string"],
    ["\n/* x", "2:1-2:3 hx-unterminated-comment: comment without '*/'"],
    ["SRST\nfoo\n", "1:1-1:5 hx-unterminated-prose: 'SRST' without 'ERST'"],
    ["SRST\nSRST\nERST\n", "1:1-1:5 hx-unterminated-prose: 'SRST' without 'ERST'"],
    ["  ERST\n", "1:3-1:7 hx-stray-erst: 'ERST' without 'SRST'"],
    ["{ #if A\n},", "1:3-1:4 hx-syntax: expected '.', '}', SRST or a preprocessor line, found '#'"],
  ])("%j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});
