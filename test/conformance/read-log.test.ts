import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLog, readLogText, type LogEntry } from "../../src/conformance/read-log.js";
import { writeJson } from "../../src/json/index.js";

const shown = ({ from, line, column, message, fault }: LogEntry) =>
  `${line}:${column} ${from ?? "?"} ${message === undefined ? (fault?.message ?? "") : writeJson(message)}`;

describe("readLog takes", () => {
  it.each<[string, string, string[]]>([
    [
      "a record a line",
      '{"time": "2026-01-01T00:00:00Z", "from": "client", "message": {"execute": "stop"}}\n' +
        '{"time": 2, "from": "server", "message": {"return": {}}}\n',
      ['1:1 client {"execute":"stop"}', '2:1 server {"return":{}}'],
    ],
    [
      "what a client's log is told",
      '{"kind": "send", "text": "{\\"execute\\": \\"stop\\"}"}\n{"kind":"note","text":"x"}\n{"kind":"receive","text":"{\\"return\\":"}\n',
      [
        '1:1 client {"execute":"stop"}',
        "3:1 server is not JSON: expected a value, found the end of the text",
      ],
    ],
    [
      "documents one after another",
      '{\n  "execute": "stop"\n}{"return": {}}\r\n\r\n{"event": "é", "x": "}"} {"id":\n1}',
      ['1:1 ? {"execute":"stop"}', '3:2 ? {"return":{}}', '5:1 ? {"event":"é","x":"}"}', '5:26 ? {"id":1}'],
    ],
    [
      "a transcript",
      '# one\n-> { "execute": "a",\n     "arguments": {} }\n<- { "return": {} }\n->{"execute":"b"}\n',
      ['2:4 client {"execute":"a","arguments":{}}', '4:4 server {"return":{}}', '5:3 client {"execute":"b"}'],
    ],
    [
      "messages after broken ones",
      '{"return": [\n{"execute": "a"}\n{"execute": "b\n<- {"return": {}}\n-> {"execute": "c", "arguments": {\n<- {"return": 1}\noops\n-',
      [
        "1:1 ? is not JSON: expected a value, found the end of the text",
        '2:1 ? {"execute":"a"}',
        "3:1 ? is not JSON: string without an end",
        '4:4 server {"return":{}}',
        "5:4 client is not JSON: expected a key in double quotes, found the end of the text",
        '6:4 server {"return":1}',
        "7:1 ? is not JSON: expected a value",
        "8:1 ? is not JSON: expected a digit, found the end of the text",
      ],
    ],
    [
      "what was pasted from a terminal",
      "\ufeff$ telnet localhost 4444\nTrying 127.0.0.1...\nConnected to localhost.\nEscape character is '^]'.\n{}\n",
      ["5:1 ? {}"],
    ],
    ["a text that begins with a byte order mark", '\ufeff{"execute": "a"}', ['1:1 ? {"execute":"a"}']],
    [
      "lists whose items begin lines",
      '{"return": [\n{"name": "a"},\n{"id": 1, "name": "b"}\n]}\n',
      ['1:1 ? {"return":[{"name":"a"},{"id":1,"name":"b"}]}'],
    ],
  ])("%s", (_, log, wanted) => {
    expect([...readLogText(log)].map(shown)).toEqual(wanted);
  });
});

it("passes over the byte that clears a guest agent's line", async () => {
  const log = Buffer.from('-> \xff{"execute": "a"}\n\xff<- {"return": 1}\n', "latin1");
  const entries: LogEntry[] = [];
  for await (const entry of readLog([log])) entries.push(entry);
  expect(entries.map(shown)).toEqual(['1:5 client {"execute":"a"}', '2:5 server {"return":1}']);
});

const piece = fc.oneof(
  fc.constantFrom(
    '{"execute": "a"}',
    '-> {"return": [1,\n 2]}',
    "{",
    "}",
    '"',
    "\n",
    "-",
    "->",
    "<-",
    "<",
    "#",
    "[",
    "\\",
    '{"id": 1, "return"',
    '\n{"return": {',
    "é",
    "\r\n",
  ),
  fc.string(),
);

it("reads the same however a log is cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(8)), async (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(""));
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const size of cuts) {
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      chunks.push(bytes.subarray(at));
      const entries: LogEntry[] = [];
      for await (const entry of readLog(chunks)) entries.push(entry);
      expect(entries).toEqual([...readLogText(pieces.join(""))]);
    }),
    { numRuns: 2000 },
  );
});
