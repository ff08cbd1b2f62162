import { describe, expect, it, vi } from "vitest";
import {
  migrateSetParameters,
  qapi,
  queryMigrateParameters,
  queryStatus,
  stop,
} from "../../generated/qapi/index.js";
import { connect, type LogRecord } from "../../src/client/index.js";
import { greeting, idOf, ScriptedPeer } from "./scripted-peer.js";

describe("negotiation", () => {
  it("asks for out-of-band commands where they are offered", async () => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream);
    peer.say(greeting);
    const request = await peer.next();
    expect(request).toEqual({ execute: "qmp_capabilities", arguments: { enable: ["oob"] }, id: 1n });
    peer.reply(request, {});
    const client = await connecting;
    expect(client.hasOob).toBe(true);
    expect(client.greeting).toMatchObject({ version: { qemu: { major: 7n } } });
  });

  it.each([
    ["they are not offered", greeting.replace('"oob"', ""), {}],
    ["they are not wanted", greeting, { oob: false }],
    ["the greeting is one of QEMU 2.0", '{"QMP": {"version": {}, "capabilities": []}}', {}],
  ])("does not where %s", async (_, text, options) => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream, options);
    peer.say(text);
    const request = await peer.next();
    expect(request).toEqual({ execute: "qmp_capabilities", id: 1n });
    peer.reply(request, {});
    const client = await connecting;
    expect(client.hasOob).toBe(false);
    await expect(client.executeOob("migrate-pause")).rejects.toThrow("not asked for out-of-band");
  });

  it("fails when it is refused", async () => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream);
    peer.say(greeting);
    await peer.next();
    peer.say('{"error": {"class": "GenericError", "desc": "no"}, "id": 1}');
    await expect(connecting).rejects.toMatchObject({ name: "QmpError", message: "no", id: 1 });
    expect(await peer.ended()).toBe(true);
  });

  it("fails when no greeting comes", async () => {
    const peer = new ScriptedPeer();
    await expect(connect(peer.stream, { connectTimeout: 20 })).rejects.toMatchObject({
      name: "QmpTimeoutError",
      message: expect.stringMatching(
        /^no answer within 20 ms: the greeting of QMP; .*likely taken/,
      ) as string,
    });
    expect(await peer.ended()).toBe(true);
  });

  it("can be given up", async () => {
    const abort = new AbortController();
    const connecting = connect(new ScriptedPeer().stream, { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(connecting).rejects.toThrow("enough");
    await expect(connect(new ScriptedPeer().stream, { signal: abort.signal })).rejects.toThrow("enough");
  });

  it("says what it could not connect to", async () => {
    await expect(connect("unix:/nowhere/at/all")).rejects.toMatchObject({
      name: "QmpConnectionError",
      message: "cannot connect to unix:/nowhere/at/all: connect ENOENT /nowhere/at/all",
    });
    await expect(connect("tcp:nonsense")).rejects.toThrow("not an address");
  });
});

describe("execute", () => {
  it("finds replies by id, whatever their order", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const [one, two] = [client.execute("one"), client.execute("two")];
    const requests = [await peer.next(), await peer.next()];
    peer.reply(requests[1]!, 2);
    peer.reply(requests[0]!, 1);
    expect(await Promise.all([one, two])).toEqual([1n, 2n]);
  });

  it("has at most eight commands under way, and keeps the order of the rest", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const all = Promise.all(Array.from({ length: 20 }, (_, index) => client.execute(`c${index}`)));
    const sent = [];
    for (let i = 0; i < 8; i++) sent.push(await peer.next());
    expect(sent.map((request) => request["execute"])).toEqual(Array.from({ length: 8 }, (_, i) => `c${i}`));
    expect(peer.unread()).toBe("");
    for (let i = 0; i < 20; i++) {
      const request = sent[i] ?? (await peer.next());
      expect(request["execute"]).toBe(`c${i}`);
      peer.reply(request, i);
    }
    expect(await all).toEqual(Array.from({ length: 20 }, (_, index) => BigInt(index)));
  });

  it("sends out-of-band commands past those that wait", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const all = Array.from({ length: 9 }, () => client.execute("slow"));
    const urgent = client.executeOob("urgent", { a: 1 });
    for (let i = 0; i < 8; i++) await peer.next();
    const request = await peer.next();
    expect(request).toEqual({ "exec-oob": "urgent", arguments: { a: 1n }, id: 11n });
    peer.reply(request, {});
    await urgent;
    await client.close();
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(Array(9).fill("rejected"));
  });

  it("keeps an error's class, whatever it is", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const failing = client.execute("x");
    await peer.next();
    peer.say('{"id": 2, "error": {"class": "BrandNewClass", "desc": "Not today", "more": 1}, "extra": []}');
    await expect(failing).rejects.toMatchObject({
      name: "QmpError",
      message: "Not today",
      class: "BrandNewClass",
      command: "x",
      id: 2,
    });
  });

  it("has the caller in an error's stack", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    async function thisCaller(): Promise<unknown> {
      return await client.execute("x");
    }
    const failing = thisCaller();
    await peer.next();
    peer.say('{"id": 2, "error": {"class": "GenericError", "desc": "no"}}');
    await expect(failing.catch((error: unknown) => (error as Error).stack)).resolves.toContain("thisCaller");
  });

  it.each(['""', "0", "false", "null", "[]", "{}"])("takes %s for the return value it is", async (text) => {
    const { peer, client } = await ScriptedPeer.connected();
    const [one, two] = [client.execute("one"), client.execute("two")];
    await peer.next();
    peer.say(`{"return": ${text}, "id": 2}`);
    peer.reply(await peer.next(), "two");
    expect(JSON.stringify(await one, (_, v: unknown) => (typeof v === "bigint" ? Number(v) : v))).toBe(text);
    expect(await two).toBe("two");
  });

  it("gives up in time, and knows the late reply for what it is", async () => {
    const notes: LogRecord[] = [];
    const { peer, client } = await ScriptedPeer.connected({ log: (record) => notes.push(record) });
    const slow = client.execute("slow", {}, { timeout: 20 });
    await expect(slow).rejects.toMatchObject({ name: "QmpTimeoutError", what: "slow", timeout: 20 });
    const next = client.execute("next");
    peer.reply(await peer.next(), "late");
    peer.reply(await peer.next(), "right");
    expect(await next).toBe("right");
    expect(notes.filter(({ kind }) => kind === "note")).toEqual([]);
  });

  it("does not send what was given up while it waited for its turn", async () => {
    const { peer, client } = await ScriptedPeer.connected({ timeout: 1000 });
    const all = Array.from({ length: 8 }, () => client.execute("busy"));
    const abort = new AbortController();
    const unwanted = client.execute("unwanted", {}, { signal: abort.signal });
    const wanted = client.execute("wanted");
    abort.abort();
    await expect(unwanted).rejects.toThrow("aborted");
    for (let i = 0; i < 8; i++) peer.reply(await peer.next(), {});
    await Promise.all(all);
    const request = await peer.next();
    expect(request["execute"]).toBe("wanted");
    peer.reply(request, {});
    await wanted;
  });

  it("refuses a time that is none", async () => {
    const { client } = await ScriptedPeer.connected();
    await expect(client.execute("x", {}, { timeout: NaN })).rejects.toThrow(RangeError);
    await expect(client.execute("x", {}, { timeout: -1 })).rejects.toThrow(RangeError);
  });

  it("waits for ever where it is told to", async () => {
    vi.useFakeTimers();
    try {
      const { peer, client } = await ScriptedPeer.connected();
      const patient = client.execute("x", {}, { timeout: Infinity });
      await vi.advanceTimersByTimeAsync(100_000_000);
      peer.reply(await peer.next(), {});
      expect(await patient).toEqual({});
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("without a schema", () => {
  it("sends and receives integers to the last digit", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const echo = client.execute("echo", {
      big: 2n ** 64n - 1n,
      small: -(2n ** 63n),
      whole: 5,
      part: 0.1,
      no: undefined,
    });
    await vi.waitFor(() => {
      expect(peer.unread()).toBe(
        '{"execute": "echo", "arguments": {"big": 18446744073709551615, "small": -9223372036854775808, ' +
          '"whole": 5, "part": 0.10000000000000001}, "id": 2}\n',
      );
    });
    peer.say(
      '{"return": [18446744073709551615, -9223372036854775808, 1.0, 123456789012345678901234567890], "id": 2}',
    );
    expect(await echo).toEqual([2n ** 64n - 1n, -(2n ** 63n), 1, 123456789012345678901234567890n]);
  });

  it.each([
    [
      { a: { b: [2 ** 60] } },
      "arguments.a.b[0] is 1152921504606847000, too large to be exact: give it as a bigint",
    ],
    [{ a: NaN }, "arguments.a is NaN, which JSON has not"],
    [{ a: () => 1 }, "arguments.a is of type function, which JSON has not"],
    [{ a: new Date(0) }, "arguments.a is a Date, which JSON has not"],
  ])("refuses to send %o", async (args, message) => {
    const { peer, client } = await ScriptedPeer.connected();
    await expect(client.execute("x", args)).rejects.toThrow(message);
    expect(peer.unread()).toBe("");
  });

  it("refuses what contains itself", async () => {
    const { client } = await ScriptedPeer.connected();
    const loop: Record<string, unknown> = {};
    loop["loop"] = loop;
    await expect(client.execute("x", loop)).rejects.toThrow("nests deeper than 1024 levels");
  });

  it("is not harmed by what nests too deep to be sent", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    let deep: unknown = 1;
    for (let i = 0; i < 1023; i++) deep = [deep];
    for (let i = 0; i < 10; i++) await expect(client.execute("x", { deep })).rejects.toThrow(RangeError);
    const asked = client.execute("y");
    peer.reply(await peer.next(), 1);
    expect(await asked).toBe(1n);
  });

  it("gives numbers for integers where that is wanted, and never a rounded one", async () => {
    const { peer, client } = await ScriptedPeer.connected({ integers: "number" });
    const one = client.execute("x");
    peer.reply(await peer.next(), { a: [1] });
    expect(await one).toEqual({ a: [1] });
    const two = client.execute("y");
    await peer.next();
    peer.say('{"return": 9007199254740993, "id": 3}');
    await expect(two).rejects.toMatchObject({
      name: "QmpSchemaError",
      message: "y: 9007199254740993 does not fit a number exactly",
      value: 9007199254740993n,
    });
  });

  it("takes __proto__ for a member like any other", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const odd = client.execute("x");
    await peer.next();
    peer.say('{"return": {"__proto__": {"polluted": true}, "constructor": 1}, "id": 2}');
    const value = (await odd) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe("with commands of a generated library", () => {
  it("needs no further schema to check, encode and decode them", async () => {
    const { peer, client } = await ScriptedPeer.connected({ integers: "number" });
    const asked = client.execute(queryMigrateParameters);
    const request = await peer.next();
    expect(request).toMatchObject({ execute: "query-migrate-parameters" });
    peer.reply(request, { "max-bandwidth": 5, "cpu-throttle-increment": 7, "brand-new": 1 });
    expect(await asked).toEqual({ "max-bandwidth": 5n, "cpu-throttle-increment": 7, "brand-new": 1n });

    const set = client.execute(migrateSetParameters, { "max-bandwidth": 5, "cpu-throttle-increment": 9 });
    const second = await peer.next();
    expect(second["arguments"]).toEqual({ "cpu-throttle-increment": 9n, "max-bandwidth": 5n });
    peer.reply(second, {});
    await expect(set).resolves.toBeUndefined();

    await expect(client.execute(migrateSetParameters, { "max-bandwidth": 2 ** 60 })).rejects.toThrow(
      "'max-bandwidth' wants a bigint: as a number, 1152921504606846976 is not exact",
    );
    expect(peer.unread()).toBe("");
  });

  it("says where a reply does not fit", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const asked = client.execute(queryStatus);
    peer.reply(await peer.next(), { running: "yes", status: "running" });
    await expect(asked).rejects.toMatchObject({ name: "QmpSchemaError", subject: "query-status" });
  });

  it("sends them out of band by their names, where that was agreed on", async () => {
    const { client } = await ScriptedPeer.connected({ oob: false });
    await expect(client.executeOob(stop)).rejects.toThrow("stop: QEMU was not asked for out-of-band");
  });
});

describe("with a schema", () => {
  const typed = async (options = {}) => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream, { schema: qapi, ...options });
    peer.say(greeting);
    peer.reply(await peer.next(), {});
    return { peer, client: await connecting };
  };

  it("checks arguments before they are sent", async () => {
    const { peer, client } = await typed();
    const wrong = { "cpu-throttle-incremen": 1 } as Record<string, number>;
    await expect(client.execute("migrate-set-parameters", wrong)).rejects.toMatchObject({
      name: "QmpSchemaError",
      kind: "arguments",
      subject: "migrate-set-parameters",
      message: "arguments of migrate-set-parameters: Parameter 'cpu-throttle-incremen' is unexpected",
    });
    await expect(client.execute("migrate-set-parameters", { "max-bandwidth": 1.5 })).rejects.toThrow(
      "integer",
    );
    await expect(client.execute("query-stats" as "query-status")).rejects.toThrow(
      "the schema has no command 'query-stats'; did you mean 'query-status'",
    );
    expect(peer.unread()).toBe("");
  });

  it("decodes by it: 64-bit integers as bigint, narrower ones as number", async () => {
    const { peer, client } = await typed();
    const asked = client.execute("query-migrate-parameters");
    peer.reply(await peer.next(), { "max-bandwidth": 5, "cpu-throttle-increment": 7, "brand-new": 1 });
    expect(await asked).toEqual({ "max-bandwidth": 5n, "cpu-throttle-increment": 7, "brand-new": 1n });
  });

  it("says where a reply does not fit, and goes on", async () => {
    const { peer, client } = await typed();
    const [odd, next] = [client.execute("query-migrate"), client.execute("query-status")];
    peer.reply(await peer.next(), { ram: { transferred: "many" } });
    peer.reply(await peer.next(), { running: true, singlestep: false, status: "brand-new-state" });
    await expect(odd).rejects.toMatchObject({
      name: "QmpSchemaError",
      kind: "return",
      value: { ram: { transferred: "many" } },
      message: expect.stringMatching(/^reply to query-migrate: .*'ram\.transferred'/) as string,
    });
    expect((await next).status).toBe("brand-new-state");
  });

  it("lets a QEMU older than the schema leave out what it demands", async () => {
    const { peer, client } = await typed();
    const asked = client.execute("query-version");
    peer.reply(await peer.next(), { qemu: { major: 7 } });
    expect(await asked).toEqual({ qemu: { major: 7n } });
    const { peer: other, client: strict } = await typed({ strict: true });
    const refused = strict.execute("query-version");
    other.reply(await other.next(), { qemu: { major: 7 } });
    await expect(refused).rejects.toThrow("reply to query-version: Parameter 'qemu.minor' is missing");
  });

  it("takes only what it knows where it is told to be strict", async () => {
    const { peer, client } = await typed({ strict: true });
    const odd = client.execute("query-status");
    peer.reply(await peer.next(), { running: true, singlestep: false, status: "brand-new-state" });
    await expect(odd).rejects.toThrow("does not accept value 'brand-new-state'");
  });

  it("runs a command that the schema does not know on request", async () => {
    const { peer, client } = await typed();
    const raw = client.executeRaw("x-new-command", { a: 1 });
    const request = await peer.next();
    expect(request["arguments"]).toEqual({ a: 1n });
    peer.reply(request, 5);
    expect(await raw).toBe(5n);
  });
});

describe("supports", () => {
  const told = [
    { name: "migrate", "meta-type": "command", "arg-type": "1", "ret-type": "0", features: ["deprecated"] },
    { name: "0", "meta-type": "object", members: [] },
    {
      name: "1",
      "meta-type": "object",
      members: [
        { name: "uri", type: "str" },
        { name: "mode", type: "2", default: null },
      ],
    },
    { name: "2", "meta-type": "enum", values: ["normal"], members: [{ name: "normal" }] },
    { name: "str", "meta-type": "builtin", "json-type": "string" },
  ];

  it("asks the QEMU once what it has", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const paths = ["migrate/arg-type/*mode", "migrate/arg-type/*uri", "migrate/$deprecated", "migrat"];
    const answers = Promise.all(paths.map((path) => client.supports(path)));
    const request = await peer.next();
    expect(request["execute"]).toBe("query-qmp-schema");
    peer.reply(request, told);
    expect(await answers).toEqual([true, false, true, false]);
    expect(await client.supports("migrate/arg-type/mode/^normal")).toBe(true);
    expect(await client.supports("migrate/arg-type/uri/!string")).toBe(true);
    await expect(client.supports("migrate/mode")).rejects.toThrow("neither arg-type nor ret-type");
  });

  it("asks again where it was refused", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const refused = client.supports("migrate");
    const id = idOf(await peer.next());
    peer.say(`{"error": {"class": "GenericError", "desc": "no"}, "id": ${id}}`);
    await expect(refused).rejects.toThrow("no");
    const asked = client.supports("migrate");
    peer.reply(await peer.next(), told);
    expect(await asked).toBe(true);
  });
});

describe("close", () => {
  it("settles all that is under way, and can be repeated", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const waiting = Array.from({ length: 10 }, (_, index) => client.execute(`c${index}`));
    const events = client.events();
    const next = events.next();
    const event = client.waitForEvent({ names: ["X"] });
    await client.close();
    await client.close();
    for (const [index, { reason }] of (
      (await Promise.allSettled(waiting)) as PromiseRejectedResult[]
    ).entries()) {
      expect(reason).toMatchObject({ name: "QmpConnectionError", command: `c${index}`, wasSent: index < 8 });
    }
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(event).rejects.toThrow("closed");
    await expect(client.execute("more")).rejects.toMatchObject({
      name: "QmpConnectionError",
      wasSent: false,
    });
    expect(await client.events().next()).toEqual({ done: true, value: undefined });
    await expect(client.ready()).rejects.toThrow("closed");
    for (let i = 0; i < 8; i++) await peer.next();
    expect(await peer.ended()).toBe(true);
  });

  it("does not wait for a peer that reads nothing", async () => {
    const { client } = await ScriptedPeer.connected();
    const big = client.execute("x", { a: "x".repeat(1_000_000) });
    const closing = client.close();
    await expect(big).rejects.toThrow("closed");
    await closing;
  });
});

describe("the log", () => {
  it("has every message as it is on the wire", async () => {
    const records: LogRecord[] = [];
    const { peer, client } = await ScriptedPeer.connected({ log: (record) => records.push(record) });
    const asked = client.execute("x");
    peer.say(`{"return": 18446744073709551615, "id": ${idOf(await peer.next())}}`);
    await asked;
    peer.reply({ id: 99n }, {});
    await vi.waitFor(() => {
      expect(records.slice(-4).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
        'send: {"execute": "x", "id": 2}',
        'receive: {"return": 18446744073709551615, "id": 2}',
        'receive: {"return": {}, "id": 99}',
        "note: passed over a reply to no command under way",
      ]);
    });
  });
});
