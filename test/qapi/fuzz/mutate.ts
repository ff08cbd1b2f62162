import type { Random } from "../conformance/random.js";

/** Characters that mean something to the lexer, and some that only look as if they did. */
const characters = [
  ...Array.from("{}[]:,'\"#@\\ \t\n\r\v\f\0tfn019-_.="),
  "##",
  "\r\n",
  "true",
  "false",
  "\x1c",
  "\x7f",
  "\x85",
  "\xa0",
  "é",
  "\u1680",
  "\u2028",
  "\u3000",
  "\ufeff",
  "😀",
];

/** Lines that mean something in a doc comment. */
const docLines = [
  "#",
  "##",
  "## ",
  "#x",
  "#\tx",
  "# Features:",
  "# @a: b",
  "# @a:",
  "# @: b",
  "# @a",
  "# Returns: a",
  "# Errors:",
  "# Since: 1",
  "# TODO:",
  "# Note: a",
  "# Examples:",
  "# ::",
  "# .. qmp-example::",
  "#     indented",
  "#  less",
  "# One. Two",
  "# e.g. Two",
  `# ${"long ".repeat(20)}`,
  `# https://${"x".repeat(80)}`,
  "# = Title",
];

/** Expressions that mean something to the loader. */
const expressions = [
  "{}",
  "[]",
  "'a'",
  "true",
  "{ 'include': 'part.json' }",
  "{ 'include': 'schema.json' }",
  "{ 'include': 'none.json' }",
  "{ 'pragma': { 'doc-required': true } }",
  "{ 'pragma': { 'doc-required': false } }",
  "{ 'pragma': { 'nonsense': [] } }",
  "{ 'struct': 'A', 'data': { '__proto__': 'int', 'constructor': 'A' } }",
  "##\n# @A:\n##",
  "##\n# free\n##",
];

const token = /'[^'\n]*'|[{}[\]:,]|true|false|#[^\n]*/g;

/** One change of bytes, tokens, lines or doc comments, at random. */
export function mutate(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const lines = text.split("\n");
  const line = random.below(lines.length);
  const commentLines = lines.flatMap((each, index) => (each.startsWith("#") ? [index] : []));
  const comment = commentLines.length > 0 ? random.pick(commentLines) : line;
  const tokens = [...text.matchAll(token)];
  return random.pick<() => string>([
    () => text.slice(0, at) + random.pick(characters) + text.slice(at),
    () => text.slice(0, at) + random.pick(characters) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at + 1 + random.below(4)),
    () => text.slice(0, at),
    () => text.slice(at),
    () =>
      text.slice(0, at) +
      random.pick(["[", "{'a':", "##\n", "{", "'"]).repeat(random.below(600)) +
      text.slice(at),
    () => text.replaceAll("\n", random.pick(["\r", "\r\n", "\n\n", " "])),
    () => replaceToken(random, text, tokens, () => ""),
    () => replaceToken(random, text, tokens, (old) => `${old} ${old}`),
    () => replaceToken(random, text, tokens, () => random.pick(tokens)[0]),
    () => replaceToken(random, text, tokens, (old) => `${random.pick(tokens)[0]} ${old}`),
    () => lines.toSpliced(line, 1 + random.below(3)).join("\n"),
    () => lines.toSpliced(random.below(lines.length), 0, lines[line]!).join("\n"),
    () => lines.with(line, lines[random.below(lines.length)]!).join("\n"),
    () => lines.toSpliced(line, 0, random.pick(expressions)).join("\n"),
    () => lines.toSpliced(comment, random.below(2), random.pick(docLines)).join("\n"),
    () => lines.toSpliced(comment, 0, random.pick(docLines), random.pick(docLines)).join("\n"),
    () => lines.with(comment, lines[comment]!.replace(/^# */, "#".padEnd(random.below(9)))).join("\n"),
    () => lines.with(comment, lines[comment]!.replace(/\. +/, ". ")).join("\n"),
    () => lines.with(comment, lines[comment]! + random.pick([" ", ":", "::", " Foo. Bar", "\t"])).join("\n"),
  ])();
}

function replaceToken(
  random: Random,
  text: string,
  tokens: readonly RegExpExecArray[],
  change: (old: string) => string,
): string {
  if (tokens.length === 0) return text;
  const { 0: old, index } = random.pick(tokens);
  return text.slice(0, index) + change(old) + text.slice(index + old.length);
}

/** A text's bytes, now and then with some that are not UTF-8. */
export function toBytes(random: Random, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 0 && random.chance(0.02)) bytes[random.below(bytes.length)] = 0x80 + random.below(0x80);
  return bytes;
}
