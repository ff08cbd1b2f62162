/**
 * What the client costs beside a bare loop over the same socket, which writes a line and waits for the next:
 *
 *     npx tsx bench/client.ts [COMMANDS] [ROUNDS]
 *
 * The peer is our own server in a process of its own; with `QEMU=qemu-system-x86_64` a real QEMU. The two
 * take turns, so that what the machine does meanwhile falls on both.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { qapi } from "../generated/qapi/index.js";
import { connect, type QmpClient } from "../src/client/index.js";

const [commands = 5000, rounds = 7] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "qapi-bench-"));
const qemu = process.env["QEMU"];

function startPeer(name: string): { readonly path: string; readonly kill: () => void } {
  const path = join(folder, name);
  const cli = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  const child =
    qemu === undefined
      ? spawn("npx", ["tsx", cli, "qmp", "serve", "--socket", path], { stdio: "ignore", detached: true })
      : spawn(qemu, [
          "-M",
          "none",
          "-nodefaults",
          "-display",
          "none",
          "-qmp",
          `unix:${path},server=on,wait=off`,
        ]);
  return {
    path,
    kill: () => {
      if (qemu === undefined && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      else child.kill();
    },
  };
}

async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 100; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** One line out, one line in, and nothing else. */
class BareLoop {
  private rest = "";
  private wake: (line: string) => void = () => undefined;

  constructor(private readonly socket: Socket) {
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      this.rest += text;
      const end = this.rest.indexOf("\r\n");
      if (end < 0) return;
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + 2);
      this.wake(line);
    });
  }

  ask(line: string): Promise<string> {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.socket.write(`${line}\n`);
    });
  }
}

async function measure(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < commands; i++) await run();
  return ((performance.now() - start) * 1000) / commands;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const micros = (value: number): string => `${value.toFixed(1)} µs`;

async function compareLoops(): Promise<void> {
  const [one, two, three] = [startPeer("a"), startPeer("b"), startPeer("c")];
  try {
    const untyped = await retry(() => connect(one.path));
    const typed = await retry(() => connect(two.path, { schema: qapi }));
    const socket = await retry(
      () =>
        new Promise<Socket>((resolve, reject) => {
          const opening: Socket = createConnection(three.path, () => {
            resolve(opening);
          });
          opening.once("error", reject);
        }),
    );
    const bare = new BareLoop(socket);
    await bare.ask('{"execute": "qmp_capabilities"}');
    for (const command of ["query-status", "query-migrate-parameters"] as const) {
      const text = `{"execute": "${command}", "id": 1}`;
      const times: Record<string, number[]> = {
        "bare socket loop": [],
        "client, untyped": [],
        "client, typed": [],
      };
      for (let round = 0; round < rounds; round++) {
        times["bare socket loop"]?.push(
          await measure(async () => JSON.parse(await bare.ask(text)) as unknown),
        );
        times["client, untyped"]?.push(await measure(() => untyped.execute(command)));
        times["client, typed"]?.push(await measure(() => typed.execute(command)));
      }
      console.log(`${command}, ${commands} commands one at a time, median of ${rounds} rounds`);
      const base = median(times["bare socket loop"] ?? []);
      for (const [name, values] of Object.entries(times)) {
        const each = median(values);
        console.log(
          `  ${name.padEnd(18)} ${micros(each).padStart(10)} each, ${micros(each - base).padStart(9)} more`,
        );
      }
    }
    await Promise.all([untyped.close(), typed.close()]);
    socket.destroy();
  } finally {
    for (const peer of [one, two, three]) peer.kill();
  }
}

/** A client whose peer is in this process, so that nothing but the client is measured. */
async function localClient(): Promise<{ readonly client: QmpClient; readonly input: PassThrough }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.on("data", () => input.write('{"return": {}, "id": 1}'));
  input.write('{"QMP": {"version": {}, "capabilities": []}}');
  return { client: await connect({ input, output }), input };
}

async function measureEvents(): Promise<void> {
  const { client, input } = await localClient();
  const count = 200_000;
  const batch =
    '{"timestamp": {"seconds": 1700000000, "microseconds": 5}, "event": "JOB", "data": {"id": "a", "n": 123456}}\r\n'.repeat(
      500,
    );
  const events = client.events();
  const start = performance.now();
  for (let i = 0; i < count; i += 500) {
    input.write(batch);
    for (let taken = 0; taken < 500; taken++) await events.next();
  }
  console.log(
    `events through an iterator: ${Math.round(count / ((performance.now() - start) / 1000))} a second`,
  );
  await client.close();
}

try {
  await compareLoops();
  await measureEvents();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
