import { describe, expect, it } from "vitest";
import {
  followMigration,
  humanMonitor,
  JobError,
  MigrationError,
  waitForJob,
} from "../../src/client/index.js";
import { ScriptedPeer } from "./scripted-peer.js";

describe("humanMonitor", () => {
  it("gives lines ended as usual, and the empty text of quiet commands", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const info = humanMonitor(client, "info status");
    const request = await peer.next();
    expect(request["arguments"]).toEqual({ "command-line": "info status" });
    peer.reply(request, "VM status: running\r\n");
    expect(await info).toEqual({ output: "VM status: running\n", failed: false });
    const quiet = humanMonitor(client, "stop");
    peer.reply(await peer.next(), "");
    expect(await quiet).toEqual({ output: "", failed: false });
    const refused = humanMonitor(client, "migrate");
    const text = 'migrate: string expected\r\nTry "help migrate" for more information\r\n';
    peer.reply(await peer.next(), text);
    expect(await refused).toEqual({ output: text.replaceAll("\r", ""), failed: true });
    const odd = humanMonitor(client, "x");
    peer.reply(await peer.next(), {});
    await expect(odd).rejects.toThrow("returned no text");
  });
});

describe("followMigration", () => {
  it("tells how it goes until it is over", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const seen: unknown[] = [];
    const following = (async () => {
      for await (const { status, throttlePercentage, remaining, downtime } of followMigration(client, {
        interval: 1,
      }))
        seen.push([status, throttlePercentage, remaining, downtime]);
    })();
    const answers = [
      {},
      { status: "active", "cpu-throttle-percentage": 20, "expected-downtime": 9, ram: { remaining: 5 } },
      { status: "brand-new-state", ram: { remaining: "odd" } },
      { status: "completed", downtime: 7 },
    ];
    for (const answer of answers) peer.reply(await peer.next(), answer);
    await following;
    expect(seen).toEqual([
      ["none", undefined, undefined, undefined],
      ["active", 20, 5n, 9n],
      ["brand-new-state", undefined, undefined, undefined],
      ["completed", undefined, undefined, 7n],
    ]);
  });

  it("fails as the migration does, after the last progress", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const following = followMigration(client);
    const first = following.next();
    peer.reply(await peer.next(), { status: "cancelled" });
    expect((await first).value?.status).toBe("cancelled");
    await expect(following.next()).rejects.toThrow(MigrationError);
  });

  it("ends with a guest under COLO", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const following = followMigration(client);
    const first = following.next();
    peer.reply(await peer.next(), { status: "colo" });
    expect((await first).value?.status).toBe("colo");
    expect(await following.next()).toEqual({ done: true, value: undefined });
  });

  it.each([
    ["pre-switchover", "migrate-continue"],
    ["postcopy-paused", "migrate-recover"],
    ["none", "migrate"],
  ])("says so where a migration waits for a command, in %s", async (status, command) => {
    const { peer, client } = await ScriptedPeer.connected();
    const seen: string[] = [];
    const following = (async () => {
      for await (const progress of followMigration(client, { interval: 100 })) seen.push(progress.status);
    })();
    const ended = following.catch((reason: unknown) => reason);
    void (async () => {
      for (;;) peer.reply(await peer.next(), { status });
    })();
    const error = await ended;
    expect(error).toBeInstanceOf(MigrationError);
    expect(error).toMatchObject({
      progress: { status },
      waitsFor: expect.stringContaining(command) as string,
    });
    // Whoever is told has time to give the command.
    expect(seen.length).toBeGreaterThan(1);
  });

  it("goes on where the loop gives the command", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const following = (async () => {
      for await (const { status } of followMigration(client, { interval: 1 }))
        if (status === "pre-switchover") await client.execute("migrate-continue", { state: status });
    })();
    peer.reply(await peer.next(), { status: "pre-switchover" });
    const go = await peer.next();
    expect(go["execute"]).toBe("migrate-continue");
    peer.reply(go, {});
    peer.reply(await peer.next(), { status: "device" });
    peer.reply(await peer.next(), { status: "completed" });
    await following;
  });

  it("stops at a signal", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const abort = new AbortController();
    const following = followMigration(client, { signal: abort.signal });
    const first = following.next();
    peer.reply(await peer.next(), { status: "active" });
    await first;
    const next = following.next();
    abort.abort(new Error("enough"));
    await expect(next).rejects.toThrow("enough");
  });
});

describe("waitForJob", () => {
  it("asks again when an event says that something has changed", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = waitForJob(client, "a");
    peer.reply(await peer.next(), [
      { id: "b", status: "concluded" },
      { id: "a", status: "running" },
    ]);
    peer.event("JOB_STATUS_CHANGE", { id: "b", status: "null" });
    peer.event("JOB_STATUS_CHANGE", { id: "a", status: "concluded" });
    peer.reply(await peer.next(), [{ id: "a", status: "concluded" }]);
    expect(await waiting).toEqual({ id: "a", status: "concluded" });
  });

  it("knows the error of a block job that is gone already", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = waitForJob(client, "a");
    peer.reply(await peer.next(), [{ id: "a", status: "running" }]);
    peer.event("BLOCK_JOB_COMPLETED", { device: "a", error: "No space left on device" });
    peer.reply(await peer.next(), []);
    await expect(waiting).rejects.toMatchObject({ job: "a", message: "No space left on device" });
    await expect(waiting).rejects.toThrow(JobError);
  });

  it("gives up in time", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = waitForJob(client, "a", { timeout: 20 });
    peer.reply(await peer.next(), [{ id: "a", status: "running" }]);
    await expect(waiting).rejects.toThrow("no answer within 20 ms: job a");
  });

  it.each([
    ["a signal that has been given", { signal: AbortSignal.abort(new Error("too late")) }, "too late"],
    ["a time that is none", { timeout: -1 }, "a timeout cannot be -1 ms"],
  ])("asks no more with %s", async (_, options, message) => {
    const { peer, client } = await ScriptedPeer.connected();
    await expect(waitForJob(client, "a", options)).rejects.toThrow(message);
    const asked = client.execute("marker");
    const commands: unknown[] = [];
    for (;;) {
      const request = await peer.next();
      commands.push(request["execute"]);
      peer.reply(request, [{ id: "a", status: "running" }]);
      if (request["execute"] === "marker") break;
    }
    await asked;
    expect(commands.filter((name) => name === "query-jobs").length).toBeLessThan(2);
    // Following it would ask again after a second.
    await expect(
      Promise.race([peer.next(), new Promise((_resolve, reject) => setTimeout(reject, 1300, "quiet"))]),
    ).rejects.toBe("quiet");
  });
});
