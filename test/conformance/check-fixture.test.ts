import { describe, expect, it } from "vitest";
import { checkFixture } from "../../src/conformance/check-fixture.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { compileText } from "../support/compile-text.js";

const checker = new SchemaChecker(
  compileText(`
{ 'struct': 'Answer', 'data': { 'number': 'uint8' } }
{ 'command': 'ask', 'returns': 'Answer' }
{ 'event': 'ASKED' }
`),
);

describe("checkFixture", () => {
  it.each<[path: string, text: string, problems: string[] | undefined]>([
    ["fixtures/ask.command.json", '{"execute": "ask"}', []],
    ["ask.reply.json", '{"return": {"number": 1}}', []],
    [
      "ask.too-big.reply.json",
      '{"return": {"number": 256}}',
      ["/return/number must be an integer from 0 to 255"],
    ],
    ["C:\\fixtures\\Answer.type.json", '{"number": 1}', []],
    ["ASKED.event.json", "{", [" is not JSON: expected a key in double quotes, found the end of the text"]],
    ["told.event.json", "{}", [" cannot be checked: the schema has no event 'told'"]],
    ["ask.json", "{}", undefined],
    ["command.json", "{}", undefined],
  ])("%s holding %s", (path, text, wanted) => {
    const problems = checkFixture(checker, path, text);
    expect(problems?.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual(wanted);
  });
});
