import { createMonitor } from "qapi-ts/hmp";
import { createMachine, Emulator } from "qapi-ts/server";
import { describe, expect, it } from "vitest";

/** What each of some lines prints in a machine that waits to be told where a migration comes from. */
function deferred(profile: string, lines: readonly string[]): unknown[] {
  const monitor = createMonitor({ profile, incoming: "defer", simClock: "step:0" });
  return lines.map((line) => {
    const result = monitor.run(line);
    return result instanceof Promise
      ? "waits"
      : result.output.replace(/^globals:(\n[a-z-]+: (on|off|18))+\n/, "");
  });
}

const notFound = "Error: File descriptor named 'nosuch' has not been found\n";
const illegal = "Error: Illegal migration incoming state: setup\n";
const setUp = {
  "qemu-10.0": "Migration status: setup\ntotal time: 0 ms\n",
  "qemu-10.2": "Status: \t\tsetup\n",
};
const severalChannels = "Error: Migration requires multi-channel URIs (e.g. tcp)\n";
const seekable = "Error: Migration requires seekable transport (e.g. file)\n";
const streamable = "Error: Migration requires streamable transport (eg unix)\n";
const capability = (name: string, state = "on") => `migrate_set_capability ${name} ${state}`;
const listen = (uri: string) => `migrate_incoming ${uri}`;

describe("migrate_incoming", () => {
  it.each(["qemu-10.0", "qemu-10.2"] as const)("that fails once it has begun leaves %s set up", (profile) => {
    const lines = [listen("tcp:"), "info migrate", listen("fd:nosuch"), "info migrate", listen("fd:nosuch")];
    expect(deferred(profile, [...lines, listen("tcp:"), listen("sim:")])).toEqual([
      ...["Error: error parsing address ''\n", ""],
      ...[notFound, setUp[profile], illegal],
      ...["Error: error parsing address ''\n", illegal],
    ]);
  });

  it("that fails leaves QEMU 7.2 as it was, but for the capabilities that the transport lets it have", () => {
    const lines = [
      listen("fd:nosuch"),
      "info migrate",
      capability("multifd"),
      capability("events"),
      listen("tcp:"),
    ];
    expect(deferred("qemu-7.2", [...lines, capability("multifd"), listen("sim:"), listen("sim:")])).toEqual([
      ...[notFound, "", "Error: multifd is not supported by current protocol\n", ""],
      ...[
        "Error: error parsing address ''\n",
        "",
        "",
        "Error: The incoming migration has already been started\n",
      ],
    ]);
  });

  const refusals: [profile: string, lines: string[], output: string][] = [
    ["qemu-7.2", [listen("fd:")], "Error: File descriptor named '' has not been found\n"],
    ["qemu-10.0", [listen("fd:")], "Error: invalid file descriptor address\n"],
    ["qemu-10.0", [listen("fd:-1")], "Error: File descriptor named '-1' has not been found\n"],
    ["qemu-10.0", [listen("fd:1x")], "Error: Invalid file descriptor number '1x'\n"],
    ["qemu-10.0", [listen("fd:2147483648")], "Error: Invalid file descriptor number '2147483648'\n"],
    ["qemu-10.0", [capability("multifd"), listen("fd:nosuch")], severalChannels],
    ["qemu-10.2", [capability("multifd"), listen("exec:true")], severalChannels],
    ["qemu-10.2", [capability("mapped-ram"), capability("multifd"), listen("sim:")], seekable],
    ["qemu-10.2", ["migrate_set_parameter mode cpr-transfer", listen("file:/x")], streamable],
    ["qemu-7.2", [capability("multifd"), listen("fd:nosuch")], notFound],
  ];
  it.each(refusals)("of %s after %j", (profile, lines, output) => {
    expect(deferred(profile, lines).at(-1)).toBe(output);
  });

  it("is announced where QEMU has begun, if events are wanted", () => {
    const events: string[] = [];
    const emulator = new Emulator(createMachine({ profile: "qemu-10.2", incoming: "defer" }));
    const connection = emulator.qmp.connect((text) =>
      /"MIGRATION".*/.exec(text)?.forEach((event) => events.push(event)),
    );
    const send = (execute: string, args = {}): void => {
      connection.receive(Buffer.from(`${JSON.stringify({ execute, arguments: args })}\n`));
    };
    send("qmp_capabilities");
    send("migrate-set-capabilities", { capabilities: [{ capability: "events", state: true }] });
    send("migrate-incoming", { uri: "tcp:" });
    expect(events).toEqual([]);
    send("migrate-incoming", { uri: "fd:nosuch" });
    expect(events).toEqual(['"MIGRATION", "data": {"status": "setup"}}']);
  });
});

describe("migrate", () => {
  const refusals: [profile: string, lines: string[], output: string][] = [
    ["qemu-10.0", ["migrate -d fd:"], "Error: invalid file descriptor address\n"],
    ["qemu-7.2", ["migrate -d fd:"], "Error: File descriptor named '' has not been found\n"],
    ["qemu-10.0", [capability("multifd"), "migrate -d exec:true"], severalChannels],
    ["qemu-10.2", [capability("multifd"), "migrate -d file:/x"], severalChannels],
    [
      "qemu-10.2",
      [capability("postcopy-ram"), capability("postcopy-preempt"), "migrate -d fd:x"],
      severalChannels,
    ],
    ["qemu-10.0", ["migrate_set_parameter mode cpr-transfer", "migrate -d file:/x"], streamable],
    [
      "qemu-10.0",
      ["migrate_set_parameter mode cpr-transfer", "migrate -d fd:x"],
      "Error: missing 'cpr' migration channel\n",
    ],
    ["qemu-10.2", [capability("multifd"), "migrate -d sim:"], ""],
  ];
  it.each(refusals)("of %s after %j", (profile, lines, output) => {
    const monitor = createMonitor({ profile, simClock: "step:0" });
    expect(lines.map((line) => monitor.run(line)).at(-1)).toMatchObject({ output });
  });
});
