import { createServer } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect, type ConnectionState, type LogRecord } from "../../src/client/index.js";
import { serve, type RunningServer } from "../../src/server/index.js";
import { greeting, idOf, ScriptedPeer } from "./scripted-peer.js";

describe("a peer that fails", () => {
  it.each([
    ["dies in the middle of a reply", '{"return": {"a": "hal', "the peer has closed the connection"],
    ["dies without a word", "", "the peer has closed the connection"],
  ])("%s", async (_, last, message) => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = [client.execute("one"), client.execute("two")];
    await peer.next();
    peer.say(last);
    peer.hangUp();
    await Promise.all(waiting.map((command) => expect(command).rejects.toThrow(message)));
    expect(client.isConnected).toBe(false);
    await expect(client.execute("more")).rejects.toThrow(message);
    await client.close();
  });

  it.each([
    [
      "what is no JSON",
      "HTTP/1.1 400 Bad Request\r\n",
      'the peer does not speak QMP: unexpected "HTTP/1.1 400 Bad Request\\r\\n"',
    ],
    ["a list", "[1]", 'the peer does not speak QMP: unexpected "[1]"'],
    [
      "broken JSON",
      '{"return": nul, "id": 2}',
      "the peer sent what is no JSON, expected a value at line 1, column 12",
    ],
    ["a number without a value", '{"return": 1e999, "id": 2}', "number too large for a double"],
    ["bytes that are no UTF-8", Buffer.from('{"return": "\xe9", "id": 2}', "latin1"), "what is no UTF-8"],
    ["the byte 0xFF", Buffer.from("\xff", "latin1"), "unexpected byte 0xFF"],
    ["brackets without end", '{"a":'.repeat(2000), undefined],
  ])("sends %s", async (_, garbage, message) => {
    const { peer, client } = await ScriptedPeer.connected({ timeout: 200 });
    const waiting = client.execute("x");
    const events = client.events();
    peer.say(garbage);
    const error: unknown = await waiting.catch((reason: unknown) => reason);
    if (message === undefined) {
      // What has no end may still get one: only time tells.
      expect(error).toMatchObject({ name: "QmpTimeoutError" });
      await client.close();
      return;
    }
    expect(error).toMatchObject({ name: "QmpConnectionError", cause: { name: "QmpProtocolError" } });
    expect((error as Error).message).toContain(message);
    await expect(events.next()).rejects.toMatchObject({ name: "QmpProtocolError" });
  });

  it("does not greet but sends garbage", async () => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream);
    peer.say("SSH-2.0-OpenSSH_9.2\r\n");
    await expect(connecting).rejects.toMatchObject({ name: "QmpProtocolError" });
  });

  it("sends more than it may", async () => {
    const { peer, client } = await ScriptedPeer.connected({ maxMessageBytes: 10_000 });
    const waiting = client.execute("x");
    peer.say(`{"return": "${"x".repeat(20_000)}`);
    await expect(waiting).rejects.toThrow("a message of more than 10000 bytes");
  });

  it("nests deeper than any QEMU", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = client.execute("x");
    peer.say(`{"return": ${"[".repeat(5000)}${"]".repeat(5000)}, "id": 2}`);
    await expect(waiting).rejects.toThrow("nested deeper than 1024 levels");
  });

  it("sends a reply twice, or to nobody", async () => {
    const records: LogRecord[] = [];
    const { peer, client } = await ScriptedPeer.connected({ log: (record) => records.push(record) });
    const one = client.execute("one");
    const request = await peer.next();
    peer.reply(request, 1);
    peer.reply(request, 1);
    peer.say('{"return": {}, "id": "somebody else"} {"return": {}, "id": null} {"return": {}}');
    expect(await one).toBe(1n);
    const two = client.execute("two");
    peer.reply(await peer.next(), 2);
    expect(await two).toBe(2n);
    expect(records.filter(({ kind }) => kind === "note")).toHaveLength(4);
  });

  it("passes over what a later QMP may bring", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const one = client.execute("one");
    peer.say('{"news": 1} {"QMP": {}} {"event": 5} {}');
    peer.say('{"x-cookie": 1, "return": "fine", "id": 2}');
    expect(await one).toBe("fine");
  });

  it("drops ids: one reply is told, several cannot be", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const one = client.execute("one");
    await peer.next();
    peer.say('{"error": {"class": "GenericError", "desc": "JSON parse error"}}');
    await expect(one).rejects.toMatchObject({ name: "QmpError", message: "JSON parse error" });
    const two = [client.execute("two"), client.execute("three")];
    await peer.next();
    peer.say('{"return": {}}');
    await Promise.all(two.map((each) => expect(each).rejects.toThrow("the peer sent a reply without id")));
  });

  it("never answers", async () => {
    const { client } = await ScriptedPeer.connected({ timeout: 20 });
    const all = Array.from({ length: 20 }, (_, index) => client.execute(`c${index}`));
    const settled = (await Promise.allSettled(all)) as PromiseRejectedResult[];
    expect(settled.map(({ reason }) => (reason as Error).name)).toEqual(Array(20).fill("QmpTimeoutError"));
    await client.close();
  });

  it("floods events between question and answer", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const events = client.events();
    const asked = client.execute("x");
    const request = await peer.next();
    for (let i = 0; i < 10_000; i++) peer.event("FLOOD", { n: i });
    peer.reply(request, "answer");
    expect(await asked).toBe("answer");
    let count = 0;
    for await (const { data } of events) {
      expect(data?.["n"]).toBe(BigInt(count++));
      if (count === 10_000) break;
    }
  });
});

describe("chunks", () => {
  const message =
    '{"return": {"text": "é\\u00e9😀\\"}{", "most": 18446744073709551615, "least": -9223372036854775808}, "id": 2}\r\n';
  const value = { text: 'éé😀"}{', most: 2n ** 64n - 1n, least: -(2n ** 63n) };

  it("may end anywhere, in a character or a number", async () => {
    const bytes = Buffer.from(message);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 30 }),
        async (cuts) => {
          const { peer, client } = await ScriptedPeer.connected();
          const asked = client.execute("x");
          let from = 0;
          for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
            peer.say(bytes.subarray(from, cut));
            from = cut;
          }
          peer.say(bytes.subarray(from));
          expect(await asked).toEqual(value);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("may come byte by byte", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const asked = client.execute("x");
    for (const byte of Buffer.from(message)) peer.say(Uint8Array.of(byte));
    expect(await asked).toEqual(value);
  });

  it("may hold several messages, or be laid out over lines", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const all = Promise.all([client.execute("one"), client.execute("two")]);
    peer.say(
      '{\n    "return": {\n        "a": [\n        ]\n    },\n    "id": 2\n}\n{"return":2,"id":3}{"event"',
    );
    expect(await all).toEqual([{ a: [] }, 2n]);
  });

  it("may be in memory that the sender uses again", async () => {
    const input = new PassThrough();
    const memory = Buffer.alloc(64);
    const say = async (text: string): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      input.write(memory.subarray(0, memory.write(text)));
    };
    const connecting = connect({ input, output: new PassThrough() });
    for (const part of [
      '{"QMP": {"vers',
      'ion": {}, "capabilities": []}}',
      '{"return": {}, ',
      '"id": 1}     ',
    ])
      await say(part);
    const client = await connecting;
    expect(client.greeting).toEqual({ version: {}, capabilities: [] });
  });
});

describe("large replies", () => {
  it("of tens of megabytes come whole", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const asked = client.execute("x");
    const request = await peer.next();
    const entry = `{"name": "${"x".repeat(1000)}", "size": 18446744073709551615},`.repeat(1000);
    peer.say('{"return": [');
    for (let i = 0; i < 30; i++) peer.say(entry);
    peer.say(`0], "id": ${idOf(request)}}`);
    const list = (await asked) as { size: bigint }[];
    expect(list).toHaveLength(30_001);
    expect(list[29_999]?.size).toBe(2n ** 64n - 1n);
  });
});

describe("reconnecting", () => {
  let folder: string;
  let server: RunningServer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "qapi-client-"));
  });
  afterEach(async () => {
    await server?.close();
    await rm(folder, { recursive: true });
  });

  it("finds a QEMU that has come back, with back-off, and repeats no command", async () => {
    const listen = join(folder, "q");
    server = await serve({ listen });
    const states: ConnectionState[] = [];
    const client = await connect(listen, {
      reconnect: { initialDelay: 20, factor: 2, maxDelay: 50 },
      onState: (state) => states.push(state),
    });
    const events = client.events({ names: ["STOP"] });
    await client.execute("stop");
    await server.close();
    await vi.waitFor(() => {
      expect(client.isConnected).toBe(false);
    });
    await expect(client.execute("stop")).rejects.toThrow("stop: not connected at the moment");
    await vi.waitFor(() => {
      expect(states.length).toBeGreaterThan(4);
    });
    server = await serve({ listen });
    await client.ready({ timeout: 2000 });
    expect(await client.execute("query-status")).toMatchObject({ status: "running" });
    await client.execute("stop");
    expect((await events.next()).value?.event).toBe("STOP");
    expect((await events.next()).value?.event).toBe("STOP");
    await client.close();
    expect(states.map(({ state }) => state)).toEqual([
      "connected",
      ...Array<string>(states.length - 3).fill("reconnecting"),
      "connected",
      "closed",
    ]);
    const delays = states.flatMap((state) => (state.state === "reconnecting" ? [state.delay] : []));
    expect(delays.slice(0, 3)).toEqual([20, 40, 50]);
  });

  it.each(["initialDelay", "maxDelay", "factor", "attempts"])("refuses what is no %s", async (name) => {
    for (const value of [-1, NaN])
      await expect(connect(join(folder, "q"), { reconnect: { [name]: value } })).rejects.toThrow(
        `reconnect.${name} cannot be ${value}`,
      );
  });

  it.each([
    { signal: AbortSignal.abort(new Error("no time")) },
    { connectTimeout: -1 },
    { connectTimeout: NaN },
  ])("lets go of a stream that was opened for nothing: %o", async (options) => {
    const stream = new PassThrough();
    await expect(connect(() => Promise.resolve(stream), options)).rejects.toThrow();
    expect(stream.destroyed).toBe(true);
  });

  it("goes on when what it tells of its conversation and state meets a fault", async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0" });
    const others = process.listeners("uncaughtException");
    const thrown = new Set<string>();
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => thrown.add(error.message));
    try {
      const fail = (what: string) => () => {
        throw new Error(what);
      };
      const options = {
        log: fail("log"),
        onState: fail("state"),
        reconnect: { initialDelay: 1, attempts: 1 },
      };
      const client = await connect(server.address, options);
      expect(await client.execute("query-status")).toMatchObject({ status: "running" });
      const events = client.events();
      await server.close();
      await expect(events.next()).rejects.toThrow("cannot connect");
      await client.close();
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const other of others) process.on("uncaughtException", other);
    }
    expect([...thrown].sort()).toEqual(["log", "state"]);
  });

  it("ends after so many attempts", async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0" });
    const client = await connect(server.address, { reconnect: { initialDelay: 1, attempts: 2 } });
    const events = client.events();
    await server.close();
    await expect(events.next()).rejects.toThrow(/cannot connect to tcp:127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    await expect(client.ready()).rejects.toThrow("cannot connect");
  });

  it("ends when the client is closed", async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0" });
    const client = await connect(server.address, { reconnect: { initialDelay: 100_000 } });
    const waiting = client.events().next();
    await server.close();
    await vi.waitFor(() => {
      expect(client.isConnected).toBe(false);
    });
    const ready = client.ready();
    await client.close();
    await expect(ready).rejects.toThrow("closed");
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it("is refused for a stream, which cannot be had again", async () => {
    await expect(connect(new ScriptedPeer().stream, { reconnect: true })).rejects.toThrow(TypeError);
  });

  it("waits for a peer that accepts and says nothing no longer than it is told", async () => {
    const silent = createServer();
    const path = join(folder, "silent");
    await new Promise<void>((resolve) => silent.listen(path, resolve));
    await expect(connect(path, { connectTimeout: 30 })).rejects.toMatchObject({ name: "QmpTimeoutError" });
    await new Promise((resolve) => silent.close(resolve));
  });

  it("needs no address: a function opens each connection", async () => {
    const peers = [new ScriptedPeer(), new ScriptedPeer()];
    let opened = 0;
    const open = () => Promise.resolve(peers[opened++]!.stream);
    const connecting = connect(open, { reconnect: { initialDelay: 1 } });
    for (const peer of peers) {
      peer.say(greeting);
      peer.reply(await peer.next(), {});
      const client = await connecting;
      await client.ready();
      const asked = client.execute("x");
      peer.reply(await peer.next(), opened);
      expect(await asked).toBe(BigInt(opened));
      peer.hangUp();
      await vi.waitFor(() => {
        expect(client.isConnected).toBe(false);
      });
    }
    await (await connecting).close();
  });
});
