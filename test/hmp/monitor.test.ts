import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { createMonitor } from "qapi-ts/hmp";

/** What a fresh monitor prints for some lines. */
async function print(
  lines: readonly string[],
  settings: Parameters<typeof createMonitor>[0] = {},
): Promise<string> {
  const monitor = createMonitor({ simClock: "step:1000", ...settings });
  let output = "";
  for (const line of lines) output += (await monitor.run(line)).output;
  return output;
}

describe("a monitor line", () => {
  const cases: [line: string, output: string][] = [
    ["", ""],
    [" \t", ""],
    ["nosuch", "unknown command: 'nosuch'\n"],
    ["  info  nosuch x", "unknown command: '  info  nosuch'\n"],
    ["/x", "unknown command: ''\n"],
    ["__proto__", "unknown command: '__proto__'\n"],
    ["info constructor", "unknown command: 'info constructor'\n"],
    ["help info nosuch", "unknown command: 'info nosuch'\n"],
    ["help stop x y", "stop|s  -- stop emulation\n"],
    ['help "info" status', "info status  -- show the current VM status (running|paused)\n"],
    ['help "open', ""],
    ["migrate", 'migrate: string expected\nTry "help migrate" for more information\n'],
    ["migrate -", 'migrate: unsupported option -Try "help migrate" for more information\n'],
    ["quit x", 'quit|q: extraneous characters at the end of line\nTry "help quit" for more information\n'],
    ["info status", "VM status: running\n"],
    ["info name", ""],
    ["info uuid", "00000000-0000-0000-0000-000000000000\n"],
    ["info history", ""],
  ];
  it.each(cases)("%j", async (line, output) => {
    expect(await print([line])).toBe(output);
  });

  it("shows the name and the UUID that the guest was given", async () => {
    const guest = "name=vm 1,ram=1G,uuid=12345678-1234-1234-1234-1234567890AB";
    expect(await print(["info name", "info uuid"], { guest })).toBe(
      "vm 1\n12345678-1234-1234-1234-1234567890ab\n",
    );
  });

  it("warns of a deprecated capability before anything else", async () => {
    const lines = ["migrate_set_capability zero-blocks on", "migrate_set_capability postcopy-preempt on"];
    expect(await print(lines, { profile: "qemu-10.0" })).toBe(
      "warning: zero-blocks capability is deprecated\n".repeat(2) +
        "Error: Postcopy preempt requires postcopy-ram\n",
    );
  });

  it("says whether it failed", async () => {
    const monitor = createMonitor();
    expect((await monitor.run("stop")).failed).toBe(false);
    expect((await monitor.run("nosuch")).failed).toBe(true);
    expect((await monitor.run("migrate_set_parameter nosuch 1")).failed).toBe(true);
  });

  it("survives any text", async () => {
    const monitor = createMonitor();
    const word = fc.oneof(
      fc.constantFrom(
        "migrate_set_parameter",
        "migrate_set_capability",
        "help",
        "info",
        "max-bandwidth",
        "events",
        "on",
      ),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
        expect(typeof (await monitor.run(words.join(" "))).output).toBe("string");
      }),
    );
  });
});

describe("a simulated migration", () => {
  const status = (output: string): (string | undefined)[] =>
    output.split("\n").filter((line) => /^Migration status|^cpu throttle/.test(line));

  it("climbs and completes while a stepping clock goes on", async () => {
    const info = Array.from({ length: 40 }, () => "info migrate");
    const lines = ["migrate_set_capability auto-converge on", "migrate -d sim:", ...info];
    const percentages = (output: string): number[] =>
      [...output.matchAll(/cpu throttle percentage: (\d+)/g)].map((match) => Number(match[1]));

    const plain = await print(lines, { simClock: "step:3000" });
    const tailslow = await print(["migrate_set_parameter cpu-throttle-tailslow on", ...lines], {
      simClock: "step:3000",
    });
    expect(percentages(plain)).toEqual(percentages(plain).sort((a, b) => a - b));
    expect(percentages(plain).length).toBeGreaterThan(3);
    expect(plain).toContain("Migration status: completed");
    expect(tailslow).toContain("Migration status: completed");
    expect(percentages(tailslow).at(-1)).toBeLessThan(percentages(plain).at(-1) ?? 0);
  });

  it("keeps the monitor waiting unless detached", async () => {
    const output = await print(["migrate sim:ram=64M,dirty-rate=1M", "info migrate"]);
    expect(status(output)).toEqual(["Migration status: completed"]);
  });

  it("tells of failures that the link has, and of URIs that cannot be", async () => {
    expect(await print(["migrate -d sim:fail=connect", "info migrate", "info status"])).toContain(
      "Migration status: failed (Failed to connect to 'sim': Connection refused)\ntotal time: 0 ms\nVM status: running\n",
    );
    expect(await print(["migrate tcp:x:1"])).toBe(
      "Error: This machine is a model and cannot migrate over 'tcp:'; it can over 'sim:'\n",
    );
    expect(await print(["migrate sim:nosuch=1"])).toMatch(/^Error: sim: unknown option 'nosuch'/);
  });

  it.each([
    // What waits for a migration is told as well.
    {
      lines: ["migrate sim:fail=connect"],
      says: Array(2).fill("Failed to connect to 'sim': Connection refused"),
    },
    {
      lines: ["migrate -d sim:fail=connect", "info status"],
      says: ["Failed to connect to 'sim': Connection refused"],
    },
    {
      lines: ["migrate sim:ram=64M,fail-after=100000"],
      says: Array(2).fill("Unable to write to socket: Broken pipe"),
    },
    // What the line itself is told is not said again.
    { lines: ["migrate tcp:x", "migrate foo:bar", "migrate fd:none"], says: [] },
    { lines: ["migrate sim:ram=64M,dirty-rate=1M"], says: [] },
  ])("reports on stderr why a migration failed: $lines", async ({ lines, says }) => {
    const said: string[] = [];
    const monitor = createMonitor({ simClock: "step:1000", report: (text) => said.push(text) });
    for (const line of lines) await monitor.run(line);
    expect(said).toEqual(says);
  });

  // As a QEMU 7.2 told it: only a migration that began and ended, or one whose scheme is unknown, cleans up.
  it.each([
    { lines: ["migrate -d -b fd:no"], block: "on", incremental: "off" },
    { lines: ["migrate -d -i fd:no"], block: "on", incremental: "on" },
    { lines: ["migrate -d -b tcp:"], block: "on", incremental: "off" },
    { lines: ["migrate -d -i foo:bar"], block: "off", incremental: "off" },
    { lines: ["migrate -d -i fd:no", "migrate -d foo:bar"], block: "off", incremental: "off" },
    {
      lines: ["migrate -d -i fd:no", "migrate_set_capability block off", "migrate -d -b fd:no"],
      block: "off",
      incremental: "on",
    },
    {
      lines: [
        "migrate_set_capability block on",
        "migrate_set_parameter block-incremental on",
        "migrate foo:x",
      ],
      block: "on",
      incremental: "on",
    },
    { lines: ["migrate -d -i sim:ram=64M"], block: "on", incremental: "on" },
    { lines: ["migrate -d -i sim:ram=64M", "migrate_cancel"], block: "off", incremental: "off" },
    { lines: ["migrate -i sim:ram=64M,dirty-rate=1M"], block: "off", incremental: "off" },
    { lines: ["migrate -d -i fd:no", "migrate sim:fail=connect"], block: "off", incremental: "off" },
    { lines: ["migrate -d -i sim:nosuch=1"], block: "off", incremental: "off" },
  ])("turns on what taking disks along needs: $lines", async ({ lines, block, incremental }) => {
    const monitor = createMonitor({ simClock: "step:1" });
    for (const line of lines) await monitor.run(line);
    const state = monitor.machine;
    expect({
      block: state.capabilities.enabled.has("block") ? "on" : "off",
      incremental: state.parameters.values["block-incremental"] === true ? "on" : "off",
    }).toEqual({ block, incremental });
  });

  it("lets nothing else in while it runs, and goes back to the guest when cancelled", async () => {
    const lines = [
      "migrate -d sim:",
      "migrate -d sim:",
      "migrate_set_capability events on",
      "migrate_cancel",
      "info status",
    ];
    expect(await print(lines)).toBe(
      "Error: There's a migration process in progress\n".repeat(2) + "VM status: running\n",
    );
  });
});
