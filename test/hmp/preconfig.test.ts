import { describe, expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";

describe("a monitor of a machine that is yet to be made", () => {
  const later = (name: string): string =>
    `Command '${name}' not available until machine initialization has completed.\n`;

  it.each([
    ["info status", "VM status: paused (prelaunch)\n"],
    ["info migrate", later("info migrate")],
    ["info  migrate extra", later("info  migrate")],
    ["migrate", later("migrate")],
    ["migrate_set_parameter downtime-limit 4", later("migrate_set_parameter")],
    ["cont", later("cont")],
    ["nosuch", "unknown command: 'nosuch'\n"],
    ["info nosuch", "unknown command: 'info nosuch'\n"],
    ["help migrate", "unknown command: 'migrate'\n"],
    ["help quit", "quit|q  -- quit the emulator\n"],
    ["exit_preconfig now", /^exit_preconfig: extraneous characters at the end of line\n/],
  ])("%s", async (line, expected) => {
    const { output } = await createMonitor({ preconfig: true }).run(line);
    if (typeof expected === "string") expect(output).toBe(expected);
    else expect(output).toMatch(expected);
  });

  it("helps with what can be run", async () => {
    const monitor = createMonitor({ preconfig: true });
    const { output } = await monitor.run("info");
    expect(output.split("\n").map((line) => line.split(" ")[1])).toEqual([
      "history",
      "name",
      "status",
      "uuid",
      "version",
      undefined,
    ]);
    expect((await monitor.run("help")).output).not.toContain("migrate");
  });

  it("lets everything be run once it is made", async () => {
    const monitor = createMonitor({ preconfig: true });
    expect(await monitor.run("exit_preconfig")).toEqual({ output: "", failed: false });
    expect((await monitor.run("info status")).output).toBe("VM status: running\n");
    expect((await monitor.run("help migrate_pause")).output).toContain("migrate_pause");
    expect((await monitor.run("exit_preconfig")).output).toBe(
      "Error: The command is permitted only before machine initialization\n",
    );
  });
});

describe("a monitor of a machine that waits for a migration", () => {
  it.each([
    ["qemu-7.2", "globals:", undefined],
    ["qemu-10.0", "globals:", "Migration status: setup"],
    ["qemu-10.2", "Status: \t\tsetup", "Status: \t\tsetup"],
  ])("%s tells where it stands", async (profile, first, told) => {
    const monitor = createMonitor({ profile, incoming: "defer" });
    expect((await monitor.run("info migrate")).output).not.toContain("setup");
    expect(await monitor.run("migrate_incoming sim:")).toEqual({ output: "", failed: false });
    expect((await monitor.run("migrate_incoming sim:")).output).toBe(
      "Error: The incoming migration has already been started\n",
    );
    const lines = (await monitor.run("info migrate")).output.split("\n");
    expect(lines[0]).toBe(first);
    expect(lines.find((line) => line.includes("setup"))).toBe(told);
    expect((await monitor.run("migrate -d sim:")).output).toBe(
      "Error: Guest is waiting for an incoming migration\n",
    );
  });

  it.each(["tcp:127.0.0.1:0", "unix:/tmp/socket", "exec:cat"])("refuses %s, which a model cannot", (uri) => {
    expect(() => createMonitor({ incoming: uri })).toThrow(`-incoming ${uri}: This machine is a model`);
  });
});
