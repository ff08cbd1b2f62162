import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askSchema } from "../../src/cli/live-client.js";
import { connect, type QmpClient } from "../../src/client/index.js";
import { serve, type RunningServer } from "../../src/server/index.js";
import { LiveMonitor } from "../../src/shell/live-monitor.js";
import { migrationLines } from "../../src/terminal/migration-lines.js";
import { ScriptedPeer } from "../client/scripted-peer.js";

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
    ["migrate -", ["-d", "-b", "-i", "-r"]],
    ["migrate -d -", ["-b", "-i", "-r"]],
    ["migrate_set_parameter cpu-throttle-tailslow ", ["off", "on"]],
    ["migrate_set_parameter multifd-compression z", ["zlib", "zstd"]],
    ["stop ", []],
  ])("completes %j", async (line, candidates) => {
    const shell = await LiveMonitor.open(client, await askSchema(client));
    expect([...shell.complete(line).candidates].sort()).toEqual([...candidates].sort());
  });

  it("needs no schema", async () => {
    const shell = await LiveMonitor.open(client);
    expect(shell.complete("migrate_set_parameter c").candidates).toEqual([]);
    expect(await shell.run("info status")).toMatchObject({ output: "VM status: running\n", failed: false });
  });

  it("tells of a connection that is lost", async () => {
    const shell = await LiveMonitor.open(client);
    await client.close();
    expect(await shell.run("info status")).toEqual({
      output: "human-monitor-command: closed\n",
      failed: true,
    });
    expect(await shell.run("quit")).toMatchObject({ failed: false, ended: true });
  });
});

describe("what a peer says at the monitor", () => {
  it("has no control characters when it is shown", async () => {
    const { peer, client: scripted } = await ScriptedPeer.connected();
    const opening = LiveMonitor.open(scripted);
    for (const text of ["stop|s  -- stop \x1b[2J\r\n", ""]) peer.reply(await peer.next(), text);
    const shell = await opening;
    const asked = shell.run("info name");
    peer.reply(await peer.next(), "\x1b]0;owned\x07\x9b31mred\x7f\r\n");
    expect(await asked).toMatchObject({ output: "\\u001b]0;owned\\u0007\\u009b31mred\\u007f\n" });
    const figures = shell.watch("watch migrate")?.();
    peer.reply(await peer.next(), { status: "failed", "error-desc": "\x1b[2J" });
    expect(migrationLines((await figures) ?? expect.fail(), 80)).toEqual(["migration   failed: \\u001b[2J"]);
  });

  it("is hinted at where a line was refused", async () => {
    const shell = await LiveMonitor.open(client, await askSchema(client));
    expect(shell.hint("info migrte")).toBe("did you mean 'info migrate'?");
    expect(shell.hint("migrat")).toBe("did you mean 'migrate'?");
    expect(shell.hint("migrate_set_capability auto-convergence on")).toBe("did you mean 'auto-converge'?");
  });
});

describe("what a QEMU says of itself", () => {
  it.each([
    [
      "in no form that is known",
      [{ "meta-type": "riddle", name: "\x1bwhat" }],
      "'\\u001bwhat' has no known meta-type",
    ],
    [
      "of types that are not there",
      [{ "meta-type": "event", name: "GONE", "arg-type": "7" }],
      "'GONE' uses '7', which is not listed",
    ],
    ["by no list", {}, "it is neither a list nor a reply that returns one"],
  ])("%s, is told, and the shell goes on without", async (_, reply, problem) => {
    const { peer, client: scripted } = await ScriptedPeer.connected();
    const stderr = new PassThrough();
    const asked = askSchema(scripted, { stderr });
    peer.reply(await peer.next(), reply);
    expect(await asked).toBeUndefined();
    const told = String(stderr.read());
    expect(told).toMatch(/^qapi: note: nothing is checked: query-qmp-schema[^\n]*\n$/);
    expect(told).toContain(problem);
    await scripted.close();
  });
});

describe("watch migrate", () => {
  it("asks until the migration ends", async () => {
    const shell = await LiveMonitor.open(client);
    const figures = shell.watch(" watch migrate ");
    expect(await figures?.()).toMatchObject({ status: "none", isRunning: false });
    await client.execute("migrate", { uri: "sim:" });
    const seen: string[] = [];
    for (;;) {
      const now = (await figures?.()) ?? expect.fail();
      seen.push(migrationLines(now, 80).join("\n"));
      if (!now.isRunning) break;
    }
    expect(seen[0]).toMatch(
      /^migration {3}active for [\d.]+ s, sync 1\nprogress {4}\[#*-+\] \d+ %\nremaining/,
    );
    expect(seen.at(-1)).toMatch(/^migration {3}completed for [^]*\nthrottle {4}off$/);
  });
});
