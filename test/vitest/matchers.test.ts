import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect as jestExpect } from "expect";
import { describe, expect, it } from "vitest";
import { checkFixtures, matchers } from "../../src/vitest/index.js";
import { qapi } from "../../generated/qapi/index.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { schemaOfQapi } from "../../src/live-schema/schema-of-qapi.js";
import { exampleValue } from "../../src/stand-in/example-value.js";
import type { CommandVisit } from "../../src/visitor/qapi.js";
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

  it("takes the schema of a generated library", () => {
    const version = { package: "", qemu: { major: 7, minor: 2, micro: 22 } };
    expect({ return: version }).toConformTo(qapi, { reply: "query-version" });
    expect({ execute: "query-version" }).toConformTo(qapi, { command: "query-version" });
    expect({ event: "STOP", timestamp: { seconds: 1, microseconds: 2 } }).toConformTo(qapi, {
      event: "STOP",
    });
    expect({ major: 1, minor: 2, micro: 3 }).toConformTo(qapi, { type: "VersionTriple" });
    expect([{ execute: "query-version" }, { return: version }]).toConformTo(qapi);
    const problems = (received: unknown, command: string) =>
      matchers.toConformTo(received, qapi, { command }).message();
    expect(problems({ "max-cpu-throttle": 300 }, "migrate-set-parameters")).toMatch(/max-cpu-throttle .*255/);
    expect(
      problems({ capabilities: [{ capability: "none", state: true }] }, "migrate-set-capabilities"),
    ).toMatch(/capability cannot be 'none'/);
    expect(problems({ channels: [{ addr: { transport: "socket" } }] }, "migrate")).toMatch(
      /lacks the member/,
    );
  });

  it("is held to a generated library's schema as to the one that was compiled", () => {
    const { schema: compiled } = compileSchema("schema/qapi-schema.json");
    const [generated, read] = [schemaOfQapi(qapi), compiled!].map((each) => new SchemaChecker(each));
    for (const [name, command] of Object.entries<CommandVisit>(qapi.commands)) {
      const documents = [
        command.arguments && exampleValue(command.arguments),
        command.returns && exampleValue(command.returns),
        {},
        { "no-such": 1n },
        "text",
        [5n, null],
        -1n,
      ];
      for (const document of documents.filter((each) => each !== undefined))
        for (const kind of ["command", "reply"] as const)
          expect(generated?.problems(kind, name, document)).toEqual(read?.problems(kind, name, document));
    }
  });

  it("says what is no schema, and that an empty conversation is none", () => {
    for (const none of [undefined, null, {}, "schema.json", { commands: {} }])
      expect(() => matchers.toConformTo([], none as never)).toThrow(
        /^toConformTo wants a schema: .*readSchema/,
      );
    for (const empty of [[], "", " \n\n"]) {
      const { pass, message } = matchers.toConformTo(empty, schema);
      expect(pass).toBe(false);
      expect(message()).toMatch(/the conversation .*it is empty/s);
    }
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
