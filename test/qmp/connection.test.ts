import { describe, expect, it } from "vitest";
import { createMachine, Emulator } from "qapi-ts/server";

/** A connection to a fresh machine, asked in JSON text and answering in lines without their end. */
function connect(): (text: string) => string[] {
  const lines: string[] = [];
  const now = (): bigint => 1_700_000_000_000_123n;
  const connection = new Emulator(createMachine(), { now }).qmp.connect((line) => lines.push(line.trimEnd()));
  return (text) => {
    connection.receive(new TextEncoder().encode(text));
    return lines.splice(0);
  };
}

const generic = (desc: string, id = ""): string =>
  `{${id}"error": {"class": "GenericError", "desc": "${desc}"}}`;

describe("a QMP connection", () => {
  it("greets, and lets nothing through before negotiation", () => {
    const ask = connect();
    expect(ask('{"execute": "query-status"}')).toEqual([
      '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "qapi-ts"}, "capabilities": ["oob"]}}',
      '{"error": {"class": "CommandNotFound", "desc": "Expecting capabilities negotiation with \'qmp_capabilities\'"}}',
    ]);
  });

  it("takes commands out of band once that is negotiated, and only those that may", () => {
    const ask = connect();
    ask('{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}}');
    expect(ask('{"exec-oob": "query-status", "id": 1}')).toEqual([
      generic("The command query-status does not support OOB", '"id": 1, '),
    ]);
    expect(ask('{"exec-oob": "migrate-pause"}')).toEqual([
      generic("migrate-pause is currently only supported during postcopy-active state"),
    ]);
    expect(ask('{"exec-oob": "migrate-pause", "execute": "query-status"}')).toEqual([
      generic("QMP input member 'execute' clashes with 'exec-oob'"),
    ]);
    expect(ask('{"exec-oob": 1}')).toEqual([generic("QMP input member 'exec-oob' must be a string")]);
  });

  it("tells of events with their time, before the reply to what caused them", () => {
    const ask = connect();
    ask('{"execute": "qmp_capabilities"}');
    expect(ask('{"execute": "stop"}')).toEqual([
      '{"timestamp": {"seconds": 1700000000, "microseconds": 123}, "event": "STOP"}',
      '{"return": {}}',
    ]);
  });

  it("echoes ids of any type, and writes numbers as C does", () => {
    const ask = connect();
    ask('{"execute": "qmp_capabilities"}');
    const ids: [sent: string, echoed: string][] = [
      ["18446744073709551615", "18446744073709551615"],
      ["0.1", "0.10000000000000001"],
      ["1.0", "1"],
      ["-0.0", "-0"],
      ["1e400", "inf"],
      ['{"b": null, "a": ["é"]}', '{"a": ["\\u00E9"], "b": null}'],
      ['{"__proto__": 1}', '{"__proto__": 1}'],
    ];
    for (const [sent, echoed] of ids) {
      expect(ask(`{"execute": "query-name", "id": ${sent}}`)).toEqual([`{"return": {}, "id": ${echoed}}`]);
    }
  });

  it("lists its commands and its schema as the profile has them", () => {
    const ask = connect();
    ask('{"execute": "qmp_capabilities"}');
    expect(ask('{"execute": "query-commands"}')[0]).toMatch(
      /^\{"return": \[\{"name": "human-monitor-command"\}/,
    );
    const [schema = ""] = ask('{"execute": "query-qmp-schema"}');
    expect(schema).toContain('"name": "compress-level"');
    expect(schema).not.toContain("vcpu-dirty-limit");
  });

  it("demands a URI, as QEMU 7.2 does", () => {
    const ask = connect();
    ask('{"execute": "qmp_capabilities"}');
    expect(ask('{"execute": "migrate", "arguments": {"nosuch": 1}}')).toEqual([
      generic("Parameter 'uri' is missing"),
    ]);
  });
});
