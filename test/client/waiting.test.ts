import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, QmpConnectionError, type ConnectOptions, type QmpClient } from "../../src/client/index.js";
import { serve } from "../../src/server/index.js";
import { ScriptedPeer } from "./scripted-peer.js";

let folder: string;
let path: string;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qapi-wait-"));
  path = join(folder, "q");
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

/** Listens at `path`, and does as it is told with who comes. */
async function listen(use: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    use(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
  };
  ends.push(close);
  return server;
}

async function status(connecting: Promise<QmpClient>): Promise<unknown> {
  const client = await connecting;
  ends.push(() => client.close());
  return client.execute("query-status");
}

const running = { status: "running", running: true };

async function serveLater(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 120));
  const server = await serve({ listen: path });
  ends.push(() => server.close());
}

describe("a QEMU that is not up yet is waited for", () => {
  const options: ConnectOptions = { waitFor: 20_000 };

  it("while there is no socket, nor a folder for it", async () => {
    const asked = status(connect(path, options));
    await serveLater();
    expect(await asked).toMatchObject(running);
  });

  it("while the socket is a dead one's", async () => {
    const { spawn } = await import("node:child_process");
    const script = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
    await new Promise((resolve) => spawn(process.execPath, ["-e", script]).on("exit", resolve));
    await expect(connect(path)).rejects.toThrow("ECONNREFUSED");
    const asked = status(connect(path, options));
    await serveLater();
    expect(await asked).toMatchObject(running);
  });

  it.each([
    ["hangs up", (socket: Socket) => socket.end()],
    ["hangs up at once", (socket: Socket) => socket.destroy()],
    ["says half a greeting and hangs up", (socket: Socket) => socket.end('{"QMP": {"ver')],
  ])("while who listens %s", async (_, use) => {
    let count = 0;
    const server = await listen((socket) => {
      count++;
      use(socket);
    });
    const asked = status(connect(path, options));
    await expect.poll(() => count).toBeGreaterThan(2);
    await new Promise((resolve) => server.close(resolve));
    await serveLater();
    expect(await asked).toMatchObject(running);
  });

  it("through a function that opens streams", async () => {
    const peer = new ScriptedPeer();
    let opened = 0;
    const connecting = connect(() => {
      if (opened++ < 3) throw Object.assign(new Error("not yet"), { code: "ECONNREFUSED" });
      return Promise.resolve(peer.stream);
    }, options);
    peer.say('{"QMP": {"version": {}, "capabilities": []}}');
    peer.reply(await peer.next(), {});
    await connecting;
    expect(opened).toBe(4);
  });

  it("for so long and no longer, and the last failure is told", async () => {
    await expect(connect(path, { waitFor: 100 })).rejects.toThrow(/^cannot connect to unix:.*ENOENT/);
    await expect(connect(path, { waitFor: 100 })).rejects.toBeInstanceOf(QmpConnectionError);
  });

  it("until the signal is given", async () => {
    const signal = AbortSignal.timeout(50);
    await expect(connect(path, { waitFor: Infinity, signal })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });

  it("and for its greeting as long", async () => {
    await listen((socket) => {
      socket.on("data", () => socket.write('{"return": {}, "id": 1}'));
      setTimeout(() => socket.write('{"QMP": {"version": {}, "capabilities": []}}'), 120);
    });
    const client = await connect(path, { waitFor: 20_000, connectTimeout: 20 });
    expect(client.greeting).toEqual({ version: {}, capabilities: [] });
    await client.close();
  });
});

describe("nothing is waited for", () => {
  it("where trying again cannot help", async () => {
    let count = 0;
    await listen((socket) => {
      count++;
      socket.write("SSH-2.0-OpenSSH_9.2\r\n");
    });
    await expect(connect(path, { waitFor: 20_000 })).rejects.toMatchObject({ name: "QmpProtocolError" });
    expect(count).toBe(1);
    await expect(connect(join(path, "in-a-socket"), { waitFor: 20_000 })).rejects.toThrow("ENOTDIR");
    await expect(connect("tcp:a:b", { waitFor: 20_000 })).rejects.toMatchObject({ name: "AddressError" });
  });

  it("of a stream, which cannot be had again", async () => {
    const peer = new ScriptedPeer();
    peer.hangUp();
    await expect(connect(peer.stream, { waitFor: 20_000 })).rejects.toThrow("closed the connection");
  });

  it("for a time that is none", async () => {
    await expect(connect(path, { waitFor: -1 })).rejects.toThrow(RangeError);
    await expect(connect(path, { waitFor: NaN })).rejects.toThrow("waitFor cannot be NaN ms");
  });
});

describe("a peer that does not greet", () => {
  it("is called likely taken when it says nothing", async () => {
    await listen(() => undefined);
    await expect(connect(path, { connectTimeout: 30 })).rejects.toMatchObject({
      name: "QmpTimeoutError",
      what: "the greeting of QMP",
      message: expect.stringContaining("likely taken") as string,
    });
  });

  it.each([
    ["SSH-2.0-OpenSSH_9.2\r\n", '"SSH-2.0-OpenSSH_9.2\\r\\n"'],
    ["\x1b]0;title\x07\x1b[31mred\x7f\x9b2J", '"\\u001b]0;title\\u0007\\u001b[31mred\\u007f\\u009b2J"'],
    ['{"error": {"class": "GenericError", "desc": "\x9b"}}', "\\u009B"],
    ['{"return": {}}', '"{\\"return\\": {}}"'],
    ["{}", '"{}"'],
    ['{"hello": "\\u001b[2J"}', "hello"],
  ])("is shown what it said: %j", async (said, shown) => {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream);
    peer.say(Buffer.from(said));
    const error = await connecting.catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: "QmpProtocolError" });
    expect((error as Error).message).toContain(shown);
    expect((error as Error).message).not.toMatch(/\p{Cc}/u);
  });
});
