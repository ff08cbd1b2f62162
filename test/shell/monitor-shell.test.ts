import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askSchema } from "../../src/cli/live-client.js";
import { connect, readProgress, type QmpClient } from "../../src/client/index.js";
import { serve, type RunningServer } from "../../src/server/index.js";
import { MonitorShell } from "../../src/shell/monitor-shell.js";
import { Terminal } from "../../src/shell/terminal.js";
import { progressLines, watchMigration } from "../../src/shell/watch-migration.js";

let server: RunningServer;
let client: QmpClient;
beforeEach(async () => {
  server = await serve({ listen: "tcp:127.0.0.1:0", guest: "dirty-rate=1M", simClock: "step:500" });
  client = await connect(server.address);
});
afterEach(async () => {
  await client.close();
  await server.close();
});

describe("the monitor of a live QEMU", () => {
  it.each([
    ["migrate_set_p", ["migrate_set_parameter"]],
    ["help migrate_set_p", ["migrate_set_parameter"]],
    ["info migrate_", ["migrate_capabilities", "migrate_parameters"]],
    ["help info vers", ["version"]],
    ["watch ", ["migrate"]],
    ["migrate_set_parameter cpu-throttle-t", ["cpu-throttle-tailslow"]],
    ["migrate_set_capability auto", ["auto-converge"]],
    ["migrate_set_capability auto-converge o", ["on", "off"]],
    ["stop ", []],
  ])("completes %j", async (line, candidates) => {
    const shell = await MonitorShell.open(client, await askSchema(client));
    expect([...shell.complete(line).candidates].sort()).toEqual([...candidates].sort());
  });

  it("needs no schema", async () => {
    const shell = await MonitorShell.open(client);
    expect(shell.complete("migrate_set_parameter c").candidates).toEqual([]);
    expect(await shell.run("info status")).toMatchObject({ output: "VM status: running\n", failed: false });
  });

  it("tells of a connection that is lost", async () => {
    const shell = await MonitorShell.open(client);
    await client.close();
    expect(await shell.run("info status")).toEqual({
      output: "human-monitor-command: closed\n",
      failed: true,
    });
    expect(await shell.run("quit")).toMatchObject({ failed: false, ended: true });
  });
});

describe("watch migrate", () => {
  it("shows nothing but the state where there is nothing else", async () => {
    expect(progressLines(readProgress(await client.executeRaw("query-migrate")))).toEqual([
      "migration   none",
    ]);
    const failed = { status: "failed", "error-desc": "no" };
    expect(progressLines(readProgress(failed))).toEqual(["migration   failed: no"]);
  });

  it("draws until the migration ends", async () => {
    await client.execute("migrate", { uri: "sim:" });
    let drawn = "";
    await watchMigration(client, (text) => (drawn += text), new Promise(() => undefined));
    expect(drawn).toMatch(/^migration {3}active for [\d.]+ s, sync 1\nprogress {4}\[#*-+\] \d+ %\nremaining/);
    expect(drawn).toMatch(/migration {3}completed for [^]*\nthrottle {4}off\n$/);
  });

  it("ends at a key, which does not go into the next line", async () => {
    await client.execute("migrate-set-parameters", { "max-bandwidth": 1_000_000 });
    await client.execute("migrate", { uri: "sim:" });
    const [input, output] = [new PassThrough(), new PassThrough({ encoding: "utf8" })];
    let screen = "";
    output.on("data", (text: string) => (screen += text));
    const terminal: Terminal = new Terminal({
      input,
      output,
      shell: await MonitorShell.open(client),
      runSpecial: async (line) => {
        if (line !== "watch migrate") return false;
        await watchMigration(client, (text) => output.write(text), terminal.nextKey());
        return true;
      },
    });
    const conversation = terminal.converse();
    input.write("watch migrate\r");
    await vi.waitFor(() => {
      expect(screen).toContain("throttle");
    });
    input.write("x");
    await vi.waitFor(() => {
      expect(screen).toMatch(/throttle[^]*\(qemu\) /);
    });
    input.write("info status\r");
    await vi.waitFor(() => {
      expect(screen).toContain("VM status: running");
    });
    input.write("\x04");
    expect(await conversation).toEqual(["info status", "watch migrate"]);
  });
});
