import { describe, expect, it, vi } from "vitest";
import { qapi } from "../../generated/qapi/index.js";
import { connect } from "../../src/client/index.js";
import { greeting, ScriptedPeer } from "./scripted-peer.js";

async function take<T>(events: AsyncIterator<T, undefined>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) taken.push((await events.next()).value as T);
  return taken;
}

const names = (events: readonly { readonly event: string }[]): string[] => events.map(({ event }) => event);

describe("events", () => {
  it("come with data and timestamp", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const events = client.events();
    peer.say(
      '{"timestamp": {"seconds": 1700000000, "microseconds": 5}, "event": "A", "data": {"size": 18446744073709551615}}',
    );
    peer.say('{"event": "B", "timestamp": {"seconds": -1, "microseconds": -1}}');
    peer.say('{"event": "C"}');
    expect(await take(events, 3)).toEqual([
      { event: "A", data: { size: 2n ** 64n - 1n }, timestamp: { seconds: 1700000000n, microseconds: 5n } },
      { event: "B", data: undefined, timestamp: { seconds: -1n, microseconds: -1n } },
      { event: "C", data: undefined, timestamp: { seconds: -1n, microseconds: -1n } },
    ]);
  });

  it("are kept until somebody asks, even those before the greeting", async () => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream);
    peer.event("BEFORE");
    peer.say(greeting);
    const request = await peer.next();
    peer.event("MEANWHILE");
    peer.reply(request, {});
    const client = await connecting;
    peer.event("AFTER");
    const asked = client.execute("x");
    peer.reply(await peer.next(), {});
    await asked;
    const heard: string[] = [];
    const events = client.events();
    client.onRawEvent(({ event }) => heard.push(event));
    expect(names(await take(events, 3))).toEqual(["BEFORE", "MEANWHILE", "AFTER"]);
    expect(heard).toEqual(["BEFORE", "MEANWHILE", "AFTER"]);
    peer.event("LATER");
    expect(names(await take(events, 1))).toEqual(["LATER"]);
    const late = client.events();
    peer.event("LATEST");
    expect(names(await take(late, 1))).toEqual(["LATEST"]);
  });

  it("are kept as far as there is room", async () => {
    const { peer, client } = await ScriptedPeer.connected({ history: 2 });
    for (const name of ["A", "B", "C"]) peer.event(name);
    const asked = client.execute("x");
    peer.reply(await peer.next(), {});
    await asked;
    expect(names(await take(client.events(), 2))).toEqual(["B", "C"]);
  });

  it("are filtered by name and condition", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const events = client.events({ names: ["A", "B"], where: ({ data }) => data?.["n"] !== 2n });
    for (const [index, name] of ["A", "X", "B", "A"].entries()) peer.event(name, { n: index });
    expect((await take(events, 2)).map(({ data }) => data?.["n"])).toEqual([0n, 3n]);
  });

  it("stop at a signal, and by leaving the loop", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const abort = new AbortController();
    const next = client.events({ signal: abort.signal }).next();
    abort.abort(new Error("enough"));
    await expect(next).rejects.toThrow("enough");
    await expect(client.events({ signal: abort.signal }).next()).rejects.toThrow("enough");
    peer.event("A");
    const events = client.events();
    peer.event("B");
    for await (const { event } of events) {
      expect(event).toBe("B");
      break;
    }
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("fail, after those that came, when the connection is lost", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const events = client.events();
    peer.event("LAST");
    peer.hangUp();
    expect(names(await take(events, 1))).toEqual(["LAST"]);
    await expect(events.next()).rejects.toMatchObject({ name: "QmpConnectionError" });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("serve several takers at once", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const events = client.events();
    const both = Promise.all([events.next(), events.next()]);
    peer.event("A");
    peer.event("B");
    expect((await both).map(({ value }) => value?.event)).toEqual(["A", "B"]);
  });
});

describe("a consumer that does not take its events", () => {
  it("holds the connection back, but neither replies nor others", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const slow = client.events();
    for (let i = 0; i < 3000; i++) peer.event("FLOOD", { n: i, ballast: "x".repeat(200) });
    await vi.waitFor(() => {
      expect((peer.stream as { input: NodeJS.ReadableStream }).input.isPaused()).toBe(true);
    });
    const asked = client.execute("x");
    peer.reply(await peer.next(), "answer");
    expect(await asked).toBe("answer");
    const got = await take(slow, 3000);
    expect(got.map(({ data }) => data?.["n"])).toEqual(Array.from({ length: 3000 }, (_, n) => BigInt(n)));
  });

  it("does not starve a listener", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    client.events();
    const last = client.waitForEvent({ where: ({ data }) => data?.["n"] === 4999n });
    for (let i = 0; i < 5000; i++) peer.event("FLOOD", { n: i });
    expect((await last).event).toBe("FLOOD");
  });

  it("is let go at its limit, and is told", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const slow = client.events({ limit: 2 });
    const heard = new Promise<void>((resolve) => {
      client.onRawEvent(({ event }) => {
        if (event === "C") resolve();
      });
    });
    for (const name of ["A", "B", "C"]) peer.event(name);
    await heard;
    expect(names(await take(slow, 2))).toEqual(["A", "B"]);
    await expect(slow.next()).rejects.toMatchObject({ name: "QmpOverflowError" });
  });
});

describe("listeners", () => {
  it("hear until they are taken off", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const heard: string[] = [];
    const off = client.onEvent(({ event }) => heard.push(event), { names: ["A"] });
    const all = client.events();
    peer.event("A");
    peer.event("B");
    await take(all, 2);
    off();
    peer.event("A");
    await take(all, 1);
    expect(heard).toEqual(["A"]);
  });

  it("may fail without harm to the connection", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const thrown = new Promise((resolve) => {
      const others = process.listeners("uncaughtException");
      process.removeAllListeners("uncaughtException");
      process.once("uncaughtException", (error) => {
        for (const other of others) process.on("uncaughtException", other);
        resolve(error);
      });
    });
    client.onEvent(({ event }) => {
      if (event === "A") throw new Error("a listener's own mistake");
    });
    const events = client.events();
    peer.event("A");
    peer.event("B");
    expect(names(await take(events, 2))).toEqual(["A", "B"]);
    expect(await thrown).toMatchObject({ message: "a listener's own mistake" });
    await client.close();
  });
});

describe("waitForEvent", () => {
  it("waits for the one that is meant", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = client.waitForEvent({ names: ["JOB"], where: ({ data }) => data?.["id"] === "b" });
    peer.event("JOB", { id: "a" });
    peer.event("JOB", { id: "b" });
    expect((await waiting).data).toEqual({ id: "b" });
  });

  it("gives up in time, or by a signal", async () => {
    const { client } = await ScriptedPeer.connected();
    await expect(client.waitForEvent({ names: ["A", "B"] }, { timeout: 10 })).rejects.toThrow(
      "no answer within 10 ms: A or B",
    );
    await expect(client.waitForEvent({ names: ["A"] }, { signal: AbortSignal.abort("no") })).rejects.toBe(
      "no",
    );
  });

  it("fails quietly where nobody has come to wait yet", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = client.waitForEvent({ names: ["A"] });
    peer.hangUp();
    await vi.waitFor(() => {
      expect(client.isConnected).toBe(false);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(waiting).rejects.toThrow("closed the connection");
  });
});

describe("events of a schema", () => {
  it("are decoded; unknown ones go to the raw listener", async () => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream, { schema: qapi });
    peer.say(greeting);
    peer.reply(await peer.next(), {});
    const client = await connecting;
    const raw: string[] = [];
    client.onRawEvent(({ event }) => raw.push(event));
    const events = client.events();
    peer.event("BRAND_NEW", { a: 1 });
    peer.event("MIGRATION_PASS", { pass: 3 });
    peer.event("MIGRATION", { status: "brand-new" });
    peer.event("STOP");
    expect((await take(events, 3)).map(({ event, data }) => [event, data])).toEqual([
      ["MIGRATION_PASS", { pass: 3n }],
      ["MIGRATION", { status: "brand-new" }],
      ["STOP", undefined],
    ]);
    expect(raw).toEqual(["BRAND_NEW", "MIGRATION_PASS", "MIGRATION", "STOP"]);

    const passes = client.events({ names: ["MIGRATION_PASS"] });
    peer.event("MIGRATION_PASS", { pass: "third" });
    await expect(passes.next()).rejects.toMatchObject({
      name: "QmpSchemaError",
      kind: "event",
      message: "data of MIGRATION_PASS: Invalid parameter type for 'pass', expected: integer",
    });
    expect(client.isConnected).toBe(true);
  });
});
