import { spawn } from "node:child_process";
import { once } from "node:events";
import { link, mkdtemp, readdir, rm, stat, unlink, writeFile } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createMachine,
  Emulator,
  parseAddress,
  type RunningServer,
  serve,
  serveStream,
} from "qapi-ts/server";

/** A client that knows nothing but lines. */
class LineClient {
  private readonly lines: string[] = [];
  private wake: () => void = () => undefined;
  private partial = "";

  private constructor(readonly socket: Socket) {
    socket.setEncoding("utf8");
    socket.on("data", (data: string) => {
      const parts = (this.partial + data).split("\r\n");
      this.partial = parts.pop() ?? "";
      this.lines.push(...parts);
      this.wake();
    });
  }

  /** Connects, reads the greeting and negotiates. */
  static async open(address: string): Promise<LineClient> {
    const parsed = parseAddress(address);
    const socket =
      parsed.kind === "unix" ? createConnection(parsed.path) : createConnection(parsed.port, parsed.host);
    const client = new LineClient(socket);
    expect(await client.read()).toMatch(/^\{"QMP": /);
    expect(await client.ask({ execute: "qmp_capabilities" })).toBe('{"return": {}}');
    return client;
  }

  ask(request: unknown): Promise<string> {
    this.socket.write(JSON.stringify(request));
    return this.read();
  }

  async read(): Promise<string> {
    for (;;) {
      const line = this.lines.shift();
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** Listens at a path with a backlog that is full, and accepts nobody. */
const fullBacklog = `
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(0)
held = []
while True:
    one = socket.socket(socket.AF_UNIX)
    one.setblocking(False)
    held.append(one)
    try:
        one.connect(sys.argv[1])
    except BlockingIOError:
        break
print("full", flush=True)
sys.stdin.read()
`;

let folder: string;
let server: RunningServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qapi-serve-"));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

describe("serve", () => {
  it.each(["unix", "tcp"])("speaks QMP over %s", async (kind) => {
    server = await serve({ listen: kind === "unix" ? `unix:${join(folder, "q")}` : "tcp:127.0.0.1:0" });
    const client = await LineClient.open(server.address);
    const line = { execute: "human-monitor-command", arguments: { "command-line": "info status" } };
    expect(await client.ask(line)).toBe('{"return": "VM status: running\\r\\n"}');
    expect(await client.ask({ execute: "stop", id: 1 })).toMatch(
      /^\{"timestamp": \{.*\}, "event": "STOP"\}$/,
    );
    expect(await client.read()).toBe('{"return": {}, "id": 1}');
    expect(await client.ask({ execute: "nosuch" })).toContain("CommandNotFound");
  });

  it("keeps a Unix socket private and removes it", async () => {
    const path = join(folder, "q");
    server = await serve({ listen: path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await server.close();
    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  it.each(["q", "a-longer-name", "x".repeat(60)])("listens at a path that ends in %s", async (name) => {
    server = await serve({ listen: join(folder, name) });
    await LineClient.open(server.address);
    expect(await readdir(folder)).toEqual([name]);
  });

  it("leaves a socket alone that has come to stand in its place", async () => {
    const path = join(folder, "q");
    server = await serve({ listen: path });
    await unlink(path);
    const other = await serve({ listen: path });
    await server.close();
    await LineClient.open(other.address);
    await other.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes the place of a server that was killed", async () => {
    const path = join(folder, "q");
    const dead = createServer();
    await new Promise<void>((resolve) => dead.listen(join(folder, "dead"), resolve));
    await link(join(folder, "dead"), path);
    await new Promise((resolve) => dead.close(resolve));
    server = await serve({ listen: path });
    await LineClient.open(server.address);
    expect(await readdir(folder)).toEqual(["q"]);
  });

  it("does not take a socket whose listener is too busy to answer", async () => {
    const path = join(folder, "q");
    const busy = spawn("python3", ["-c", fullBacklog, path], { stdio: ["pipe", "pipe", "ignore"] });
    try {
      await once(busy.stdout, "data");
      await expect(serve({ listen: path })).rejects.toThrow("in use");
      expect((await stat(path)).isSocket()).toBe(true);
    } finally {
      busy.kill("SIGKILL");
    }
  });

  it("refuses a path that somebody listens at, or that is no socket", async () => {
    const path = join(folder, "q");
    server = await serve({ listen: path });
    await expect(serve({ listen: path })).rejects.toThrow("in use");
    await writeFile(join(folder, "file"), "");
    await expect(serve({ listen: join(folder, "file") })).rejects.toThrow("not a socket");
    await expect(serve({ listen: join(folder, "nowhere", "q") })).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("tells every client of events, and keeps their negotiations apart", async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0" });
    const [one, two] = [await LineClient.open(server.address), await LineClient.open(server.address)];
    await one.ask({ execute: "stop" });
    expect(await two.read()).toContain('"STOP"');
    expect(await two.ask({ execute: "query-status" })).toContain('"paused"');
  });

  it("ends when a client says quit, after the event and the reply", async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0" });
    const client = await LineClient.open(server.address);
    expect(await client.ask({ execute: "quit" })).toMatch(
      /"event": "SHUTDOWN", "data": \{"guest": false, "reason": "host-qmp-quit"\}/,
    );
    expect(await client.read()).toBe('{"return": {}}');
    await server.closed;
  });

  it("keeps a client that reads a reply of more than 16 MiB", async () => {
    server = await serve({ listen: `unix:${join(folder, "q")}` });
    const client = await LineClient.open(server.address);
    const id = "x".repeat(20 * 2 ** 20);
    expect(await client.ask({ execute: "query-name", id })).toHaveLength(id.length + 24);
    expect(await client.ask({ execute: "query-name" })).toBe('{"return": {}}');
  });

  it("takes long messages of several clients one after another, and short ones meanwhile", async () => {
    server = await serve({ listen: `unix:${join(folder, "q")}` });
    const { address } = server;
    const clients = await Promise.all([1, 2, 3].map(() => LineClient.open(address)));
    const half = `{"execute": "query-name", "id": "${"x".repeat(2 ** 20)}`;
    for (const { socket } of clients) socket.write(half);
    const other = await LineClient.open(address);
    expect(await other.ask({ execute: "query-name" })).toBe('{"return": {}}');
    for (const { socket } of clients.reverse()) socket.write('"}');
    for (const client of clients) expect(await client.read()).toMatch(/^\{"return": \{\}, "id": "x+"\}$/);
  });

  it("is not held up by a client that does not read", async () => {
    server = await serve({ listen: `unix:${join(folder, "q")}` });
    const slow = await LineClient.open(server.address);
    slow.socket.pause();
    for (let i = 0; i < 2000; i++) slow.socket.write('{"execute": "query-migrate-parameters"}'.repeat(20));
    const quick = await LineClient.open(server.address);
    expect(await quick.ask({ execute: "query-name" })).toBe('{"return": {}}');
    slow.socket.destroy();
    expect(await quick.ask({ execute: "query-name" })).toBe('{"return": {}}');
  });
});

describe("serveStream", () => {
  it("answers all that was asked before the input ended", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serveStream(new Emulator(createMachine()), { input, output });
    input.end('{"execute": "qmp_capabilities"} {"execute": "query-name", "id": 7} {"execute": "que');
    await served;
    output.end();
    const lines = (await text(output)).split("\r\n");
    expect(lines.slice(1)).toEqual(['{"return": {}}', '{"return": {}, "id": 7}', ""]);
  });
});
