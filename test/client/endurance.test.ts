import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.js";
import { greeting } from "./scripted-peer.js";

const commands = 10_000;
const eventsPerCommand = 10;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** A peer that sends ten events before each reply. */
function chattyPeer(): Server {
  const event = '{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "E", "data": {"n": 1}}\r\n';
  return createServer((socket) => {
    socket.setEncoding("utf8");
    socket.write(greeting);
    let rest = "";
    socket.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const id = /"id": (\d+)\}$/.exec(line)?.[1] ?? "";
        socket.write(`${event.repeat(eventsPerCommand)}{"return": {"a": 1}, "id": ${id}}\r\n`);
      }
    });
  });
}

describe("one connection", () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "qapi-endurance-"));
    server = chattyPeer();
    await new Promise<void>((resolve) => server.listen(join(folder, "q"), resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  it("runs 10,000 commands and hears 100,000 events in the same memory", async () => {
    const client = await connect(join(folder, "q"));
    const abort = new AbortController();
    let heard = 0;
    const listening = (async () => {
      for await (const { event } of client.events()) if (event === "E") heard++;
    })();
    const memory = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const run = async (count: number): Promise<void> => {
      // A signal that outlives its commands must not collect listeners; nor may timers stay.
      for (let i = 0; i < count; i++) await client.execute("x", { i }, { signal: abort.signal });
    };
    await run(commands / 2);
    const before = memory();
    await run(commands / 2);
    const after = memory();
    // The iterator hears what came with the last reply a moment later.
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    await listening;
    expect(heard).toBe((commands + 1) * eventsPerCommand);
    expect(after - before).toBeLessThan(1_000_000);
  });

  it("keeps nothing of many connections", async () => {
    const open = async (): Promise<void> => {
      const client = await connect(join(folder, "q"));
      client.onRawEvent(() => undefined);
      await client.execute("x");
      await client.close();
    };
    for (let i = 0; i < 100; i++) await open();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 300; i++) await open();
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000);
  });
});
