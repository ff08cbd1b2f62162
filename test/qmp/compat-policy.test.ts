import { describe, expect, it } from "vitest";
import { createMachine, Emulator, type MachineSettings } from "qapi-ts/server";
import { createMonitor } from "qapi-ts/hmp";

/** What a machine answers to requests, one after another. */
function session(settings: MachineSettings) {
  const lines: string[] = [];
  const reports: string[] = [];
  const machine = createMachine(settings);
  const emulator = new Emulator(machine, { report: (text) => reports.push(text) });
  let isDropped = false;
  const connection = emulator.qmp.connect(
    (line) => lines.push(line.trimEnd()),
    () => (isDropped = true),
  );
  const ask = (execute: string, args?: object): string | undefined => {
    lines.length = 0;
    connection.receive(Buffer.from(JSON.stringify({ execute, ...(args && { arguments: args }) })));
    return lines.at(-1);
  };
  ask("qmp_capabilities");
  return { ask, reports, emulator, isDropped: () => isDropped };
}

const failure = (desc: string, kind = "GenericError"): string =>
  `{"error": {"class": "${kind}", "desc": "${desc}"}}`;

describe("a policy for deprecated and unstable parts", () => {
  // A feature may be there under a condition: what is deprecated in one release is not in another.
  it.each([
    [
      "qemu-7.2",
      "migrate",
      { uri: "nosuch:", detach: true },
      "Parameter 'uri' expects a valid migration protocol",
    ],
    ["qemu-10.0", "migrate", { uri: "nosuch:", detach: true }, "unknown migration protocol: nosuch:"],
    [
      "qemu-10.2",
      "migrate",
      { uri: "nosuch:", detach: true },
      "Deprecated parameter detach disabled by policy",
    ],
    ["qemu-10.2", "migrate", { uri: 5, detach: true }, "Invalid parameter type for 'uri', expected: string"],
    ["qemu-10.2", "migrate", { detach: 5, resume: 5 }, "Deprecated parameter detach disabled by policy"],
    [
      "qemu-10.0",
      "migrate-set-capabilities",
      { capabilities: [{ capability: "zero-blocks", state: true }] },
      "Deprecated value zero-blocks disabled by policy",
    ],
    [
      "qemu-10.2",
      "migrate-set-parameters",
      { "x-vcpu-dirty-limit-period": "z" },
      "Unstable parameter x-vcpu-dirty-limit-period disabled by policy",
    ],
  ] as const)("%s refuses %s %j", (profile, command, args, desc) => {
    const { ask } = session({ profile, compat: "deprecated-input=reject,unstable-input=reject" });
    expect(ask(command, args)).toBe(failure(desc));
  });

  it("lets through what is deprecated later", () => {
    const { ask } = session({ compat: "deprecated-input=reject" });
    const capabilities = [{ capability: "zero-blocks", state: true }];
    expect(ask("migrate-set-capabilities", { capabilities })).toBe('{"return": {}}');
  });

  it("refuses a command as one that is not there", () => {
    const { ask } = session({ compat: "unstable-input=reject" });
    const desc = "Unstable command x-exit-preconfig disabled by policy";
    expect(ask("x-exit-preconfig")).toBe(failure(desc, "CommandNotFound"));
  });

  it("hides members of any depth, and of a union's branch", () => {
    expect(session({}).ask("query-qmp-schema")).toContain('"values": [');
    const { ask } = session({ compat: "deprecated-output=hide" });
    const told = ask("query-qmp-schema");
    expect(told).toContain('"members": [');
    expect(told).not.toContain('"values": [');
    expect(session({ compat: "unstable-output=hide" }).ask("query-migrate-parameters")).not.toContain('"x-');
  });

  it("ends everything where it is to crash, without an answer", () => {
    const { ask, reports, emulator, isDropped } = session({ compat: "unstable-input=crash" });
    expect(ask("query-status")).toContain("running");
    expect(ask("migrate-set-parameters", { "x-checkpoint-delay": 1 })).toBeUndefined();
    expect(isDropped()).toBe(true);
    expect(emulator.hasCrashed).toBe(true);
    expect(reports).toEqual(["aborted: Unstable parameter x-checkpoint-delay disabled by policy"]);
  });

  it("is none of the monitor's affair", async () => {
    const monitor = createMonitor({ compat: "unstable-input=reject,unstable-output=hide" });
    await monitor.run("migrate_set_parameter x-checkpoint-delay 7");
    const { output } = await monitor.run("info migrate_parameters");
    expect(output).toContain("x-checkpoint-delay: 7 ms");
  });
});
