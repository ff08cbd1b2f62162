import fc from "fast-check";
import { expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";
import { createMachine, Emulator } from "qapi-ts/server";

const numRuns = 100_000;

const requests = [
  '{"execute": "migrate-set-parameters", "arguments": {"max-bandwidth": 1, "tls-creds": null}, "id": [1]}',
  '{"execute": "human-monitor-command", "arguments": {"command-line": "info migrate"}}',
  '{"execute": "migrate", "arguments": {"uri": "sim:ram=1M"}}',
  '{"execute": "query-migrate-parameters"}',
  "[1, 2.5e3, 'x\\u00e9', {}]",
];

/** A request of which some bytes have been changed, dropped or added. */
const mutatedRequest = fc
  .tuple(
    fc.constantFrom(...requests),
    fc.array(fc.tuple(fc.nat(100), fc.nat(2), fc.nat(255)), { minLength: 1, maxLength: 6 }),
  )
  .map(([request, changes]) => {
    const bytes = [...new TextEncoder().encode(request)];
    for (const [at, removed, added] of changes) bytes.splice(at % bytes.length, removed, added);
    return Uint8Array.from(bytes);
  });

it("a QMP connection survives any bytes and goes on", () => {
  const lines: string[] = [];
  const emulator = new Emulator(createMachine({ simClock: "step:10", guest: "ram=4M" }));
  const open = (): ReturnType<typeof emulator.qmp.connect> => {
    const connection = emulator.qmp.connect((line) => lines.push(line));
    connection.receive(new TextEncoder().encode('{"execute": "qmp_capabilities"}'));
    return connection;
  };
  fc.assert(
    fc.property(mutatedRequest, (bytes) => {
      const connection = open();
      connection.receive(bytes);
      lines.length = 0;
      // A control byte brings the reader back to its senses, whatever came before.
      connection.receive(new TextEncoder().encode('\x01\n{"execute": "query-name", "id": "still here"}'));
      connection.receive(new TextEncoder().encode('\x01\n}]{"execute": "query-name", "id": "still here"}'));
      expect(lines.join("")).toContain('"still here"');
      for (const line of lines) expect(line.endsWith("}\r\n")).toBe(true);
      emulator.qmp.disconnect(connection);
    }),
    { numRuns },
  );
});

it("a monitor survives any line", async () => {
  const monitor = createMonitor({ simClock: "step:10", guest: "ram=4M" });
  const word = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom("migrate_set_parameter", "max-bandwidth", "help", "info", "on", '"', "-d"),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("migrate", "sim:", "sim:ram=1M", "migrate_cancel", "stop", "cont"),
    },
    { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { maxLength: 6 }),
      fc.constantFrom(" ", "\t", ""),
      async (words, space) => {
        expect(typeof (await monitor.run(words.join(space))).output).toBe("string");
      },
    ),
    { numRuns },
  );
});
