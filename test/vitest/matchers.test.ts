import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect as jestExpect } from "expect";
import { describe, expect, it } from "vitest";
import { checkFixtures, matchers } from "../../src/vitest/index.js";
import { compileSchema } from "../../src/qapi/index.js";
import { memoryHost } from "../support/memory-host.js";

const text = `
{ 'enum': 'Zone', 'data': [ 'utc', 'local' ] }
{ 'struct': 'ClockInfo', 'data': { 'seconds': 'uint64', 'zone': 'Zone' } }
{ 'command': 'query-clock', 'data': { '*zone': 'Zone' }, 'returns': 'ClockInfo' }
{ 'event': 'TICK', 'data': { 'seconds': 'uint64' } }
`;
const schema = compileSchema("clock.json", { host: memoryHost({ "clock.json": text }) }).schema!;

describe("toConformTo", () => {
  it.each([
    [{ seconds: 5, zone: "utc" }, { type: "ClockInfo" }],
    [{ seconds: 2n ** 64n - 1n, zone: "utc" }, { reply: "query-clock" }],
    ['{ "execute": "query-clock", "arguments": { "zone": "local" } }', { command: "query-clock" }],
    [{ event: "TICK", data: { seconds: 1 }, timestamp: { seconds: 1, microseconds: 2 } }, { event: "TICK" }],
  ])("lets pass what conforms: %o", (document, as) => {
    expect(document).toConformTo(schema, as);
  });

  it("says what does not, and where", () => {
    const document = '{\n  "seconds": "soon",\n  "zone": "mars"\n}';
    const { pass, message } = matchers.toConformTo(document, schema, { type: "ClockInfo" });
    expect(pass).toBe(false);
    expect(message().split("\n")).toEqual([
      "the type ClockInfo does not conform to the schema:",
      expect.stringMatching(/^ {2}2:14: \/seconds must be an integer/),
      expect.stringMatching(/^ {2}3:11: \/zone cannot be 'mars'/),
    ]);
    expect(document).not.toConformTo(schema, { type: "ClockInfo" });
  });

  it("holds conversations, as texts and as messages", () => {
    const log = [{ execute: "query-clock" }, { return: { seconds: 1, zone: "utc" } }];
    expect(log).toConformTo(schema);
    expect('-> { "execute": "query-clock" }\n<- { "return": { "seconds": 1, "zone": "utc" } }\n').toConformTo(
      schema,
    );
    const wrong = matchers.toConformTo([{ execute: "query-clok" }, { return: {} }], schema);
    expect(wrong.message()).toMatch(
      /^the conversation does not conform to the schema:\n {2}1:\d+: .*query-clok/,
    );
  });

  it("is a matcher of Jest's expect as well", () => {
    jestExpect.extend(matchers);
    const asserted = jestExpect({ seconds: 1 }) as unknown as { toConformTo(...words: unknown[]): void };
    expect(() => {
      asserted.toConformTo(schema, { type: "ClockInfo" });
    }).toThrow(/lacks the member 'zone'/);
  });

  it("checks a folder of fixtures by their names", () => {
    const folder = mkdtempSync(join(tmpdir(), "qapi-fixtures-"));
    writeFileSync(join(folder, "query-clock.reply.json"), '{ "return": { "seconds": 1, "zone": "utc" } }');
    writeFileSync(
      join(folder, "TICK.event.json"),
      '{ "event": "TICK", "data": {}, "timestamp": { "seconds": 1, "microseconds": 1 } }',
    );
    expect(checkFixtures(folder, schema)).toEqual([
      expect.stringMatching(/^TICK\.event\.json:1:\d+: \/data lacks the member 'seconds'/),
    ]);
    rmSync(folder, { recursive: true });
  });
});
