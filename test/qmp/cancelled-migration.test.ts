import { createMonitor } from "qapi-ts/hmp";
import { describe, expect, it } from "vitest";

const start = ["migrate_set_capability pause-before-switchover on", "migrate -d sim:ram=1M,dirty-rate=0"];
const cancel = ["info status", "migrate_cancel", "info status"];
const waits = "VM status: paused (finish-migrate)\n";

describe("a migration that is cancelled before its switchover", () => {
  const cases: [profile: string, paused: boolean, lines: string[], status: string][] = [
    ["qemu-7.2", false, start, "VM status: running\n"],
    ["qemu-7.2", false, ["stop", ...start], "VM status: paused (postmigrate)\n"],
    ["qemu-7.2", true, start, "VM status: paused (postmigrate)\n"],
    ["qemu-10.0", false, start, "VM status: running\n"],
    ["qemu-10.0", false, ["stop", ...start], "VM status: paused\n"],
    ["qemu-10.2", true, start, "VM status: paused (prelaunch)\n"],
  ];
  it.each(cases)(
    "gives the guest of %s back as it was, paused: %s, %j",
    async (profile, paused, lines, status) => {
      const monitor = createMonitor({ profile, paused, simClock: "step:1000" });
      const outputs: string[] = [];
      for (const line of [...lines, ...cancel]) outputs.push((await monitor.run(line)).output);
      expect(outputs.slice(lines.length)).toEqual([waits, "", status]);
    },
  );

  it("may be followed by another only where the guest has its run state back", async () => {
    const next = async (profile: string): Promise<string> => {
      const monitor = createMonitor({ profile, paused: true, simClock: "step:1000" });
      for (const line of [...start, ...cancel]) await monitor.run(line);
      return (await monitor.run("migrate -d sim:")).output;
    };
    expect(await next("qemu-7.2")).toBe(
      "Error: Can't migrate the vm that was paused due to previous migration\n",
    );
    expect(await next("qemu-10.0")).toBe("");
  });
});
