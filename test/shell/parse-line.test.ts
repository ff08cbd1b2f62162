import { describe, expect, it } from "vitest";
import { parseLine, showProblems } from "../../src/shell/parse-line.js";
import { splitWords } from "../../src/shell/words.js";
import { sampleSchema as schema } from "./sample-schema.js";

describe("splitWords", () => {
  it.each([
    ["", []],
    ["  a  b ", ["a", "b"]],
    ["a x=1 y=\"b c\" z='d e'", ["a", "x=1", 'y="b c"', "z='d e'"]],
    ['a x={"b c": [1, 2]} y', ["a", 'x={"b c": [1, 2]}', "y"]],
    ['a x={"}": "\\"}"} y', ["a", 'x={"}": "\\"}"}', "y"]],
    ["a {'b c': 'd}'} e", ["a", "{'b c': 'd}'}", "e"]],
    ["it's fine", ["it's", "fine"]],
    ['a x="open end ', ["a", 'x="open end ']],
    ["a x={ open", ["a", "x={ open"]],
    ["a x=} y", ["a", "x=}", "y"]],
  ])("parts %j", (line, words) => {
    expect(splitWords(line).map(({ text }) => text)).toEqual(words);
    for (const { start, end, text } of splitWords(line)) expect(line.slice(start, end)).toBe(text);
  });
});

describe("parseLine", () => {
  it.each([
    ["query-status", {}],
    ["set flag=on count=5 ratio=0.5 name=5", { flag: true, count: 5n, ratio: 0.5, name: "5" }],
    ['set flag=true count=0x10 name="a b"', { flag: true, count: 16n, name: "a b" }],
    ["set name='a \"b\"' ratio=2", { name: 'a "b"', ratio: 2n }],
    ["set count=18446744073709551615", { count: 18446744073709551615n }],
    ["set pair.name=a pair.count=1", { pair: { name: "a", count: 1n } }],
    ['set pairs=[{"name": "a", "count": 1}]', { pairs: [{ name: "a", count: 1n }] }],
    ["set extra=5 limit=null", { extra: 5n, limit: null }],
    ["set extra=text limit=7", { extra: "text", limit: 7n }],
    ["set __org.qemu_x=a", { "__org.qemu_x": "a" }],
    ["block-add driver=null-co size=5", { driver: "null-co", size: 5n }],
    ["block-add driver=raw file=12", { driver: "raw", file: "12" }],
    ["block-add driver=raw file.driver=null-co", { driver: "raw", file: { driver: "null-co" } }],
    ["device_add driver=x anything=goes", { driver: "x", anything: "goes" }],
    ["odd-add type=x anything=goes", { type: "x", anything: "goes" }],
    ['set {"count": 5, "name": "a b"}', { count: 5n, name: "a b" }],
    ['set {"count": 5} name=x', { count: 5n, name: "x" }],
    [
      "set {'name': 'it\\'s \"it\"', 'flag': True, 'count': 0x10,}",
      { name: 'it\'s "it"', flag: true, count: 16n },
    ],
    ["set {}", {}],
    ["set {'__proto__': {}} extra=1", undefined],
    ["set pairs=[{'name': 'a b', 'count': 1}]", { pairs: [{ name: "a b", count: 1n }] }],
    ["set extra=[1,'two',None,True,]", { extra: [1n, "two", null, true] }],
    ["set extra=TRUE", { extra: true }],
    ["set extra=None", { extra: null }],
    ["set extra=null", { extra: null }],
    ["set flag=True", { flag: true }],
    ["set flag=no", { flag: false }],
    ["set name=True", { name: "True" }],
    ["set name=5G", { name: "5G" }],
    ["set count=5G", { count: 5n << 30n }],
    ["set count=1.5m", { count: 3n << 19n }],
    ["set count=12345678901E", { count: 12345678901n << 60n }],
    ["set limit=2K", { limit: 2048n }],
    ["block-add driver=null-co size=1T", { driver: "null-co", size: 1n << 40n }],
    ["set extra.__proto__=1", { extra: { ["__proto__"]: 1n } }],
  ])("reads %s", (line, args) => {
    const parsed = parseLine(line, schema);
    if (args === undefined) {
      expect(parsed).toMatchObject([{ message: expect.stringContaining("is not expected here") as string }]);
      return;
    }
    expect(JSON.stringify(parsed, bigints)).toBe(
      JSON.stringify({ command: line.split(" ")[0], arguments: args, isOob: false }, bigints),
    );
  });

  it("reads messages of JSON", () => {
    expect(parseLine('{"execute": "set", "arguments": {"count": 5}, "id": 1}', schema)).toEqual({
      command: "set",
      arguments: { count: 5n },
      isOob: false,
    });
    expect(parseLine('{"exec-oob": "query-status"}', schema)).toMatchObject({ isOob: true });
    expect(parseLine(" {'execute': 'set', 'arguments': {'name': 'a \"b\"'}, } ", schema)).toMatchObject({
      arguments: { name: 'a "b"' },
    });
  });

  it("takes anything for anything without a schema", () => {
    expect(parseLine("what a=1 b=on c.d=[1.5] e={", undefined)).toEqual({
      command: "what",
      arguments: { a: 1n, b: "on", c: { d: [1.5] }, e: "{" },
      isOob: false,
    });
  });

  it.each(["", "   ", "\t"])("finds nothing in %j", (line) => {
    expect(parseLine(line, schema)).toBeUndefined();
  });

  it.each([
    ["querry-status", "^^^^^^^^^^^^^ there is no such command; did you mean 'query-status'?"],
    ["constructor a=1", "^^^^^^^^^^^ there is no such command"],
    ["__proto__", "^^^^^^^^^ there is no such command"],
    ["set constructor=1", "    ^^^^^^^^^^^^^ 'constructor' is not expected here"],
    [
      "block-add driver=constructor",
      "          ^^^^^^^^^^^^^^^^^^ 'driver' cannot be 'constructor'; only raw, qcow2, null-co",
    ],
    ["set flg=on", "    ^^^^^^ 'flg' is not expected here; did you mean 'flag'?"],
    ["set flag=maybe", "    ^^^^^^^^^^ 'flag' must be true or false"],
    ["set count=1.0", "    ^^^^^^^^^ 'count' must be an integer"],
    ["set word", "    ^^^^ expected KEY=VALUE"],
    ["set =word", "    ^^^^^ expected KEY=VALUE"],
    ["set count=1 count=2", "            ^^^^^^^ 'count' is given twice"],
    ["set name=a name.b=2", "           ^^^^^^^^ 'name' has a value already"],
    ["set pair.name=a", "    ^^^^^^^^^^^ 'pair' lacks 'count'"],
    ["set pair=5", "    ^^^^^^ 'pair' must be an object"],
    ["need", "^^^^ need lacks 'name'"],
    ["block-add driver=raww", "          ^^^^^^^^^^^ 'driver' cannot be 'raww'; did you mean 'raw'?"],
    ["block-add driver=zzz", "          ^^^^^^^^^^ 'driver' cannot be 'zzz'; only raw, qcow2, null-co"],
    [
      'set pairs=[{"name": "a", "cuont": 1}]',
      "           ^^^^^^^^^^^^^^^^^^^^^^^^^ 'pairs[0]' lacks 'count'\n" +
        "                         ^^^^^^^ 'pairs[0].cuont' is not expected here; did you mean 'count'?",
    ],
    ["set limit=text", "    ^^^^^^^^^^ 'limit' is of none of the kinds that may stand here"],
    [
      '{"execute": "set", "arguments": {"count": "5"}}',
      `${" ".repeat(33)}^^^^^^^ 'count' must be an integer`,
    ],
    ['{"execute": "need"}', "            ^^^^^^ need lacks 'name'"],
    ['{"arguments": {}}', "^^^^^^^^^^^^^^^^^ lacks 'execute' with a command's name"],
    ['{"execute": "set", "arguments": []}', `${" ".repeat(32)}^^ must be an object`],
    ["set {'flg': True}", "     ^^^^^ 'flg' is not expected here; did you mean 'flag'?"],
    ["set {'name': '\"\"', 'count': 'x'}", `${" ".repeat(19)}^^^^^^^ 'count' must be an integer`],
    ["set {'count': }", "              ^ expected a value"],
    ["set {'count': 1} count=2", "                 ^^^^^^^ 'count' is given twice"],
    ["set count=1 {'count': 2}", "            ^^^^^^^^^^^^ 'count' is given twice"],
    ["set count=1.3K", "    ^^^^^^^^^^ 'count' must be an integer"],
    ["set count=5GB", "    ^^^^^^^^^ 'count' must be an integer"],
    [
      "{'execute': 'set', 'arguments': {'count': '5'}}",
      `${" ".repeat(33)}^^^^^^^ 'count' must be an integer`,
    ],
    ['{"execute" "set"}', "           ^ expected ':' after the key"],
    ["set name=表😀 flag=x", `${" ".repeat(14)}^^^^^^ 'flag' must be true or false`],
    ["set 表=1", "    ^^^^ '表' is not expected here"],
    ["set name=\x1b flag=x", `${" ".repeat(16)}^^^^^^ 'flag' must be true or false`],
    ["ſet-größe x=1", "^^^^^^^^^ there is no such command"],
  ])("marks what is wrong with %s", (line, marks) => {
    const problems = parseLine(line, schema);
    if (problems === undefined || "command" in problems) throw new Error("nothing is wrong");
    expect(showProblems(line, problems)).toBe(`${line}\n${marks}\n`);
  });
});

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
