import { describe, expect, it } from "vitest";
import { createMachine, Emulator } from "qapi-ts/server";

/** Members of one request, known and unknown ones, and the unknown one that QEMU 7.2 named. */
const cases: [members: string, named: string][] = [
  [
    "cpu-throttle-tailslow xbzrle-cache-size max-postcopy-bandwidth announce-initial x-checkpoint-delay tls-creds w6 w16",
    "w16",
  ],
  [
    "compress-wait-thread announce-initial downtime-limit compress-level block-incremental cpu-throttle-increment speed w2 w15",
    "w2",
  ],
  [
    "max-postcopy-bandwidth multifd-zlib-level multifd-channels compress-threads announce-max cpu-throttle-increment max-bandwidth announce-rounds xbzrle-cache-size compress-level w1 compress",
    "compress",
  ],
  [
    "cpu-throttle-initial downtime-limit multifd-zlib-level tls-creds announce-rounds compress-level x-checkpoint-delay compress-wait-thread tls-hostname multifd-zstd-level w14 zeta w35 w23 foo",
    "w23",
  ],
  [
    "announce-max max-cpu-throttle max-postcopy-bandwidth tls-hostname decompress-threads block-incremental compress-level downtime-limit compress-wait-thread x-checkpoint-delay announce-step announce-initial max-bandwidth throttle-trigger-threshold announce-rounds cpu-throttle-increment tls-authz multifd-channels xbzrle-cache-size multifd-zlib-level w10 w8 w22",
    "w8",
  ],
  [
    "cpu-throttle-initial tls-authz announce-rounds x-checkpoint-delay announce-step decompress-threads announce-max compress-threads compress-level cpu-throttle-increment multifd-zstd-level cpu-throttle-tailslow tls-creds tls-hostname throttle-trigger-threshold multifd-zlib-level announce-initial compress-wait-thread max-postcopy-bandwidth multifd-compression w11 w21 w34 w27 w16",
    "w21",
  ],
  [
    "cpu-throttle-increment announce-max tls-creds multifd-compression throttle-trigger-threshold multifd-zstd-level x-checkpoint-delay block-incremental max-bandwidth max-postcopy-bandwidth cpu-throttle-initial cpu-throttle-tailslow max-cpu-throttle compress-threads tls-authz compress-level multifd-channels xbzrle-cache-size announce-rounds compress-wait-thread multifd-zlib-level tls-hostname announce-initial decompress-threads downtime-limit announce-step foo w30",
    "w30",
  ],
  [
    "compress-wait-thread cpu-throttle-initial multifd-zlib-level compress-threads max-bandwidth cpu-throttle-tailslow multifd-compression announce-initial announce-rounds multifd-zstd-level max-cpu-throttle tls-creds cpu-throttle-increment compress-level throttle-trigger-threshold announce-step tls-hostname announce-max xbzrle-cache-size x-checkpoint-delay multifd-channels max-postcopy-bandwidth tls-authz decompress-threads block-incremental downtime-limit w22 w39 w18",
    "w18",
  ],
];

describe("of several unexpected members", () => {
  const machine = createMachine();

  it.each(cases)("%s: %s is named", (members, named) => {
    const lines: string[] = [];
    const connection = new Emulator(machine).qmp.connect((line) => lines.push(line));
    const values = new Map<string, unknown>(Object.entries(machine.parameters.values));
    const given = members.split(" ").map((name) => [name, values.get(name) ?? 0]);
    const request = { execute: "migrate-set-parameters", arguments: Object.fromEntries(given) as object };
    const text = JSON.stringify(request, (_key, value: unknown) =>
      typeof value === "bigint" ? Number(value) : value,
    );
    connection.receive(new TextEncoder().encode(`{"execute": "qmp_capabilities"}${text}`));
    expect(lines.at(-1)).toContain(`"Parameter '${named}' is unexpected"`);
  });
});
